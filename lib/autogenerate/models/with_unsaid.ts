import { isDeepStrictEqual } from "node:util";
import { columnsOf } from "../../schema/columns_of.ts";
import { readGrant, sameObject } from "../../schema/objects.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type {
  Column,
  Constraint,
  ForeignKeyAction,
  Index,
  ObjectKind,
  Schema,
  SchemaObject,
  Table,
  TableOptions,
} from "../../schema/schema.ts";
import { sameFamily } from "../../schema/type_family.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";

/** What Drizzle cannot declare. */
const unsayable: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  "extension",
  "ownedSequence",
  "domain",
  "compositeType",
  "function",
  "procedure",
  "trigger",
  "grant",
  // One on a materialized view.
  "index",
]);

export function isSayable(kind: ObjectKind): boolean {
  return !unsayable.has(kind);
}

/**
 * Returns `said`, which Drizzle's models declare, with whatever else `live` has that they cannot declare:
 * they do not mean to drop that.
 */
export function withUnsaid(said: Schema, live: Schema): Schema {
  const tables = said.tables.map((it) => {
    const there = live.tables.find((one) => sameName(one, it));
    return there === undefined ? it : tableWithUnsaid(it, there);
  });
  const partitions = live.tables.filter((it) => isPartitionOf(it, tables));
  const all = [...tables, ...partitions.filter((it) => !tables.some((one) => sameName(one, it)))];
  const isKept = (object: SchemaObject) =>
    !isSayable(object.kind) && !said.objects.some((it) => sameObject(it, object)) &&
    (object.on === undefined || isStanding(object.on, all, said.objects)) &&
    (object.kind !== "ownedSequence" || isOwnable(object, all, said.objects));
  const kept = Map.groupBy(live.objects.filter(isKept), (it) => it.kind === "ownedSequence");
  // In an order in which they can be created: those of the live schema first, ownership of sequences last.
  const objects = [...kept.get(false) ?? [], ...said.objects, ...kept.get(true) ?? []];
  const made = { ...said, tables: all, objects };
  return {
    ...made,
    objects: objects.flatMap((it) => it.kind === "grant" ? left(it, live, made) : [it]),
  };
}

