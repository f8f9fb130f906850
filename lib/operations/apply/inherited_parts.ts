import { find } from "../../schema/lookup.ts";
import { namesWithout } from "../../schema/qualified_name.ts";
import type { Column, Constraint, QualifiedName, Schema, Table } from "../../schema/schema.ts";
import { sameData } from "../../schema/same_data.ts";
import { handedDown } from "./handed_down.ts";

/** Returns `table` after its parents are changed to `wanted`. */
export function reparented(
  schema: Schema,
  table: Table,
  wanted: readonly QualifiedName[],
): Table {
  const old = table.options?.inherits ?? [];
  const { inherits: _, ...options } = table.options ?? {};
  const { options: __, ...rest } = table;
  const made = withInherited(schema, rest, namesWithout(old, wanted), wanted);
  const said = { ...options, ...(wanted.length > 0 && { inherits: wanted }) };
  return besidesInherited(schema, {
    ...made,
    ...(Object.keys(said).length > 0 && { options: said }),
  });
}

/**
 * Returns `table` with the parts that it inherits from `parents` as its own, except those that it
 * inherits from `others`, too.
 */
export function withInherited(
  schema: Schema,
  table: Table,
  parents: readonly QualifiedName[],
  others: readonly QualifiedName[] = [],
): Table {
  const [from, besides] = [inherited(schema, parents), inherited(schema, others)];
  return {
    ...table,
    columns: [
      ...from.columns.filter((it) => isNew(it, [...table.columns, ...besides.columns])),
      ...table.columns,
    ],
    constraints: [
      ...from.constraints.filter((it) => isNew(it, [...table.constraints, ...besides.constraints])),
      ...table.constraints,
    ],
  };
}

/**
 * Returns `table` without the parts that it inherits unchanged. It makes no difference whether it had
 * them before it inherited them, since nothing can change them then; comments are not inherited.
 */
export function besidesInherited(schema: Schema, table: Table): Table {
  const of = inherited(schema, table.options?.inherits ?? []);
  return {
    ...table,
    columns: table.columns.filter((it) =>
      !of.columns.some((one) => sameData(withoutComment(it), one))
    ),
    constraints: table.constraints.filter((it) => !of.constraints.some((one) => sameData(it, one))),
  };
}

type Parts = Pick<Table, "columns" | "constraints">;

/**
 * Returns the parts that `parents`, and all tables above them, pass on: columns, and checks that are
 * not NO INHERIT.
 */
export function inherited(schema: Schema, parents: readonly QualifiedName[]): Parts {
  const parts: Parts = { columns: [], constraints: [] };
  return parents.flatMap((it) => find(schema, it) ?? []).reduce((known, parent) => {
    const above = withInherited(schema, parent, parent.options?.inherits ?? []);
    return {
      columns: [
        ...known.columns,
        ...above.columns.filter((it) => isNew(it, known.columns))
          .map((it) => handedDown(parent, it)),
      ],
      constraints: [
        ...known.constraints,
        ...above.constraints.filter((it) =>
          it.kind === "check" && !it.noInherit && isNew(it, known.constraints)
        ),
      ],
    };
  }, parts);
}

function isNew({ name }: Column | Constraint, known: readonly (Column | Constraint)[]): boolean {
  return !known.some((it) => it.name === name);
}

function withoutComment({ comment: _, ...column }: Column): Column {
  return column;
}
