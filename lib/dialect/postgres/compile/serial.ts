import type { IdentityChange } from "../../../operations/column_change.ts";
import type { Column, QualifiedName } from "../../../schema/schema.ts";
import { type Numbering, usualSequenceName } from "../../../schema/serial.ts";
import { sequenceClause } from "../../../schema/sequence_clause.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../../sql/quote.ts";
import { besides } from "../../clauses.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { alterTable } from "./statements.ts";

/** Returns the SERIAL pseudo-type for a column of `type`. */
export function serialName(type: ColumnType): string {
  if (type.kind !== "integer") return "serial";
  return type.bits === 64 ? "bigserial" : type.bits === 16 ? "smallserial" : "serial";
}

/** Returns the statements that apply the column's options to the sequence of a new SERIAL column. */
export function serialOptions(
  table: QualifiedName,
  { name, identity, sequence = {}, sequenceName }: Column,
): readonly CompiledStatement[] {
  if (identity !== "serial") return [];
  const clause = sequenceClause(sequence);
  return [
    ...clause === "" ? [] : [onSequence("ALTER", table, name, clause)],
    ...sequenceName === undefined ? [] : [renameSequence(table, name, sequenceName)],
  ];
}

/** @param to Null: its usual name. */
export function renameSequence(
  table: QualifiedName,
  column: string,
  to: string | null,
): CompiledStatement {
  const name = to ?? usualSequenceName(table.name, column);
  return onSequence("ALTER", table, column, `RENAME TO ${quoteIdentifier(name)}`);
}

/** Returns the statements that make a plain column SERIAL, with a sequence of the column's type. */
export function makeSerial(
  table: QualifiedName,
  column: string,
  { sequenceName, ...options }: Numbering,
): readonly CompiledStatement[] {
  const name = besides(table, sequenceName ?? usualSequenceName(table.name, column));
  const own = `${quoteName(table)}.${quoteIdentifier(column)}`;
  const [of, called] = [quoteName(table), column].map((it) => quoteLiteral(it, "postgres"));
  const words = ["CREATE SEQUENCE %s AS %s", sequenceClause(options), "OWNED BY %s"].filter(Boolean)
    .join(" ");
  const parts = [
    quoteLiteral(words, "postgres"),
    quoteLiteral(name, "postgres"),
    `(SELECT atttypid::regtype FROM pg_attribute WHERE attrelid = ${of}::regclass AND attname = ${called})`,
    quoteLiteral(own, "postgres"),
  ];
  const body = `BEGIN EXECUTE format(${parts.join(", ")}); END`;
  const value = `nextval(${quoteLiteral(name, "postgres")})`;
  return [
    { sql: `DO ${quoteLiteral(body, "postgres")}` },
    alterTable(table, `ALTER COLUMN ${quoteIdentifier(column)} SET DEFAULT ${value}`),
  ];
}

/** Returns the statements that make a SERIAL column plain; its values stay. */
export function dropSerial(table: QualifiedName, column: string): readonly CompiledStatement[] {
  return [
    alterTable(table, `ALTER COLUMN ${quoteIdentifier(column)} DROP DEFAULT`),
    onSequence("DROP", table, column, ""),
  ];
}

/** Returns the statement that makes an ascending column's sequence continue after the existing values. */
export function countOn(
  table: QualifiedName,
  column: string,
  { start, minValue }: Pick<IdentityChange, "start" | "minValue">,
): CompiledStatement {
  const greatest = `max(${quoteIdentifier(column)})`;
  return {
    sql: `SELECT setval(${sequenceOf(table, column)}, ${greatest}) FROM ${quoteName(table)} ` +
      `HAVING ${greatest} >= ${start ?? minValue ?? 1}`,
  };
}

/** Returns the statement that alters or drops a column's sequence, whatever its name. */
export function onSequence(
  word: "ALTER" | "DROP",
  table: QualifiedName,
  column: string,
  clause: string,
): CompiledStatement {
  const text = quoteLiteral(`${word} SEQUENCE %s ${clause}`.trim(), "postgres");
  const body = `BEGIN EXECUTE format(${text}, ${sequenceOf(table, column)}); END`;
  return { sql: `DO ${quoteLiteral(body, "postgres")}` };
}

function sequenceOf(table: QualifiedName, column: string): string {
  const [of, name] = [quoteName(table), column].map((it) => quoteLiteral(it, "postgres"));
  return `pg_get_serial_sequence(${of}, ${name})`;
}
