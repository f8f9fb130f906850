import type { SequenceOptions } from "../../../schema/schema.ts";
import { withoutUsual } from "../usual_sequence.ts";
import type { Facts } from "./facts.ts";

/** The facts of a row `q` of `pg_sequence`, as text where a JSON number would lose digits. */
export const sequenceFacts =
  `json_build_object('start', q.seqstart::text, 'increment', q.seqincrement::text, 'minValue', q.seqmin::text,
    'maxValue', q.seqmax::text, 'cache', q.seqcache, 'cycle', q.seqcycle, 'type', format_type(q.seqtypid, NULL))`;

/** Returns the options in `sequenceFacts` that are not the defaults. */
export function readSequence(row: Facts): SequenceOptions {
  const number = (key: string) => BigInt(String(row[key]));
  const said = {
    start: number("start"),
    increment: number("increment"),
    minValue: number("minValue"),
    maxValue: number("maxValue"),
    cache: Number(row["cache"]),
    cycle: row["cycle"] === true,
  };
  return withoutUsual(said, row["type"] === "smallint" ? 16 : row["type"] === "integer" ? 32 : 64);
}
