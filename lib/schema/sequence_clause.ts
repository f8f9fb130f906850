import type { OptionNames } from "./check_options.ts";
import { flag, wholeNumber } from "./option_values.ts";
import type { SequenceOptions } from "./schema.ts";

/** The options of a sequence. */
export const sequenceOptions: OptionNames<SequenceOptions> = {
  start: wholeNumber,
  increment: wholeNumber,
  minValue: wholeNumber,
  maxValue: wholeNumber,
  cache: wholeNumber,
  cycle: flag,
};

/** Returns the options as they follow CREATE SEQUENCE name; an empty string if there are none. */
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
