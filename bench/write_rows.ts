import { closeSync, openSync, writeSync } from "node:fs";

/** A file of many similar lines. */
interface Rows {
  readonly begin: string;
  /** Returns the line of that number, counted from 0, with its line end. */
  readonly row: (n: number) => string;
  readonly count: number;
  readonly end?: string;
}

/**
 * Writes the file in pieces: the system counts our own memory towards the peak of the programs that
 * we start.
 */
export function writeRows(path: string, { begin, row, count, end = "" }: Rows): void {
  const file = openSync(path, "w");
  writeSync(file, begin);
  for (let written = 0; written < count; written += 10_000) {
    const length = Math.min(10_000, count - written);
    writeSync(file, Array.from({ length }, (_, n) => row(written + n)).join(""));
  }
  writeSync(file, end);
  closeSync(file);
}
