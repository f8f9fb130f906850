import { createInterface } from "node:readline";
import { isatty } from "node:tty";
import { ToolError } from "../error.ts";

/**
 * Returns whether the answer to `question` is yes; `undefined` if there is no terminal to ask at.
 *
 * @throws {ToolError} `interrupted`, if the user interrupts instead.
 */
export async function askTerminal(
  question: string,
  signal?: AbortSignal,
): Promise<boolean | undefined> {
  if (!isatty(0) || !isatty(2)) return undefined;
  process.stderr.write(`${question} [y/N] `);
  const answer = await readLine(signal);
  // Input that ends without an answer leaves the cursor on the prompt's line.
  if (answer === undefined) process.stderr.write("\n");
  if (signal?.aborted) throw new ToolError("interrupted", "Interrupted: nothing was written");
  return /^y(?:es)?$/i.test(answer?.trim() ?? "");
}

/**
 * Returns the line that is typed. The terminal itself does the editing, so that Ctrl-C remains an
 * interrupt.
 */
async function readLine(signal: AbortSignal | undefined): Promise<string | undefined> {
  const lines = createInterface({
    input: process.stdin,
    terminal: false,
    ...(signal && { signal }),
  });
  for await (const line of lines) return line;
  return undefined;
}
