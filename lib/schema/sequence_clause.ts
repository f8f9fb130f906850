import type { SequenceOptions } from "./schema.ts";

/** Returns what stands behind CREATE SEQUENCE name; empty if nothing is said. */
export function sequenceClause(options: SequenceOptions): string {
  const { start, increment, minValue, maxValue, cache, cycle } = options;
  return [
    increment !== undefined && `INCREMENT BY ${increment}`,
    minValue !== undefined && `MINVALUE ${minValue}`,
    maxValue !== undefined && `MAXVALUE ${maxValue}`,
    start !== undefined && `START WITH ${start}`,
    cache !== undefined && `CACHE ${cache}`,
    cycle && "CYCLE",
  ].filter(Boolean).join(" ");
}