/** Returns what remains of `grant`, which `live` has, if what it is on, or a column of that, no longer exists. */
function left(grant: SchemaObject, live: Schema, made: Schema): readonly SchemaObject[] {
  const { arguments: said = "", definition: { sql } } = grant;
  const { privileges, on } = readGrant(grant);
  const target = on.replace(/^\w+ /, "");
  const isThere = (schema: Schema) =>
    [...schema.tables, ...schema.enums, ...schema.objects.filter((it) => it.on === undefined)]
      .some((it) => quoteName(it) === target);
  if (isThere(live) && !isThere(made)) return [];
  const columns = ({ tables }: Schema) =>
    tables.find((it) => quoteName(it) === target)?.columns.map((it) => quoteIdentifier(it.name));
  const gone = new Set(columns(live)).difference(new Set(columns(made)));
  if (gone.size === 0 || !privileges.includes("(")) return [grant];
  const some = privileges.split(/, (?=[A-Z]+(?: \(|,|$))/).flatMap((it) =>
    withoutColumns(it, gone)
  );
  if (some.length === 0) return [];
  const changed = `${some.join(", ")} ON ${on}`;
  return [{ ...grant, arguments: changed, definition: { sql: sql.replace(said, () => changed) } }];
}

function withoutColumns(right: string, gone: ReadonlySet<string>): readonly string[] {
  const [, name, list] = /^(\w+) \((.*)\)$/s.exec(right) ?? [];
  if (name === undefined || list === undefined) return [right];
  const columns = list.split(", ").filter((it) => !gone.has(it));
  return columns.length === 0 ? [] : [`${name} (${columns.join(", ")})`];
}

function isStanding(
  name: { readonly schema?: string; readonly name: string },
  tables: readonly Table[],
  objects: readonly SchemaObject[],
): boolean {
  return tables.some((it) => sameName(it, name)) ||
    objects.some((it) => /view/i.test(it.kind) && sameName(it, name));
}

/** Says whether the sequence and the column still exist. */
function isOwnable(
  { name, schema, on, arguments: column }: SchemaObject,
  tables: readonly Table[],
  objects: readonly SchemaObject[],
): boolean {
  const isIt = (it: SchemaObject) =>
    it.kind === "sequence" && it.name === name && it.schema === schema;
  return objects.some(isIt) &&
    tables.some((it) => on && sameName(it, on) && it.columns.some((one) => one.name === column));
}

function isPartitionOf(table: Table, tables: readonly Table[]): boolean {
  const parent = table.options?.partitionOf?.table;
  return parent !== undefined && tables.some((it) => sameName(it, parent));
}

function tableWithUnsaid(said: Table, live: Table): Table {
  const columns = new Set(said.columns.map((it) => it.name));
  const gone = new Set(live.columns.map((it) => it.name)).difference(columns);
  const excludes = live.constraints.filter((it) =>
    it.kind === "exclude" && columnsOf(it).isDisjointFrom(gone)
  );
  const { autoincrement: _, ...unsaid } = live.options ?? {};
  const options: TableOptions = { ...unsaid, ...said.options };
  return {
    ...said,
    columns: said.columns.map((it) => {
      const there = live.columns.find((one) => one.name === it.name);
      return there === undefined ? it : columnWithUnsaid(it, there);
    }),
    constraints: [
      ...said.constraints.map((it) => {
        const there = live.constraints.find((one) => isOfSame(one, it));
        return there === undefined ? it : constraintWithUnsaid(it, there, gone);
      }),
      ...excludes,
    ],
    indexes: said.indexes.map((it) => {
      const there = live.indexes.find((one) => one.name === it.name);
      return there === undefined ? it : indexWithUnsaid(it, there, gone);
    }),
    ...(live.comment !== undefined && { comment: live.comment }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(live.rowSecurity === "forced" && said.rowSecurity && { rowSecurity: live.rowSecurity }),
  };
}

function columnWithUnsaid(said: Column, { type, collation, comment }: Column): Column {
  return {
    ...(collation !== undefined && sameFamily(type, said.type) && { collation }),
    ...(comment !== undefined && { comment }),
    ...said,
  };
}

/** Says whether both are on the same columns, or are checks that differ only in their condition. */
function isOfSame(live: Constraint, said: Constraint): boolean {
  if (live.kind !== said.kind || live.name !== said.name) return false;
  return "columns" in live && "columns" in said
    ? isDeepStrictEqual(live.columns, said.columns)
    : said.name !== undefined;
}

/** Drizzle cannot declare when a constraint is checked, whether it is inherited, and what a key includes. */
function constraintWithUnsaid(
  said: Constraint,
  live: Constraint,
  gone: ReadonlySet<string>,
): Constraint {
  const unsaid = Object.entries(live).filter(([key, value]) =>
    !sayable.has(key) &&
    (key !== "include" || gone.isDisjointFrom(new Set(value))) &&
    (key !== "onDeleteColumns" || isDeepStrictEqual(actionOf(live), actionOf(said)))
  );
  return { ...Object.fromEntries(unsaid), ...said };
}

const sayable: ReadonlySet<string> = new Set(["onDelete", "onUpdate", "nullsNotDistinct"]);

function actionOf(constraint: Constraint): ForeignKeyAction | undefined {
  return constraint.kind === "foreignKey" ? constraint.onDelete : undefined;
}

function indexWithUnsaid(
  said: Index,
  { include = [], tablespace, nullsNotDistinct }: Index,
  gone: ReadonlySet<string>,
): Index {
  const included = include.filter((it) => !gone.has(it));
  return {
    ...(included.length > 0 && { include: included }),
    ...(tablespace !== undefined && { tablespace }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
    ...said,
  };
}
