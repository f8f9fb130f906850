/**
 * Column types for revisions and models. Each dialect translates them to its own.
 *
 * @module
 */
import { type NameLike, qualifiedName } from "./qualified_name.ts";
import { checkOptions } from "./check_options.ts";
import { flag } from "./option_values.ts";
import type { ColumnType } from "./types.ts";

/** 32 bits. The database numbers a primary key of this type. */
export function integer(): ColumnType {
  return { kind: "integer", bits: 32 };
}

/** 64 bits. The database numbers a primary key of this type. */
export function bigint(): ColumnType {
  return { kind: "integer", bits: 64 };
}

/** 16 bits. */
export function smallint(): ColumnType {
  return { kind: "integer", bits: 16 };
}

/** Text of at most `length` characters; without it, of any length. */
export function string(length?: number): ColumnType {
  return length === undefined ? { kind: "string" } : { kind: "string", length };
}

/** Text of any length. */
export function text(): ColumnType {
  return { kind: "text" };
}

/** True or false; on SQLite, 1 or 0. */
export function boolean(): ColumnType {
  return { kind: "boolean" };
}

/**
 * A decimal number of `precision` digits, `scale` of them after the point; without arguments, of any
 * size.
 */
export function numeric(precision?: number, scale?: number): ColumnType {
  return {
    kind: "numeric",
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
  };
}

/** A floating-point number of 32 bits. */
export function real(): ColumnType {
  return { kind: "float", bits: 32 };
}

/** A floating-point number of 64 bits. */
export function double(): ColumnType {
  return { kind: "float", bits: 64 };
}

/** A calendar day. */
export function date(): ColumnType {
  return { kind: "date" };
}

/** A time of day. */
export function time(options: { readonly timezone?: boolean } = {}): ColumnType {
  checkOptions("the time", options, { timezone: flag });
  return { kind: "time", timezone: options.timezone ?? false };
}

/**
 * A date and time of day; with `timezone`, a point in time. `precision`: the number of fractional
 * digits of the seconds.
 */
export function timestamp(
  options: { readonly timezone?: boolean; readonly precision?: number } = {},
): ColumnType {
  checkOptions("the timestamp", options, { timezone: flag, precision: true });
  const { timezone = false, precision } = options;
  return { kind: "timestamp", timezone, ...(precision !== undefined && { precision }) };
}

/** A length of time; on SQLite, a text. */
export function interval(): ColumnType {
  return { kind: "interval" };
}

/** JSON, stored as text; with `binary`, as PostgreSQL's `jsonb`. */
export function json(options: { readonly binary?: boolean } = {}): ColumnType {
  checkOptions("the json", options, { binary: flag });
  return { kind: "json", binary: options.binary ?? false };
}

/** PostgreSQL's binary JSON. */
export function jsonb(): ColumnType {
  return { kind: "json", binary: true };
}

/** A UUID; on SQLite, its text of 36 characters. */
export function uuid(): ColumnType {
  return { kind: "uuid" };
}

/** A byte string. */
export function binary(): ColumnType {
  return { kind: "binary" };
}

/** A list of `of`. PostgreSQL only. */
export function array(of: ColumnType): ColumnType {
  return { kind: "array", of };
}

/**
 * One of `values`. On PostgreSQL, this is the type `name`, which `op.createEnum` creates; on SQLite, a
 * check constraint on the values.
 */
export function enumeration(name: NameLike, values: readonly string[]): ColumnType {
  return { kind: "enum", name: qualifiedName(name), values };
}

/** A type of one database only, as written there: `native("citext")`. */
export function native(sql: string): ColumnType {
  return { kind: "native", sql };
}
