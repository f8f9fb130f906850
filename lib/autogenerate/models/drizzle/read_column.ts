import type { DialectName } from "../../../dialect/dialect.ts";
import type { Column, SequenceOptions } from "../../../schema/schema.ts";
import type { Sql } from "../../../sql/statement.ts";
import { columnType } from "./column_type.ts";
import { defaultValue } from "./default_value.ts";
import { call, field, isEntity, textOf } from "./entity.ts";
import { type Casing, columnName, sqlText } from "./sql_text.ts";

/** The settings for reading Drizzle's models. */
export interface DrizzleContext {
  readonly dialect: DialectName;
  readonly casing: Casing;
}

/** Returns a Drizzle column as ours, without its constraints. */
export function readColumn(column: unknown, context: DrizzleContext): Column {
  const value = field(column, "default");
  const identity = field(column, "generatedIdentity");
  const sequence = readSequenceOptions(field(identity, "sequenceOptions"));
  const generated = readGenerated(field(column, "generated"), context);
  const type = String(call(column, "getSQLType")).toLowerCase();
  return {
    name: columnName(column, context.casing),
    type: columnType(column),
    nullable: field(column, "notNull") !== true,
    ...(value !== undefined && value !== null && {
      default: { sql: defaultValue(value, { column, type, ...context }) },
    }),
    // Our integer keys are identities by default; Drizzle's only if they say so.
    ...(context.dialect === "postgres" && {
      identity: identity === undefined
        ? "none"
        : textOf(identity, "type") === "always"
        ? "always"
        : "byDefault",
    }),
    ...(Object.keys(sequence).length > 0 && { sequence }),
    ...(generated && { generated }),
  };
}

/** Returns the options of a Drizzle sequence, which may have numbers as text. */
export function readSequenceOptions(options: unknown): SequenceOptions {
  const number = (key: string): number | bigint | undefined => {
    const value = field(options, key);
    if (typeof value === "string") return BigInt(value);
    return typeof value === "number" || typeof value === "bigint" ? value : undefined;
  };
  const [start, increment, minValue, maxValue, cache] = [
    "startWith",
    "increment",
    "minValue",
    "maxValue",
    "cache",
  ].map(number);
  return {
    ...(start !== undefined && { start }),
    ...(increment !== undefined && { increment }),
    ...(minValue !== undefined && { minValue }),
    ...(maxValue !== undefined && { maxValue }),
    ...(cache !== undefined && { cache: Number(cache) }),
    ...(field(options, "cycle") === true && { cycle: true }),
  };
}

function readGenerated(
  generated: unknown,
  { dialect, casing }: DrizzleContext,
): { readonly expression: Sql; readonly stored: boolean } | undefined {
  const said = field(generated, "as");
  if (said === undefined) return undefined;
  const as: unknown = typeof said === "function" ? said() : said;
  const sql = isEntity(as, "SQL") ? sqlText(as, { casing, bare: true }) : String(as);
  const stored = dialect === "postgres" || textOf(generated, "mode") === "stored";
  return { expression: { sql }, stored };
}
