import { createInterface } from "node:readline";
import { isatty } from "node:tty";
import { ToolError } from "../error.ts";

/**
 * Returns whether the answer to `question` is yes; undefined, if nobody sits at a terminal.
 *
 * @throws {ToolError} `interrupted`, if that is the answer.
 */
export async function askTerminal(
  question: string,
  signal?: AbortSignal,
): Promise<boolean | undefined> {
  if (!isatty(0) || !isatty(2)) return undefined;
  process.stderr.write(`${question} [y/N] `);
  const answer = await readLine(signal);
  // What ends without an answer leaves the line open.
  if (answer === undefined) process.stderr.write("\n");
  if (signal?.aborted) throw new ToolError("interrupted", "Interrupted: nothing was written");
  return /^y(?:es)?$/i.test(answer?.trim() ?? "");
}

/** Returns what is typed, up to the end of the line. The terminal itself edits it, so that an interrupt stays one. */
async function readLine(signal: AbortSignal | undefined): Promise<string | undefined> {
  const lines = createInterface({
    input: process.stdin,
    terminal: false,
    ...(signal && { signal }),
  });
  for await (const line of lines) return line;
  return undefined;
}
