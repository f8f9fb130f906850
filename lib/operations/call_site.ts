import type { Location } from "../sql/statement.ts";

/** A stack that was taken now, to be read when somebody asks: reading it costs more than taking it. */
export function callSite(file: string): () => Location | undefined {
  const taken = new Error();
  return () => findFrame(taken.stack ?? "", file);
}

/** Returns the innermost frame of `stack` that is in `file`, which is an absolute path. */
export function findFrame(stack: string, file: string): Location | undefined {
  for (const line of stack.split("\n")) {
    const at = line.lastIndexOf(file);
    if (at < 0) continue;
    const place = /^:(\d+)(?::(\d+))?/.exec(line.slice(at + file.length));
    if (place?.[1] === undefined) continue;
    return {
      file,
      line: Number(place[1]),
      ...(place[2] !== undefined && { column: Number(place[2]) }),
    };
  }
  return undefined;
}
