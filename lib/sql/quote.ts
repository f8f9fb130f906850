import { Buffer } from "node:buffer";
import { ToolError } from "../error.ts";
import { reservedWords } from "./reserved_words.ts";
import { sqliteInteger } from "./sqlite_integer.ts";
import type { Value } from "./statement.ts";

/**
 * Returns `name` as an identifier for both PostgreSQL and SQLite: in double quotes if it would
 * otherwise be folded to lower case or read as a keyword, unquoted if not.
 *
 * @throws {ToolError} `operation/invalid` if no database can have such a name.
 */
export function quoteIdentifier(name: string): string {
  if (name === "") throw new ToolError("operation/invalid", "Cannot use an empty name");
  refuseNul(name, "name");
  const bare = /^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name);
  return bare ? name : `"${name.replaceAll('"', '""')}"`;
}

/**
 * Returns the name that `written` refers to in PostgreSQL: the text inside its double quotes, or else
 * its letters in lower case.
 */
export function readIdentifier(written: string): string {
  return written.startsWith('"')
    ? written.slice(1, -1).replaceAll('""', '"')
    : written.toLowerCase();
}

/** Returns the name of an object as SQL, qualified by its schema if it has one. */
export function quoteName(name: { readonly schema?: string; readonly name: string }): string {
  const own = quoteIdentifier(name.name);
  return name.schema === undefined ? own : `${quoteIdentifier(name.schema)}.${own}`;
}

/**
 * Returns `value` as a literal, for SQL that can't carry parameters: DDL, and scripts.
 *
 * String literals are written for `standard_conforming_strings = on`, PostgreSQL's default since 9.1.
 * SQLite has no booleans and no NaN: they become 1, 0 and NULL, which is how it stores them.
 *
 * @throws {ToolError} `operation/invalid` for what the database cannot hold.
 */
export function quoteLiteral(value: Value, dialect: "postgres" | "sqlite"): string {
  if (value === null) return "NULL";
  switch (typeof value) {
    case "string":
      return quoteString(value);
    case "boolean":
      return dialect === "postgres" ? (value ? "TRUE" : "FALSE") : (value ? "1" : "0");
    case "bigint":
      return (dialect === "postgres" ? value : sqliteInteger(value)).toString();
    case "number":
      return Number.isFinite(value) ? value.toString() : literalOf[dialect].notFinite(value);
    case "object":
      return literalOf[dialect].bytes(Buffer.from(value).toString("hex"));
  }
}

const literalOf = {
  postgres: {
    notFinite: (value: number) => `'${value}'::float8`,
    bytes: (hex: string) => `'\\x${hex}'::bytea`,
  },
  sqlite: {
    notFinite: (value: number) => Number.isNaN(value) ? "NULL" : value > 0 ? "9e999" : "-9e999",
    bytes: (hex: string) => `X'${hex}'`,
  },
};

function quoteString(text: string): string {
  refuseNul(text, "string");
  return `'${text.replaceAll("'", "''")}'`;
}

function refuseNul(text: string, what: string): void {
  if (!text.includes("\0")) return;
  throw new ToolError(
    "operation/invalid",
    `Cannot use the ${what} ${JSON.stringify(text)}: it holds a NUL character`,
  );
}
