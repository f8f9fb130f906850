import { sameName } from "../schema/qualified_name.ts";
import type { Constraint, Index, QualifiedName, Table } from "../schema/schema.ts";

/** Returns `table` after the table `name` was renamed: itself, or one that refers to it. */
export function renameTableIn(table: Table, name: QualifiedName, to: string): Table {
  const constraints = table.constraints.map((it): Constraint =>
    it.kind === "foreignKey" && sameName(it.references, name)
      ? { ...it, references: { ...it.references, name: to } }
      : it
  );
  return { ...table, constraints, ...(sameName(table, name) && { name: to }) };
}

/** Returns `table` after the column of the table `on` was renamed: in itself, or in one that refers to it. */
export function renameColumnIn(table: Table, on: QualifiedName, column: string, to: string): Table {
  const own = sameName(table, on);
  const renamed = (names: readonly string[]) => names.map((it) => it === column ? to : it);
  const constraints = table.constraints.map((it): Constraint => {
    if (it.kind === "check") return it;
    const moved: Constraint = own ? { ...it, columns: renamed(it.columns) } : it;
    if (moved.kind !== "foreignKey" || !sameName(moved.references, on)) return moved;
    return { ...moved, references: { ...moved.references, columns: renamed(moved.references.columns) } };
  });
  if (!own) return { ...table, constraints };
  const indexes = table.indexes.map((it): Index => ({ ...it, on: it.on.map((part) => part === column ? to : part) }));
  const columns = table.columns.map((it) => it.name === column ? { ...it, name: to } : it);
  return { ...table, columns, constraints, indexes };
}
