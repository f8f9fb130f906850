import { executedStatements } from "../executed_statements.ts";
import { handle } from "../../operations/handle.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import { sqliteInteger } from "../../sql/sqlite_integer.ts";
import { besides, columnConstraint } from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { insertRows } from "../insert_rows.ts";
import { columnClause } from "./column_clause.ts";
import { createIndex } from "./create_index.ts";
import { createTable } from "./create_table.ts";
import { createObject, dropObject } from "./objects.ts";
import { sameIdentifier } from "./same_identifier.ts";
import { ownConstraint } from "./own_constraint.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns the statements of `operation` in SQLite's SQL, in the order to run them. Those that depend on the
 * current table are `compileDeferred`'s.
 *
 * @throws {ToolError} `operation/unsupported` for what SQLite cannot do.
 */
export function compile(operation: Operation): readonly CompiledStatement[] {
  return handle<readonly CompiledStatement[]>(operation, {
    createTable,
    dropTable: ({ name, ifExists }) => [
      { sql: `DROP TABLE ${ifExists ? "IF EXISTS " : ""}${quoteName(name)}` },
    ],
    renameTable,
    alterTable: waits,
    // SQLite keeps no comments.
    commentTable: () => [],
    addColumn,
    dropColumn: ({ table, column }) => [alter(table, `DROP COLUMN ${quoteIdentifier(column)}`)],
    renameColumn: ({ table, column, to }) => [
      alter(table, `RENAME COLUMN ${quoteIdentifier(column)} TO ${quoteIdentifier(to)}`),
    ],
    alterColumn: waits,
    addConstraint: waits,
    dropConstraint: waits,
    renameConstraint: waits,
    // Every constraint applies to all rows from the beginning.
    validateConstraint: () => [],
    secureRows: ({ table }) => {
      throw unsupported(
        `change the row-level security of "${showName(table)}"`,
        "it has none",
        "Show the rows in a view, and restrict access to the file",
      );
    },
    attachPartition: noPartitions,
    detachPartition: noPartitions,
    createIndex: (it) => [createIndex(it)],
    dropIndex: ({ table, index, ifExists }) => [
      { sql: `DROP INDEX ${ifExists ? "IF EXISTS " : ""}${besides(table, index)}` },
    ],
    renameIndex: waits,
    // A check constraint of each column takes the place of the type.
    createEnum: () => [],
    dropEnum: () => [],
    addEnumValue: noEnumTypes,
    renameEnumValue: noEnumTypes,
    changeEnum: noEnumTypes,
    createObject: ({ object, ifNotExists }) => [createObject(object, ifNotExists)],
    dropObject: ({ object, ifExists }) => [dropObject(object, ifExists)],
    replaceObject: ({ object }) => [dropObject(object, true), createObject(object, false)],
    autocommit: ({ operations }) =>
      operations.flatMap((it) =>
        compile(it.operation).map((one) => ({ ...one, transactional: false as const }))
      ),
    bulkInsert: ({ table, rows }) => insertRows(table, rows, "sqlite"),
    execute,
    run: () => {
      throw new TypeError("A body is run, not compiled");
    },
  });
}

/** If only the case of the name changes, SQLite considers the new name taken: the rename takes two steps. */
function renameTable({ name, to }: OperationOf<"renameTable">): readonly CompiledStatement[] {
  const renamed = (from: QualifiedName, to: string) =>
    alter(from, `RENAME TO ${quoteIdentifier(to)}`);
  if (!sameIdentifier(name.name, to)) return [renamed(name, to)];
  const aside = { ...name, name: `_migrate_old_${name.name}` };
  return [renamed(name, aside.name), renamed(aside, to)];
}

function addColumn(
  { table, column, constraints }: OperationOf<"addColumn">,
): readonly CompiledStatement[] {
  const behind = constraints.map((it) => columnConstraint(ownConstraint(it, table)));
  return [alter(table, ["ADD COLUMN", columnClause(column), ...behind].join(" "))];
}

/** What cannot be bound is refused here, before anything runs. */
function execute({ statement }: OperationOf<"execute">): readonly CompiledStatement[] {
  for (const it of statement.parameters ?? []) if (typeof it === "bigint") sqliteInteger(it);
  return executedStatements(statement, "sqlite");
}

function waits(): never {
  throw new TypeError("What the table is, is known when the operation's turn comes");
}

function noPartitions({ partition }: { readonly partition: QualifiedName }): never {
  throw unsupported(
    `attach or detach the partition "${showName(partition)}"`,
    "it has no partitions",
    "Keep all rows in one table",
  );
}

function noEnumTypes({ name }: { readonly name: QualifiedName }): never {
  throw unsupported(
    `change the enum type "${showName(name)}"`,
    "columns check their values themselves",
    "Alter the type of each column that has it: op.alterColumn(table, column, { type: enumeration(…) })",
  );
}

function alter(table: QualifiedName, change: string): CompiledStatement {
  return { sql: `ALTER TABLE ${quoteName(table)} ${change}` };
}
