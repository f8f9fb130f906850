import { ToolError } from "../../../error.ts";
import type { ColumnChange, IdentityChange } from "../../../operations/column_change.ts";
import type { OperationOf } from "../../../operations/operation.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import type { Numbering } from "../../../schema/serial.ts";
import { sequenceClause } from "../../../schema/sequence_clause.ts";
import { sameFamily } from "../../../schema/type_family.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { quoteIdentifier } from "../../../sql/quote.ts";
import { collateClause } from "../../clauses.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { isBits, isEnum, isText } from "./base_type.ts";
import { commentOnColumn } from "./comments.ts";
import { computeColumn } from "./compute_column.ts";
import { normalizeType } from "../normalize.ts";
import { generatedAs, kindOf } from "./identity.ts";
import { countOn, dropSerial, makeSerial, onSequence, renameSequence } from "./serial.ts";
import { alterTable } from "./statements.ts";
import { typeName } from "./type_name.ts";

/**
 * Returns the statements that alter a column, one for each of its properties.
 *
 * @param base The type underlying its new type, if that is a domain.
 */
export function alterColumn(
  { table, column, change, existing, using }: OperationOf<"alterColumn">,
  base?: ColumnType,
): readonly CompiledStatement[] {
  const { type, nullable, default: value, comment, collation, generated } = change;
  if (generated && existing?.generated === null) {
    return computeColumn({ table, column, change: { ...existing, ...change, generated } });
  }
  const counting = countOtherwise(table, column, change, existing);
  const changes = [
    generated === null && "DROP EXPRESSION IF EXISTS",
    // First: the old default may not convert to the new type.
    value !== undefined && (value === null || type) && "DROP DEFAULT",
    (type || collation !== undefined) &&
    retyped(column, { type, collation, existing, using, base }),
    nullable !== undefined && `${nullable ? "DROP" : "SET"} NOT NULL`,
    value && `SET DEFAULT ${value.sql}`,
    generated && `SET EXPRESSION AS (${generated.expression.sql})`,
  ].filter((it) => typeof it === "string");
  return [
    ...counting.before,
    ...changes.map((it) => alterColumnTo(table, column, it)),
    ...counting.after,
    ...comment === undefined ? [] : [commentOnColumn(table, column, comment)],
  ];
}

function alterColumnTo(table: QualifiedName, column: string, change: string): CompiledStatement {
  return alterTable(table, `ALTER COLUMN ${quoteIdentifier(column)} ${change}`);
}

/** A collation is part of the column's type: to remove it is to set the type without one. */
function retyped(
  column: string,
  { type, collation, existing, using, base }: {
    readonly type: ColumnChange["type"];
    readonly collation: ColumnChange["collation"];
    readonly existing: ColumnChange | undefined;
    readonly using: OperationOf<"alterColumn">["using"];
    readonly base: ColumnType | undefined;
  },
): string {
  const wanted = type ?? existing?.type;
  if (wanted === undefined) {
    throw new ToolError(
      "operation/invalid",
      `Cannot change the collation of "${column}": PostgreSQL needs its type again`,
      { hint: "Give type, or existingType" },
    );
  }
  return [
    `TYPE ${typeName(wanted)}`,
    collation && collateClause(collation),
    using ? `USING ${using.sql}` : conversion(column, existing?.type, wanted, base),
  ].filter(Boolean).join(" ");
}

/** Returns the statements that change how a column is numbered: those that run before, and after, all others. */
function countOtherwise(
  table: QualifiedName,
  column: string,
  { identity, type }: ColumnChange,
  existing: ColumnChange | undefined,
): Readonly<Record<"before" | "after", readonly CompiledStatement[]>> {
  const [old, made] = [mechanism(existing?.identity), mechanism(identity)];
  if (identity === undefined) return { before: [], after: [] };
  if (identity !== null && old === made) {
    const { sequenceName } = identity;
    const rename = sequenceName === undefined ? [] : [renameSequence(table, column, sequenceName)];
    const options = changedOptions(identity);
    if (identity.generation !== "serial") {
      const kind = `SET GENERATED ${kindOf(identity.generation)}`;
      const words = [kind, ...options.map((it) => `SET ${it}`)].join(" ");
      return { before: [], after: [alterColumnTo(table, column, words), ...rename] };
    }
    const clause = [type && `AS ${typeName(type)}`, ...options].filter(Boolean).join(" ");
    const altered = clause ? [onSequence("ALTER", table, column, clause)] : [];
    return { before: [], after: [...altered, ...rename] };
  }
  const before = old === "serial"
    ? dropSerial(table, column)
    : old === "identity" || made === "none"
    ? [alterColumnTo(table, column, "DROP IDENTITY IF EXISTS")]
    : [];
  if (identity === null) return { before, after: [] };
  const { generation, ...said } = identity;
  const numbering: Numbering = Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== null),
  );
  const after = generation === "serial"
    ? makeSerial(table, column, numbering)
    : [alterColumnTo(table, column, `ADD ${generatedAs(table, generation, numbering)}`)];
  const descends = Number(identity.increment ?? 1) < 0;
  return { before, after: descends ? after : [...after, countOn(table, column, identity)] };
}

function mechanism(identity: ColumnChange["identity"]): "none" | "serial" | "identity" {
  return !identity ? "none" : identity.generation === "serial" ? "serial" : "identity";
}

/**
 * Returns the USING clause, if one is needed. A value that does not convert by itself is cast, by way of
 * text between enum types. Anything converts to text, and bits to bits, without a cast, which would
 * silently truncate what is too long. So would a cast to an array of domains over text: values that are not
 * arrays of text are cast to text[] instead.
 */
function conversion(
  column: string,
  old: ColumnType | undefined,
  wanted: ColumnType,
  base = wanted,
): string | undefined {
  if (old === undefined) return undefined;
  const [from, to] = [normalizeType(old), normalizeType(wanted)];
  if (sameFamily(from, to) || (isBits(from) && isBits(base))) return undefined;
  const isList = [to, base].some((it) => it.kind === "array");
  if (isText(base) && (!isList || (from.kind === "array" && isText(from)))) return undefined;
  const text = isEnum(from) && isEnum(to) ? `::text${from.kind === "array" ? "[]" : ""}` : "";
  return `USING ${quoteIdentifier(column)}${text}::${isText(base) ? "TEXT[]" : typeName(wanted)}`;
}

/** https://www.postgresql.org/docs/current/sql-altersequence.html: null resets an option to its default. */
function changedOptions(
  { generation: _, sequenceName: __, ...options }: IdentityChange,
): readonly string[] {
  const descends = Number(options.increment ?? 1) < 0;
  return Object.entries(options).map(([key, value]) => {
    if (value !== null) return sequenceClause({ [key]: value }) || "NO CYCLE";
    const first = descends ? options.maxValue ?? -1 : options.minValue ?? 1;
    return key === "start" ? `START WITH ${first}` : usual[key] ?? "";
  });
}

/** The defaults of a sequence's options. */
const usual: Readonly<Record<string, string>> = {
  increment: "INCREMENT BY 1",
  minValue: "NO MINVALUE",
  maxValue: "NO MAXVALUE",
  cache: "CACHE 1",
  cycle: "NO CYCLE",
};
