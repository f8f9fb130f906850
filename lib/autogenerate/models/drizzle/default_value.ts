import type { DialectName } from "../../../dialect/dialect.ts";
import { quoteLiteral } from "../../../sql/quote.ts";
import { withoutOuterParentheses } from "../../../sql/without_outer_parentheses.ts";
import { call, isEntity } from "./entity.ts";
import { type Casing, sqlText } from "./sql_text.ts";

/** Returns the default value of `column` as SQL; `value` is what was passed to Drizzle, in the program's types. */
export function defaultValue(
  value: unknown,
  { column, type, casing, dialect }: {
    readonly column: unknown;
    /** In lower case. */
    readonly type: string;
    readonly casing: Casing;
    readonly dialect: DialectName;
  },
): string {
  // SQLite requires parentheses around an expression, but does not report them.
  if (isEntity(value, "SQL")) {
    return withoutOuterParentheses(sqlText(value, { casing, bare: true }).trim());
  }
  const text = (it: string) => quoteLiteral(it, dialect);
  if (typeof value === "string") return text(value);
  if (dialect === "postgres" && /^jsonb?$/.test(type)) {
    return `${text(JSON.stringify(value))}::${type}`;
  }
  // SQLite keeps the text as written, so it is written as Drizzle's own migrations write it.
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" || typeof value === "bigint") return quoteLiteral(value, dialect);
  if (value instanceof Uint8Array) return quoteLiteral(value, dialect);
  if (dialect === "sqlite") {
    if (!(value instanceof Date)) return text(JSON.stringify(value));
    const mapped = call(column, "mapToDriverValue", value);
    return typeof mapped === "number" ? String(mapped) : text(String(mapped));
  }
  if (value instanceof Date) return text(momentText(value, type));
  if (type.includes("[") && Array.isArray(value)) return text(arrayText(value, type));
  const mapped = call(column, "mapToDriverValue", value);
  return text(typeof mapped === "object" ? JSON.stringify(mapped) : String(mapped));
}

function momentText(value: Date, type: string): string {
  const iso = value.toISOString();
  if (type.startsWith("date")) return iso.slice(0, 10);
  const isZoned = type.includes("with time zone");
  return type.startsWith("timestamp") && !isZoned ? iso.replace("T", " ").slice(0, 23) : iso;
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT */
function arrayText(values: readonly unknown[], type: string): string {
  const element = type.split("[")[0] ?? "";
  const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
  const texts = values.map((it): string => {
    if (it === null) return "NULL";
    if (Array.isArray(it)) return arrayText(it, type);
    if (it instanceof Date) return quoted(momentText(it, element));
    if (typeof it === "object") return quoted(JSON.stringify(it));
    return typeof it === "string" ? quoted(it) : String(it);
  });
  return `{${texts.join(",")}}`;
}
