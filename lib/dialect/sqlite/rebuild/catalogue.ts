import { ToolError } from "../../../error.ts";
import { notFound } from "../../../schema/not_found.ts";
import { showName } from "../../../schema/qualified_name.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { Queryable } from "../../../sql/statement.ts";
import { foldCase, sameIdentifier } from "../same_identifier.ts";

/** What the database knows of a table and its surroundings. */
export interface Catalogue {
  /** As the catalogue spells it, with its schema. */
  readonly table: Required<QualifiedName>;
  /** The same without the schema `main`, for people. */
  readonly name: QualifiedName;
  readonly sql: string;
  /** In the order of creation. */
  readonly indexes: readonly CatalogueObject[];
  /** All views and triggers, including those of this session only. */
  readonly others: readonly (CatalogueObject & {
    readonly kind: "view" | "trigger";
    readonly temporary: boolean;
    /** The table or view that a trigger is on. */
    readonly on: string;
  })[];
  /** Whether this session has a temporary table or view by that name: its temporary triggers are on that one. */
  readonly shadowed: boolean;
  /** The names of all objects. */
  readonly taken: readonly string[];
  /** The foreign keys to this table. */
  readonly references: readonly {
    readonly child: string;
    /** The column that it references; absent: the primary key. */
    readonly to: string | undefined;
  }[];
}

export interface CatalogueObject {
  readonly name: string;
  readonly sql: string;
}

/** @throws {ToolError} `operation/invalid` if there is no such table. */
export async function readCatalogue(
  connection: Queryable,
  { schema = "main", name }: QualifiedName,
): Promise<Catalogue> {
  const inSchema = quoteIdentifier(schema);
  const rows = await connection.query({
    sql: `SELECT type, name, tbl_name AS on_name, sql, 0 AS temporary
  FROM (SELECT * FROM ${inSchema}.sqlite_schema ORDER BY rowid)
UNION ALL SELECT type, name, tbl_name, sql, 1
  FROM (SELECT * FROM sqlite_temp_schema ORDER BY rowid)`,
  });
  const objects = rows.map((it) => ({
    kind: String(it["type"]),
    name: String(it["name"]),
    on: String(it["on_name"]),
    sql: it["sql"] === null ? undefined : String(it["sql"]),
    temporary: Number(it["temporary"]) === 1,
  }));
  const found = objects.find((it) =>
    it.kind === "table" && !it.temporary && sameIdentifier(it.name, name)
  );
  const named = (name: string) => schema === "main" ? { name } : { schema, name };
  if (found?.sql === undefined) {
    const tables = objects.filter((it) => it.kind === "table" && !it.temporary);
    throw notFound("table", showName(named(name)), { among: tables.map((it) => it.name) });
  }
  if (/^CREATE\s+VIRTUAL/i.test(found.sql)) {
    throw new ToolError(
      "operation/unsupported",
      `Cannot alter "${showName(named(name))}": it is a virtual table`,
      { hint: "Create a new one with execute, copy the rows, and drop this one" },
    );
  }
  return {
    table: { schema, name: found.name },
    name: named(found.name),
    sql: found.sql,
    indexes: objects.flatMap(({ kind, on, name, sql }) =>
      kind === "index" && sql !== undefined && sameIdentifier(on, found.name) ? [{ name, sql }] : []
    ),
    others: objects.flatMap(({ kind, sql, ...rest }) =>
      (kind === "view" || kind === "trigger") && sql !== undefined ? [{ kind, sql, ...rest }] : []
    ),
    shadowed: objects.some((it) =>
      it.temporary && it.kind !== "trigger" && sameIdentifier(it.name, found.name)
    ),
    taken: objects.map((it) => it.name),
    references: await readReferences(connection, schema, found.name),
  };
}

async function readReferences(
  connection: Queryable,
  schema: string,
  table: string,
): Promise<Catalogue["references"]> {
  const all = quoteName({ schema, name: "sqlite_schema" });
  const literal = quoteLiteral(foldCase(table), "sqlite");
  const rows = await connection.query({
    sql: `SELECT m.name AS child, f."to" AS to_column
  FROM ${all} m JOIN pragma_foreign_key_list(m.name, ${quoteLiteral(schema, "sqlite")}) f
  WHERE m.type = 'table' AND lower(f."table") = ${literal}`,
  });
  return rows.map((it) => ({
    child: String(it["child"]),
    to: it["to_column"] === null ? undefined : String(it["to_column"]),
  }));
}
