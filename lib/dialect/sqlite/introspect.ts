import type {
  Column,
  Constraint,
  ForeignKeyAction,
  Index,
  Schema,
  Table,
} from "../../schema/schema.ts";
import type { Queryable, Row } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";
import { parseType } from "./parse_type.ts";
import { type WrittenConstraint, writtenConstraints } from "./table_text.ts";

/**
 * Returns the tables of the main database, from four queries however many there are. What the pragmas
 * do not report is read from the CREATE TABLE texts.
 */
export async function introspect(
  connection: Queryable,
  { exclude = [] }: IntrospectOptions = {},
): Promise<Schema> {
  const tables = await connection.query({
    sql: `SELECT m.name, m.sql FROM sqlite_schema m WHERE ${ours} ORDER BY m.name`,
  });
  const columns = byTable(
    await connection.query({ sql: joined("x.*", "pragma_table_xinfo(m.name) x", "x.cid") }),
  );
  const indexes = byTable(await connection.query({ sql: indexQuery }));
  const keys = byTable(
    await connection.query({
      sql: joined("x.*", "pragma_foreign_key_list(m.name) x", "x.id DESC, x.seq"),
    }),
  );
  const left = tables.filter((it) => !exclude.some((out) => out.name === it["name"]));
  return {
    tables: left.map((it) => {
      const name = String(it["name"]);
      const of = (rows: ReadonlyMap<string, readonly Row[]>) => rows.get(name) ?? [];
      return readTable(name, String(it["sql"]), of(columns), of(indexes), of(keys));
    }),
  };
}

const ours =
  `m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.sql NOT LIKE 'CREATE VIRTUAL%'`;

function joined(what: string, pragma: string, order: string): string {
  return `SELECT m.name AS table_name, ${what} FROM sqlite_schema m JOIN ${pragma} WHERE ${ours} ORDER BY m.name, ${order}`;
}

const indexQuery =
  `SELECT m.name AS table_name, l.name AS index_name, l."unique" AS is_unique, i.sql AS text,
  x.cid, x.name AS column_name FROM sqlite_schema m JOIN pragma_index_list(m.name) l JOIN pragma_index_xinfo(l.name) x
  JOIN sqlite_schema i ON i.type = 'index' AND i.name = l.name
  WHERE ${ours} AND l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`;

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (it) => String(it["table_name"]));
}

function readTable(
  name: string,
  sql: string,
  columns: readonly Row[],
  indexes: readonly Row[],
  keys: readonly Row[],
): Table {
  const written = writtenConstraints(sql);
  return {
    name,
    // A hidden column of a virtual table is 1, a generated one is 2 or 3.
    columns: columns.filter((it) => Number(it["hidden"]) !== 1).map((it) => readColumn(it, sql)),
    constraints: [
      ...written.filter((it) => it.kind !== "foreignKey").flatMap(readConstraint),
      ...readForeignKeys(keys, written.filter((it) => it.kind === "foreignKey")),
    ],
    indexes: [...Map.groupBy(indexes, (it) => String(it["index_name"]))].map(([index, parts]) =>
      readIndex(index, parts)
    ),
  };
}

function readColumn(row: Row, sql: string): Column {
  const name = String(row["name"]);
  const hidden = Number(row["hidden"]);
  const value = row["dflt_value"];
  const declared = String(row["type"]).replace(/\s*GENERATED ALWAYS$/i, "");
  return {
    name,
    type: parseType(declared),
    nullable: Number(row["notnull"]) === 0,
    ...(typeof value === "string" && { default: { sql: value } }),
    ...(hidden >= 2 &&
      { generated: { expression: { sql: generatedAs(name, sql) }, stored: hidden === 3 } }),
  };
}

/** No pragma reports the expression of a generated column. */
function generatedAs(name: string, sql: string): string {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const at = new RegExp(`["\`\\[]?${quoted}["\`\\]]?[^,(]*(?:\\([^)]*\\)[^,(]*)?\\bAS\\s*\\(`, "i")
    .exec(sql);
  if (!at) return "";
  const start = at.index + at[0].length;
  let depth = 1;
  for (let end = start; end < sql.length; end++) {
    if (sql[end] === "(") depth += 1;
    if (sql[end] === ")" && --depth === 0) return sql.slice(start, end).trim();
  }
  return "";
}

function readConstraint(
  { kind, name, columns, expression = "" }: WrittenConstraint,
): readonly Constraint[] {
  const named = name === undefined ? {} : { name };
  switch (kind) {
    case "primaryKey":
    case "unique":
      return [{ kind, ...named, columns }];
    case "check":
      return [{ kind, ...named, expression: { sql: expression } }];
    case "foreignKey":
      return [];
  }
}

/** The pragma has the keys in the order of the text, once its own order is turned about. */
function readForeignKeys(
  rows: readonly Row[],
  written: readonly WrittenConstraint[],
): readonly Constraint[] {
  const keys = [...Map.groupBy(rows, (it) => String(it["id"])).values()];
  return keys.map((parts, index): Constraint => {
    const [first] = parts;
    const name = written[index]?.name;
    const onDelete = action(first?.["on_delete"]);
    const onUpdate = action(first?.["on_update"]);
    return {
      kind: "foreignKey",
      ...(name !== undefined && { name }),
      columns: parts.map((it) => String(it["from"])),
      references: {
        name: String(first?.["table"]),
        columns: parts.flatMap((it) => it["to"] === null ? [] : [String(it["to"])]),
      },
      ...(onDelete && { onDelete }),
      ...(onUpdate && { onUpdate }),
    };
  });
}

const actions = [
  "restrict",
  "cascade",
  "set null",
  "set default",
] as const satisfies readonly ForeignKeyAction[];

function action(value: unknown): ForeignKeyAction | undefined {
  return actions.find((it) => it === String(value).toLowerCase());
}

function readIndex(name: string, parts: readonly Row[]): Index {
  const [first] = parts;
  const text = String(first?.["text"] ?? "");
  const where = /\)\s*WHERE\s+([^]+)$/i.exec(text)?.[1]?.trim();
  const expressions = indexExpressions(text);
  return {
    name,
    on: parts.map((it, index) =>
      Number(it["cid"]) >= 0 ? String(it["column_name"]) : { sql: expressions[index] ?? "" }
    ),
    unique: Number(first?.["is_unique"]) === 1,
    ...(where !== undefined && { where: { sql: where } }),
  };
}

/** Returns what the commas between an index's parentheses part, each without parentheses of its own. */
function indexExpressions(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = text.indexOf("("); at >= 0 && at < text.length; at++) {
    const character = text[at];
    if (character === "(" && depth++ === 0) start = at + 1;
    if (character === ")") depth -= 1;
    if ((character === "," && depth === 1) || (character === ")" && depth === 0)) {
      found.push(text.slice(start, at).trim().replace(/^\(([^]*)\)$/, "$1"));
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return found;
}
