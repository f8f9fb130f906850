import type { Location } from "../../sql/statement.ts";

/**
 * Captures the stack now and searches it for `file` only when the location is needed, since reading a
 * stack costs more than capturing it.
 *
 * @param file An absolute path; absent, the location is unknown.
 */
export function callSite(file: string | undefined): () => Location | undefined {
  if (file === undefined) return () => undefined;
  const taken = new Error();
  return () => findFrame(taken.stack ?? "", file);
}

/** Returns the innermost frame of `stack` that is in `file`, an absolute path. */
export function findFrame(stack: string, file: string): Location | undefined {
  for (const line of stack.split("\n")) {
    const at = line.lastIndexOf(file);
    const [, number, column] = at < 0
      ? []
      : /^:(\d+)(?::(\d+))?/.exec(line.slice(at + file.length)) ?? [];
    if (number === undefined) continue;
    return { file, line: Number(number), ...(column !== undefined && { column: Number(column) }) };
  }
  return undefined;
}
