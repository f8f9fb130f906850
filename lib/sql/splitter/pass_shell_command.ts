import { ToolError } from "../../error.ts";
import type { Lexis } from "./lexis.ts";
import type { Pieces } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/**
 * Moves over a line for the database's own shell, if it is one that means nothing outside the shell.
 *
 * @param isDump Whether the script says what one database has, so that it need not be connected to another.
 * @throws {ToolError} `script/syntax` for every other command.
 */
export function* passShellCommand(
  window: ScriptWindow,
  lexis: Lexis,
  isDump: boolean = false,
): Pieces {
  while (!window.ended && !window.text.includes("\n", window.at)) yield;
  const [command = ""] = window.text.slice(window.at).split("\n", 1);
  const isHarmless = harmless.test(command) || (isDump && connects.test(command));
  if (!isHarmless) throw cannotRun(command.trim(), window.lineAt(window.at), lexis);
  window.at += command.length;
}

/** pg_dump writes these around its output since the releases of August 2025, against injected commands. */
const harmless = /^\\(?:un)?restrict[ \t]+[A-Za-z0-9]+[ \t\r]*$/;

/** Before it a dump makes the database, behind it what is in it. */
const connects = /^\\c(?:onnect)?[ \t]+\S/;

function cannotRun(command: string, line: number, { shell }: Lexis): ToolError {
  return new ToolError(
    "script/syntax",
    `Cannot run "${command}": it is a command of ${shell.name}, not SQL`,
    { line, hint: "Write it in SQL, or leave it out" },
  );
}
