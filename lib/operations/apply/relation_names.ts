import type { QualifiedName, Table } from "../../schema/schema.ts";

/** Returns the names that `table`, its indexes and its keys occupy in the schema, each with that of the schema. */
export function relationNames(table: Table): readonly string[] {
  const keys = table.constraints.filter(({ kind }) => kind !== "check" && kind !== "foreignKey");
  return [table, ...table.indexes, ...keys].flatMap(({ name }) =>
    name === undefined ? [] : [relationName(table, name)]
  );
}

/** Returns `name` as {@linkcode relationNames} does, in the schema of `table`. */
export function relationName({ schema = "" }: QualifiedName, name: string): string {
  return `${schema}\0${name}`;
}
