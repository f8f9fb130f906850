/**
 * What the value of an option must be. Revisions are run unchecked, and what is taken for something
 * else makes another schema without a word.
 *
 * @module
 */
import { isName } from "./is_name.ts";

/** Returns what `value` is instead of what is wanted; undefined if it is that. */
export type OptionValue = (value: unknown) => string | undefined;

export const flag = wanted("neither true nor false", (it) => typeof it === "boolean");

/** What is taken away is null: a false would be taken for something that is said. */
export const trueOrNull = wanted("neither true nor null", (it) => it === true || it === null);

export const text = wanted("not text", (it) => typeof it === "string");

export const name = wanted("not a name", isName);

export const names = wanted("not a list of names", (it) => Array.isArray(it) && it.every(isName));

export const qualifiedNames = wanted(
  "not a list of names: { name }",
  (it) => Array.isArray(it) && it.every((one) => isName(one?.name)),
);

/** What `raw` returns. */
export const sql = wanted("not raw(…)", isSql);

export const nameOrSql = wanted("neither a name nor raw(…)", (it) => isName(it) || isSql(it));

export const wholeNumber = wanted(
  "not a whole number; large ones are written 1n",
  (it) => typeof it === "bigint" || Number.isSafeInteger(it),
);

export const object = wanted("not an object", isObject);

export const list = wanted("not a list", Array.isArray);

/** What `partitionOf` says. */
export const partition = wanted(
  "not as { table: { name }, bounds: raw(…) }",
  (it) =>
    isObject(it) && "table" in it && "bounds" in it && isObject(it.table) && "name" in it.table &&
    isName(it.table.name) && isSql(it.bounds),
);

export function orNull(value: OptionValue): OptionValue {
  return (it) => it === null ? undefined : value(it);
}

/** A flag, or what else it can be. */
export function flagOr(value: OptionValue): OptionValue {
  return (it) => typeof it === "boolean" ? undefined : value(it);
}

/** One of `words`, in letters of either case: they become SQL. */
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
