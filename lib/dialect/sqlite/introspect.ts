import type {
  Column,
  Index,
  IndexElement,
  Schema,
  SchemaObject,
  Table,
} from "../../schema/schema.ts";
import { anyOf, comment } from "../../sql/lexemes.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable, Row } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";
import { isLiteral } from "./column_clause.ts";
import { ownOptions } from "./normalize.ts";
import { parseType } from "./parse_type.ts";
import { readIndexText } from "./read_index_text.ts";
import { readTableText, type TableText } from "./read_table_text.ts";
import { textOf, tokenize } from "./tokens.ts";

/**
 * Returns the contents of the main database, in four queries whatever its size. The texts of the CREATE
 * statements supply what the pragmas do not report.
 */
export async function introspect(
  connection: Queryable,
  { exclude = [] }: IntrospectOptions = {},
): Promise<Schema> {
  const query = async (sql: string) => await connection.query({ sql });
  const own = new Set((await query(ownTablesQuery)).map((it) => it["name"]));
  const made = await query(statementQuery);
  const tables = made.filter((it) => it["type"] === "table" && own.has(it["name"])).sort(byName);
  const indexTexts = new Map(
    made.flatMap((it) => it["type"] === "index" ? [[it["name"], String(it["sql"])]] : []),
  );
  const columns = byTable(await query(columnQuery));
  const indexes = byTable(await query(indexQuery));
  const objects = made.filter((it) => it["type"] === "view" || it["type"] === "trigger");
  const wanted = tables.filter((it) => !exclude.some((out) => out.name === it["name"]));
  return {
    tables: wanted.map((it): Table => {
      const name = String(it["name"]);
      const text = readTableText(String(it["sql"]));
      const rows = columns.get(name) ?? [];
      const names = rows.map((row) => String(row["name"]));
      return {
        name,
        columns: rows.map((row) => readColumn(row, text)),
        constraints: text.constraints,
        indexes: readIndexes(indexes.get(name) ?? [], indexTexts, names),
        ...ownOptions(text.options),
      };
    }),
    enums: [],
    objects: objects.map(readObject),
  };
}

/** Without virtual tables and their shadow tables. Asked once: it lists all tables each time. */
const ownTablesQuery =
  "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'";

const statementQuery = `SELECT type, name, tbl_name AS on_name, sql FROM sqlite_schema
  WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`;

const everyTable = `(SELECT name FROM sqlite_schema
  WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\') m`;

/** `hidden` is 1 for a hidden column of a virtual table, 2 and 3 for generated ones. */
const columnQuery = `SELECT m.name AS table_name, x.* FROM ${everyTable}
  JOIN pragma_table_xinfo(m.name) x WHERE x.hidden <> 1 ORDER BY m.name, x.cid`;

const indexQuery = `SELECT m.name AS table_name, l.name AS index_name, l."unique" AS is_unique,
    x.seqno, x.cid, x.name AS column_name
  FROM ${everyTable} JOIN pragma_index_list(m.name) l JOIN pragma_index_xinfo(l.name) x
  WHERE l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`;

function byName({ name: a }: Row, { name: b }: Row): number {
  return String(a) < String(b) ? -1 : 1;
}

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (it) => String(it["table_name"]));
}

function readObject(row: Row): SchemaObject {
  const name = String(row["name"]);
  const definition = { sql: String(row["sql"]) };
  return row["type"] === "view"
    ? { kind: "view", name, definition }
    : { kind: "trigger", name, on: { name: String(row["on_name"]) }, definition };
}

function readColumn(row: Row, { generated, collations }: TableText): Column {
  const name = String(row["name"]);
  const hidden = Number(row["hidden"]);
  const value = row["dflt_value"];
  const collation = collations.get(name);
  const expression = { sql: generated.get(name) ?? "" };
  return {
    name,
    type: parseType(typeOf(String(row["type"]), hidden >= 2)),
    nullable: Number(row["notnull"]) === 0,
    ...(typeof value === "string" && { default: { sql: defaultOf(value) } }),
    ...(collation !== undefined && { collation }),
    ...(hidden >= 2 && { generated: { expression, stored: hidden === 3 } }),
  };
}

/** SQLite includes comments in a type and, after a comment, also GENERATED ALWAYS. */
function typeOf(declared: string, isGenerated: boolean): string {
  const type = declared.replaceAll(comments, " ").trim();
  return isGenerated ? type.replace(/(?:^|\s+)GENERATED(?:\s+ALWAYS)?$/i, "") : type;
}

const comments = anyOf(comment);

/** SQLite reads a name in a DEFAULT as a string, but only outside parentheses. */
function defaultOf(sql: string): string {
  const tokens = tokenize(sql);
  const [token, ...more] = tokens;
  const name = token?.name;
  const isString = name !== undefined && more.length === 0 && !/^\d/.test(sql.trim()) &&
    !isLiteral(sql);
  return isString ? quoteLiteral(name, "sqlite") : textOf(tokens, sql);
}

function readIndexes(
  rows: readonly Row[],
  texts: ReadonlyMap<unknown, string>,
  columns: readonly string[],
): readonly Index[] {
  return [...Map.groupBy(rows, (it) => String(it["index_name"]))].map(([name, parts]): Index => {
    const text = readIndexText(texts.get(name) ?? "", columns);
    return {
      name,
      on: parts.map((it, at): IndexElement => {
        const { on = { sql: "" }, ...more } = text.on[at] ?? {};
        const what = Number(it["cid"]) >= 0 ? String(it["column_name"]) : on;
        return Object.keys(more).length > 0 ? { on: what, ...more } : what;
      }),
      unique: Number(parts[0]?.["is_unique"]) === 1,
      ...(text.where && { where: text.where }),
    };
  });
}
