import type {
  Column,
  Constraint,
  ForeignKeyAction,
  Index,
  Schema,
  Table,
} from "../../schema/schema.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";
import { parseType } from "./parse_type.ts";

/**
 * Returns the tables of the schemas asked for, in one query however many there are. A table in the
 * schema that new tables go to has no schema in its name.
 */
export async function introspect(
  connection: Queryable,
  { schemas, exclude = [] }: IntrospectOptions = {},
): Promise<Schema> {
  const wanted = schemas === undefined
    ? "n.nspname = current_schema()"
    : `n.nspname IN (${schemas.map((it) => quoteLiteral(it, "postgres")).join(", ")})`;
  const rows = await connection.query({ sql: catalogue.replace("$wanted", () => wanted) });
  const tables = rows.map(readTable);
  return {
    tables: tables.filter((it) =>
      !exclude.some((out) => out.name === it.name && (out.schema ?? it.schema) === it.schema)
    ),
  };
}

/** Everything about a table as one JSON value; the catalogue's pages are https://www.postgresql.org/docs/current/catalogs.html */
const catalogue = `
SELECT c.relname AS name, nullif(n.nspname, current_schema()) AS schema, obj_description(c.oid, 'pg_class') AS comment,
  (SELECT coalesce(json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull,
      'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
      'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
      'stored', a.attgenerated = 's', 'identity', a.attidentity, 'comment', col_description(c.oid, a.attnum)
    ) ORDER BY a.attnum), '[]')
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT coalesce(json_agg(json_build_object(
      'name', k.conname, 'type', k.contype, 'deferrable', k.condeferrable, 'deferred', k.condeferred,
      'update', k.confupdtype, 'delete', k.confdeltype,
      'columns', (SELECT coalesce(json_agg(a.attname ORDER BY u.place), '[]') FROM unnest(k.conkey) WITH ORDINALITY u (number, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
      'table', f.relname, 'schema', nullif(fn.nspname, current_schema()),
      'references', (SELECT coalesce(json_agg(a.attname ORDER BY u.place), '[]') FROM unnest(k.confkey) WITH ORDINALITY u (number, place)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number),
      'check', CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END
    ) ORDER BY k.conname), '[]')
    FROM pg_constraint k LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c')) AS constraints,
  (SELECT coalesce(json_agg(json_build_object(
      'name', i.relname, 'unique', x.indisunique, 'where', pg_get_expr(x.indpred, x.indrelid), 'using', m.amname,
      'on', (SELECT json_agg(json_build_object('column', a.attname, 'expression', pg_get_indexdef(x.indexrelid, u.place::int, true)) ORDER BY u.place)
        FROM unnest(x.indkey) WITH ORDINALITY u (number, place)
        LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.number AND u.number <> 0
        WHERE u.place <= x.indnkeyatts)
    ) ORDER BY i.relname), '[]')
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
    WHERE x.indrelid = c.oid AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = c.oid)) AS indexes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND $wanted
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY n.nspname, c.relname`;

function readTable(row: Readonly<Record<string, unknown>>): Table {
  const schema = textOf(row["schema"]);
  const comment = textOf(row["comment"]);
  return {
    ...(schema !== undefined && { schema }),
    name: String(row["name"]),
    columns: listOf(row["columns"]).map(readColumn),
    constraints: listOf(row["constraints"]).map(readConstraint),
    indexes: listOf(row["indexes"]).map(readIndex),
    ...(comment !== undefined && { comment }),
  };
}

function readColumn(row: Facts): Column {
  const value = textOf(row["default"]);
  const generated = textOf(row["generated"]);
  const comment = textOf(row["comment"]);
  const identity = row["identity"] === "a"
    ? "always"
    : row["identity"] === "d"
    ? "byDefault"
    : undefined;
  return {
    name: String(row["name"]),
    type: parseType(String(row["type"])),
    nullable: row["nullable"] === true,
    ...(value !== undefined && { default: { sql: value } }),
    ...(generated !== undefined &&
      { generated: { expression: { sql: generated }, stored: row["stored"] === true } }),
    ...(identity && { identity }),
    ...(comment !== undefined && { comment }),
  };
}

function readConstraint(row: Facts): Constraint {
  const name = String(row["name"]);
  const columns = namesOf(row["columns"]);
  switch (row["type"]) {
    case "p":
      return { kind: "primaryKey", name, columns };
    case "u":
      return { kind: "unique", name, columns };
    case "c":
      return { kind: "check", name, expression: { sql: String(row["check"]) } };
    default: {
      const schema = textOf(row["schema"]);
      const onDelete = actions.get(String(row["delete"]));
      const onUpdate = actions.get(String(row["update"]));
      return {
        kind: "foreignKey",
        name,
        columns,
        references: {
          ...(schema !== undefined && { schema }),
          name: String(row["table"]),
          columns: namesOf(row["references"]),
        },
        ...(onDelete && { onDelete }),
        ...(onUpdate && { onUpdate }),
        ...(row["deferrable"] === true &&
          { deferrable: row["deferred"] === true ? "deferred" : "immediate" }),
      };
    }
  }
}

/** `pg_constraint.confdeltype`; "no action" is what is there when nothing is said. */
const actions: ReadonlyMap<string, ForeignKeyAction> = new Map([
  ["r", "restrict"],
  ["c", "cascade"],
  ["n", "set null"],
  ["d", "set default"],
]);

function readIndex(row: Facts): Index {
  const where = textOf(row["where"]);
  const using = textOf(row["using"]);
  return {
    name: String(row["name"]),
    on: listOf(row["on"]).map((it) =>
      textOf(it["column"]) ?? { sql: withoutParentheses(String(it["expression"])) }
    ),
    unique: row["unique"] === true,
    ...(where !== undefined && { where: { sql: where } }),
    ...(using !== undefined && using !== "btree" && { using }),
  };
}

/** The server puts an expression in parentheses unless it is a call; we always put them there ourselves. */
function withoutParentheses(sql: string): string {
  return sql.startsWith("(") && sql.endsWith(")") ? sql.slice(1, -1) : sql;
}

type Facts = Readonly<Record<string, unknown>>;

function listOf(value: unknown): readonly Facts[] {
  const list: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
