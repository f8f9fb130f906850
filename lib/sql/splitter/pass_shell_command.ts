import { ToolError } from "../../error.ts";
import type { Lexis } from "./lexis.ts";
import type { Pieces } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/**
 * Moves past a command of the database's shell, if it has no effect outside the shell.
 *
 * @param isDump Whether the script is a dump of one database, so that a command that connects to it can
 * be ignored.
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

/** Since its releases of August 2025, pg_dump wraps its output in these, against injected commands. */
const harmless = /^\\(?:un)?restrict[ \t]+[A-Za-z0-9]+[ \t\r]*$/;

/** A dump creates the database before this command and its contents after it. */
const connects = /^\\c(?:onnect)?[ \t]+\S/;

function cannotRun(command: string, line: number, { shell }: Lexis): ToolError {
  return new ToolError(
    "script/syntax",
    `Cannot run "${command}": it is a command of ${shell.name}, not SQL`,
    { line, hint: "Write it in SQL, or leave it out" },
  );
}
