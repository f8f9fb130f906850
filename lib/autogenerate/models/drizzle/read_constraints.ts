import type { Constraint, ForeignKeyAction } from "../../../schema/schema.ts";
import { call, field, internal, isEntity, listOf, textOf, unknownVersion } from "./entity.ts";
import type { DrizzleContext } from "./read_column.ts";
import { type Casing, columnName, sqlText } from "./sql_text.ts";

/** Returns the constraints that the columns of a table declare, except foreign keys. */
export function* columnConstraints(
  columns: readonly unknown[],
  { dialect, casing }: DrizzleContext,
): Generator<Constraint> {
  for (const column of columns) {
    const name = columnName(column, casing);
    if (field(column, "primary") === true) yield { kind: "primaryKey", columns: [name] };
    // On SQLite, Drizzle's migrations create an index for it.
    if (field(column, "isUnique") === true && dialect === "postgres") {
      yield {
        kind: "unique",
        ...named(textOf(column, "uniqueName")),
        columns: [name],
        ...(textOf(column, "uniqueType") === "not distinct" && { nullsNotDistinct: true }),
      };
    }
  }
}

/** Returns a primary key that a table declares separately from its columns. */
export function readPrimaryKey(key: unknown, { dialect, casing }: DrizzleContext): Constraint {
  return {
    kind: "primaryKey",
    ...dialect === "postgres" && nameOf(key, listOf(field(key, "columns")), casing),
    columns: listOf(field(key, "columns")).map((it) => columnName(it, casing)),
  };
}

export function readUnique(constraint: unknown, { casing }: DrizzleContext): Constraint {
  return {
    kind: "unique",
    ...named(textOf(constraint, "name")),
    columns: listOf(field(constraint, "columns")).map((it) => columnName(it, casing)),
    ...(field(constraint, "nullsNotDistinct") === true && { nullsNotDistinct: true }),
  };
}

export function readCheck(check: unknown, { dialect, casing }: DrizzleContext): Constraint {
  const sql = sqlText(field(check, "value"), { casing, bare: dialect === "postgres" });
  return { kind: "check", ...named(textOf(check, "name")), expression: { sql } };
}

/** In Drizzle's migrations, SQLite's foreign keys have no names. */
export function readForeignKey(key: unknown, { dialect, casing }: DrizzleContext): Constraint {
  const reference = call(key, "reference");
  const target = field(reference, "foreignTable");
  const [table, schema] = [internal(target, "Name"), internal(target, "Schema")];
  if (typeof table !== "string") throw unknownVersion("a foreign key references no table");
  const columns = listOf(field(reference, "columns"));
  const foreign = listOf(field(reference, "foreignColumns"));
  const names = (of: readonly unknown[]) => of.map((it) => columnName(it, casing));
  const [onDelete, onUpdate] = ["onDelete", "onUpdate"].map((it) => action(field(key, it)));
  return {
    kind: "foreignKey",
    ...dialect === "postgres" && nameOf(key, [...columns, ...foreign], casing),
    columns: names(columns),
    references: {
      ...(typeof schema === "string" && { schema }),
      name: table,
      columns: names(foreign),
    },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
  };
}

const actions = [
  "no action",
  "restrict",
  "cascade",
  "set null",
  "set default",
] as const satisfies readonly ForeignKeyAction[];

function action(value: unknown): ForeignKeyAction | undefined {
  return actions.find((it) => it === value);
}

/**
 * Returns the name of a key, which Drizzle derives from its columns' keys; drizzle-kit replaces
 * those by the columns' names.
 */
function nameOf(
  key: unknown,
  columns: readonly unknown[],
  casing: Casing,
): { readonly name?: string } {
  const name = call(key, "getName");
  return named(
    typeof name !== "string" ? undefined : columns.reduce<string>(
      (text, it) => text.replace(textOf(it, "name") ?? "", columnName(it, casing)),
      name,
    ),
  );
}

function named(name: unknown): { readonly name?: string } {
  return typeof name === "string" ? { name } : {};
}

/** Returns what a table declares after its columns. */
export function extrasOf(table: unknown): readonly unknown[] {
  const builder = internal(table, "ExtraConfigBuilder");
  if (typeof builder !== "function") return [];
  const columns = internal(table, "ExtraConfigColumns") ?? internal(table, "Columns");
  const said: unknown = builder(columns);
  return Array.isArray(said)
    ? said.flat(1)
    : typeof said === "object" && said !== null
    ? Object.values(said)
    : [];
}

/** Says whether an extra is of this kind, for either database. */
export function isExtra(
  extra: unknown,
  kind: "Index" | "Check" | "UniqueConstraint" | "PrimaryKey" | "ForeignKey",
): boolean {
  return isEntity(extra, `Pg${kind}Builder`, `SQLite${kind}Builder`);
}
