import { quoteIdentifier, quoteLiteral } from "../../../sql/quote.ts";
import type { Queryable, Row } from "../../../sql/statement.ts";
import { foldCase, sameIdentifier } from "../same_identifier.ts";

/** A foreign key, and what it finds at its other end. */
export interface Reference {
  readonly child: string;
  readonly from: readonly string[];
  readonly parent: string;
  /** Empty: the primary key. */
  readonly to: readonly string[];
  /** The columns of the parent; empty if it does not exist. */
  readonly columns: readonly string[];
  /** The columns of each of its keys, the primary key first. */
  readonly keys: readonly (readonly string[])[];
}

/** Returns the foreign keys of `children`, and of any table to `parents`, in one query. */
export async function readReferences(
  { children, parents }: {
    readonly children: readonly string[];
    readonly parents: readonly string[];
  },
  schema: string,
  connection: Queryable,
): Promise<readonly Reference[]> {
  const rows = await connection.query({
    sql: referenceQuery(schema, { all: parents.length > 0 }),
    parameters: [JSON.stringify(children), ...parents.length > 0 ? [JSON.stringify(parents)] : []],
  });
  const keyed = Map.groupBy(rows, (it) => JSON.stringify([foldCase(text(it, "child")), it["id"]]));
  return [...keyed.values()].flatMap((parts): readonly Reference[] => {
    const [first] = parts;
    if (first === undefined) return [];
    return [{
      child: text(first, "child"),
      from: parts.map((it) => text(it, "from_column")),
      parent: text(first, "parent"),
      to: parts.flatMap((it) => it["to_column"] === null ? [] : text(it, "to_column")),
      columns: names(first["columns"]),
      keys: [names(first["key"]), ...lists(first["uniques"])],
    }];
  });
}

/** Says whether SQLite can use the foreign key. */
export function works({ from, to, keys }: Reference): boolean {
  const [primary = [], ...uniques] = keys;
  if (to.length === 0) return primary.length === from.length;
  return [primary, ...uniques].some((key) =>
    key.length === to.length && key.every((it) => to.some((one) => sameIdentifier(one, it)))
  );
}

function referenceQuery(schema: string, { all }: { readonly all: boolean }): string {
  const [inSchema, its] = [quoteIdentifier(schema), quoteLiteral(schema, "sqlite")];
  const parts = `f.id, f.seq, f."table" AS parent, f."from" AS from_column, f."to" AS to_column`;
  const toParents = `UNION
  SELECT m.name, ${parts} FROM ${inSchema}.sqlite_schema m JOIN pragma_foreign_key_list(m.name, ${its}) f
  WHERE m.type = 'table' AND lower(f."table") IN (SELECT lower(value) FROM json_each($2))`;
  return `SELECT r.*,
  (SELECT json_group_array(name) FROM pragma_table_xinfo(r.parent, ${its})) AS columns,
  (SELECT json_group_array(name) FROM pragma_table_info(r.parent, ${its}) WHERE pk > 0) AS key,
  (SELECT json_group_array(
    json((SELECT json_group_array(i.name) FROM pragma_index_info(l.name, ${its}) i))
  ) FROM pragma_index_list(r.parent, ${its}) l WHERE l."unique" AND NOT l.partial) AS uniques
FROM (
  SELECT c.value AS child, ${parts} FROM json_each($1) c JOIN pragma_foreign_key_list(c.value, ${its}) f
  ${all ? toParents : ""}
) r ORDER BY r.child, r.id, r.seq`;
}

function text(row: Row, column: string): string {
  return String(row[column]);
}

/** An expression in an index has no name. */
function names(json: unknown): readonly string[] {
  return parsed(json).map((it) => typeof it === "string" ? it : "");
}

function lists(json: unknown): readonly (readonly string[])[] {
  return parsed(json).map((it) => names(it));
}

function parsed(json: unknown): readonly unknown[] {
  const value: unknown = typeof json === "string" ? JSON.parse(json) : json;
  return Array.isArray(value) ? value : [];
}
