/**
 * Checks of option values. Revisions run unchecked, so a value that is misread would silently make a
 * different schema.
 *
 * @module
 */
import { isName } from "./is_name.ts";

/** Returns what is wrong with `value`; undefined if it is valid. */
export type OptionValue = (value: unknown) => string | undefined;

export const flag = wanted("neither true nor false", (it) => typeof it === "boolean");

/** An option is removed with null: false would count as a value. */
export const trueOrNull = wanted("neither true nor null", (it) => it === true || it === null);

export const text = wanted("not text", (it) => typeof it === "string");

export const name = wanted("not a name", isName);

export const names = wanted("not a list of names", (it) => Array.isArray(it) && it.every(isName));

export const qualifiedNames = wanted(
  "not a list of names: { name }",
  (it) => Array.isArray(it) && it.every((one) => isName(one?.name)),
);

export const collation = wanted(
  "neither a name nor { schema, name }",
  (it) =>
    isName(it) ||
    isObject(it) && "schema" in it && "name" in it && isName(it.schema) && isName(it.name),
);

/** An expression, as `raw` returns. */
export const sql = wanted("not raw(…)", isSql);

export const nameOrSql = wanted("neither a name nor raw(…)", (it) => isName(it) || isSql(it));

export const wholeNumber = wanted(
  "not a whole number; large ones are written 1n",
  (it) => typeof it === "bigint" || Number.isSafeInteger(it),
);

export const object = wanted("not an object", isObject);

export const list = wanted("not a list", Array.isArray);

/** The value of `partitionOf`. */
export const partition = wanted(
  "not as { table: { name }, bounds: raw(…) }",
  (it) =>
    isObject(it) && "table" in it && "bounds" in it && isObject(it.table) && "name" in it.table &&
    isName(it.table.name) && isSql(it.bounds),
);

export function orNull(value: OptionValue): OptionValue {
  return (it) => it === null ? undefined : value(it);
}

/** A boolean, or a value that `value` accepts. */
export function flagOr(value: OptionValue): OptionValue {
  return (it) => typeof it === "boolean" ? undefined : value(it);
}

/** One of `words`, in upper or lower case: they become SQL. */
export function oneOf(...words: readonly string[]): OptionValue {
  return wanted(
    words.length === 1 ? `not "${words[0]}"` : `not one of ${words.join(", ")}`,
    (it) => typeof it === "string" && words.includes(it.toLowerCase()),
  );
}

function wanted(problem: string, is: (value: unknown) => boolean): OptionValue {
  return (value) => is(value) ? undefined : problem;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSql(value: unknown): boolean {
  return isObject(value) && "sql" in value && typeof value.sql === "string";
}
