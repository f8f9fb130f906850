import { ToolError } from "../../../error.ts";
import { policy } from "../../../schema/objects.ts";
import type { Constraint, Index, SchemaObject, Table } from "../../../schema/schema.ts";
import { call, field, internal, isEntity, listOf, unknownVersion } from "./entity.ts";
import { type DrizzleContext, readColumn } from "./read_column.ts";
import {
  columnConstraints,
  extrasOf,
  isExtra,
  readCheck,
  readForeignKey,
  readPrimaryKey,
  readUnique,
} from "./read_constraints.ts";
import { readIndex } from "./read_index.ts";
import { readPolicy } from "./read_objects.ts";
import { columnName } from "./sql_text.ts";

/**
 * Returns a Drizzle table as ours, and the policies on it.
 *
 * @throws {ToolError} If it is for another database.
 */
export function readTable(
  table: unknown,
  context: DrizzleContext,
): { readonly table: Table; readonly policies: readonly SchemaObject[] } {
  const { dialect } = context;
  const name = internal(table, "Name");
  if (typeof name !== "string") throw unknownVersion("a table has no name");
  if (!isEntity(table, dialect === "postgres" ? "PgTable" : "SQLiteTable")) {
    throw otherDatabase(name, dialect);
  }
  const schema = internal(table, "Schema");
  const identity = { ...(typeof schema === "string" && { schema }), name };
  const columns = Object.values(internal(table, "Columns") ?? {});
  const extras = extrasOf(table);
  const built = (kind: Parameters<typeof isExtra>[1]) =>
    extras.filter((it) => isExtra(it, kind)).map((it) => call(it, "build", table));
  const inline = listOf(
    internal(table, dialect === "postgres" ? "PgInlineForeignKeys" : "SQLiteInlineForeignKeys"),
  );
  const uniques = built("UniqueConstraint").map((it) => readUnique(it, context));
  const constraints: readonly Constraint[] = [
    ...columnConstraints(columns, context),
    ...built("PrimaryKey").map((it) => readPrimaryKey(it, context)),
    ...[...inline, ...built("ForeignKey")].map((it) => readForeignKey(it, context)),
    ...built("Check").map((it) => readCheck(it, context)),
    ...dialect === "postgres" ? uniques : [],
  ];
  const indexes: readonly Index[] = [
    ...dialect === "sqlite" ? uniqueIndexes(columns, uniques, context) : [],
    ...built("Index").map((it) => readIndex(it, name, context)),
  ];
  const policies = extras.filter((it) => isEntity(it, "PgPolicy"));
  const isSecured = internal(table, "EnableRLS") === true || policies.length > 0;
  const counts = dialect === "sqlite" && columns.some((it) => field(it, "autoIncrement") === true);
  return {
    table: {
      ...identity,
      columns: columns.map((it) => readColumn(it, context)),
      constraints,
      indexes,
      ...(counts && { options: { autoincrement: true } }),
      ...(isSecured && { rowSecurity: "enabled" }),
    },
    policies: policies.map((it) => {
      const { name: called, options } = readPolicy(it, context);
      return policy(called, identity, options);
    }),
  };
}

/** On SQLite, Drizzle's migrations create an index for whatever is unique. */
function uniqueIndexes(
  columns: readonly unknown[],
  uniques: readonly Constraint[],
  { casing }: DrizzleContext,
): readonly Index[] {
  return [
    ...columns.filter((it) => field(it, "isUnique") === true).map((it): Index => ({
      name: String(field(it, "uniqueName")),
      on: [columnName(it, casing)],
      unique: true,
    })),
    ...uniques.flatMap((it): readonly Index[] =>
      it.kind === "unique" && it.name !== undefined
        ? [{ name: it.name, on: it.columns, unique: true }]
        : []
    ),
  ];
}

function otherDatabase(name: string, dialect: DrizzleContext["dialect"]): ToolError {
  const own = dialect === "postgres" ? "PostgreSQL" : "SQLite";
  return new ToolError(
    "models/invalid",
    `Cannot use the Drizzle table "${name}": it is not a ${own} table`,
    {
      hint: `Define it with ${
        dialect === "postgres" ? "pgTable" : "sqliteTable"
      }, or use other models`,
    },
  );
}
