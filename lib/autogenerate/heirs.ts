import { inherited } from "../operations/apply/inherited_parts.ts";
import type { Operation } from "../operations/operation.ts";
import { find } from "../schema/lookup.ts";
import { nameOf, sameName } from "../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, Table } from "../schema/schema.ts";

/**
 * Returns the tables in both schemas that inherit from `parents` in `from` but not in `to`, where they are
 * `other`; or in both, if a column of the table's own in one is inherited in the other.
 */
export function heirs(
  from: Schema,
  to: Schema,
): readonly {
  readonly table: Table;
  readonly other: Table;
  readonly parents: readonly QualifiedName[];
}[] {
  return from.tables.flatMap((table) => {
    const other = inherits(table).length > 0 ? find(to, table) : undefined;
    const parents = inherits(table).filter((it) =>
      other && (!inherits(other).some((one) => sameName(one, it)) ||
        givesOwn(from, to, it, other) || givesOwn(to, from, it, table))
    );
    return other && parents.length > 0 ? [{ table, other, parents }] : [];
  });
}

/** Says whether `table` of `to` has a column of its own that `parent` has in `from` but not in `to`. */
function givesOwn(from: Schema, to: Schema, parent: QualifiedName, { columns }: Table): boolean {
  const [given, kept] = [from, to].map((it) => columnNames(inherited(it, [parent]).columns));
  return [...columnNames(columns)].some((it) => given?.has(it) && !kept?.has(it));
}

function columnNames(columns: readonly Column[]): ReadonlySet<string> {
  return new Set(columns.map((it) => it.name));
}

export function inherit(table: Table, wanted: readonly QualifiedName[]): Operation {
  const said = (all: readonly QualifiedName[]) => ({ inherits: all.length > 0 ? all : null });
  return {
    kind: "alterTable",
    table: nameOf(table),
    change: said(wanted),
    existing: said(inherits(table)),
  };
}

export function inherits({ options }: Table): readonly QualifiedName[] {
  return options?.inherits ?? [];
}
