import { Buffer } from "node:buffer";
import { ToolError } from "../error.ts";
import type { QualifiedName } from "../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Row, Sql, Statement, Value } from "../sql/statement.ts";
import type { DialectName } from "./dialect.ts";

/** The most rows in one INSERT: enough to be fast, few enough to send and to read. */
const mostRows = 500;

/**
 * Returns INSERTs of literal values, in the order of `rows`. A column that a row does not name gets its
 * default, so only consecutive rows that name the same columns share a statement.
 *
 * @param arrays The columns in which lists are PostgreSQL arrays; in all others they are JSON.
 */
export function insertRows(
  table: QualifiedName,
  rows: readonly Row[],
  dialect: DialectName,
  arrays: ReadonlySet<string> = new Set(),
): readonly Statement[] {
  const written = (of: unknown, column: string) =>
    isExpression(of) ? of.sql : quoteLiteral(
      Array.isArray(of) && arrays.has(column) ? arrayText(of, column) : value(of, column),
      dialect,
    );
  return groups(rows).map(({ columns, rows }) => {
    const head = `INSERT INTO ${quoteName(table)}`;
    if (columns.length === 0) return { sql: `${head} DEFAULT VALUES` };
    const tuples = rows.map((row) => `(${columns.map((it) => written(row[it], it)).join(", ")})`);
    const names = columns.map(quoteIdentifier).join(", ");
    return { sql: `${head} (${names}) VALUES\n${tuples.join(",\n")}` };
  });
}

interface Group {
  readonly columns: readonly string[];
  readonly rows: Row[];
}

function groups(rows: readonly Row[]): readonly Group[] {
  const found: Group[] = [];
  for (const row of rows) {
    const columns = Object.keys(row).filter((it) => row[it] !== undefined);
    const last = found.at(-1);
    const fits = last && last.rows.length < mostRows && columns.length > 0 &&
      columns.length === last.columns.length && last.columns.every((it) => columns.includes(it));
    if (fits) last.rows.push(row);
    else found.push({ columns, rows: [row] });
  }
  return found;
}

/** Says whether `of` was made by `raw`, `now` or the like. */
function isExpression(of: unknown): of is Sql {
  if (typeof of !== "object" || of === null || !("sql" in of)) return false;
  return typeof of.sql === "string" && Object.keys(of).length === 1;
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
function arrayText(list: readonly unknown[], column: string): string {
  const elements = list.map((it) => {
    if (Array.isArray(it)) return arrayText(it, column);
    const element = value(it ?? null, column);
    if (element === null) return "NULL";
    const text = element instanceof Uint8Array
      ? `\\x${Buffer.from(element).toString("hex")}`
      : String(element);
    return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}

/** Dates are sent as ISO text, other objects as JSON: both databases read these. */
function value(of: unknown, column: string): Value {
  switch (typeof of) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return of;
    case "object":
      if (of === null || of instanceof Uint8Array) return of;
      return of instanceof Date ? dateText(of, column) : jsonText(of, column);
    default:
      throw notInserted(typeof of, column);
  }
}

function dateText(date: Date, column: string): string {
  if (Number.isNaN(date.getTime())) throw notInserted("date that is not valid", column);
  return date.toISOString();
}

/** JSON would turn a map or a set, at any depth, into an empty object: they are refused. */
function jsonText(of: object, column: string): string {
  try {
    return JSON.stringify(of, (_, value: unknown) => {
      if (value instanceof Map || value instanceof Set) {
        throw new TypeError("it holds a map or a set");
      }
      return value;
    });
  } catch (cause) {
    throw notInserted("value that JSON cannot hold", column, cause);
  }
}

function notInserted(what: string, column: string, cause?: unknown): ToolError {
  const because = cause instanceof Error ? `: ${cause.message}` : "";
  const message = `Cannot insert a ${what} into the column "${column}"${because}`;
  return new ToolError("operation/invalid", message, { cause });
}
