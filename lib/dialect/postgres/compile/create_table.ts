import type { OperationOf } from "../../../operations/operation.ts";
import { countingKey } from "../../../schema/counting_key.ts";
import type { Column, Constraint, QualifiedName, Table } from "../../../schema/schema.ts";
import { numberingOf } from "../../../schema/serial.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../../sql/quote.ts";
import { collateClause, generatedClause, storageParameters } from "../../clauses.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { constraintClause } from "./constraint_clause.ts";
import { columnComments, commentOnTable } from "./comments.ts";
import { createIndex } from "./create_index.ts";
import { generatedAs } from "./identity.ts";
import { serialName, serialOptions } from "./serial.ts";
import { secureRows } from "./secure_rows.ts";
import { alterTable } from "./statements.ts";
import { typeName } from "./type_name.ts";

/** Returns the statements that create a table with its indexes, comments and row-level security. */
export function createTable(
  { table, ifNotExists }: OperationOf<"createTable">,
): readonly CompiledStatement[] {
  return [
    { sql: createTableText(table, ifNotExists ?? false) },
    // CREATE TABLE makes every constraint valid.
    ...table.constraints.filter((it) => it.notValid).map((it) => {
      const addition = alterTable(table, `ADD ${constraintClause(it)}`);
      return ifNotExists ? unlessThere(table, it, addition) : addition;
    }),
    ...table.indexes.map((index) =>
      createIndex({ table, index, ...(ifNotExists && { ifNotExists }) })
    ),
    ...table.comment === undefined ? [] : [commentOnTable(table, table.comment)],
    ...columnComments(table, table.columns),
    ...table.columns.flatMap((it) => serialOptions(table, it)),
    ...table.rowSecurity ? secureRows(table, table.rowSecurity, { isNew: !ifNotExists }) : [],
  ];
}

/** ADD CONSTRAINT has no IF NOT EXISTS. A constraint without a name is always added: there is no name to look for. */
function unlessThere(
  table: Table,
  { name }: Constraint,
  { sql }: CompiledStatement,
): CompiledStatement {
  if (name === undefined) return { sql };
  const body = [
    "BEGIN",
    "    IF NOT EXISTS (SELECT FROM pg_constraint WHERE " +
    `conrelid = ${quoteLiteral(quoteName(table), "postgres")}::regclass AND ` +
    `conname = ${quoteLiteral(name, "postgres")}) THEN`,
    `        ${sql};`,
    "    END IF;",
    "END",
  ];
  return { sql: `DO ${quoteLiteral(body.join("\n"), "postgres")}` };
}

function createTableText(table: Table, ifNotExists: boolean): string {
  const { options = {} } = table;
  const lines = [
    ...table.columns.map((it) => columnClause(it, table)),
    ...table.constraints.filter((it) => !it.notValid).map(constraintClause),
  ];
  const inside = lines.length === 0 ? "" : `\n    ${lines.join(",\n    ")}\n`;
  const part = options.partitionOf;
  return [
    "CREATE",
    options.unlogged && "UNLOGGED",
    "TABLE",
    ifNotExists && "IF NOT EXISTS",
    quoteName(table),
    part && `PARTITION OF ${quoteName(part.table)}`,
    (!part || lines.length > 0) && `(${inside})`,
    part?.bounds.sql,
    options.inherits && `INHERITS (${options.inherits.map(quoteName).join(", ")})`,
    options.partitionBy && `PARTITION BY ${options.partitionBy.sql}`,
    options.with && `WITH (${storageParameters(options.with)})`,
    options.tablespace && `TABLESPACE ${quoteIdentifier(options.tablespace)}`,
  ].filter(Boolean).join(" ");
}

/**
 * Returns a column as CREATE TABLE and ADD COLUMN take it.
 *
 * @param owner Determines whether the column is an identity by default, as SQLAlchemy's keys are.
 */
export function columnClause(
  column: Column,
  owner: Pick<Table, keyof QualifiedName | "columns" | "constraints">,
): string {
  const { name, type, nullable, default: value, collation } = column;
  const identity = column.identity ?? (countingKey(owner) === column ? "byDefault" : "none");
  return [
    quoteIdentifier(name),
    identity === "serial" ? serialName(type) : typeName(type),
    collation && collateClause(collation),
    value && `DEFAULT ${value.sql}`,
    generatedClause(column),
    (identity === "always" || identity === "byDefault") &&
    generatedAs(owner, identity, numberingOf(column)),
    !nullable && "NOT NULL",
  ].filter(Boolean).join(" ");
}
