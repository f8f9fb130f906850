import type { ServerAnswer } from "../../driver/database_error.ts";
import { didYouMean } from "../../sql/closest.ts";
import type { Queryable } from "../../sql/statement.ts";
import { wordsIn } from "../../sql/words.ts";
import { indexElementAdvice } from "../index_element_advice.ts";
import { notNullAdvice } from "../not_null_advice.ts";

/** Returns advice on PostgreSQL's error for a statement, as a sentence, if `connection` has any. */
export async function advise(
  { message, sqlState, statement }: Pick<ServerAnswer, "message" | "sqlState" | "statement">,
  connection: Queryable,
): Promise<string | undefined> {
  const known = advice.find((it) => it.sqlState === sqlState && it.message.test(message));
  if (known) return known.hint;
  const names = [...message.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name = ""]) => name);
  const [first, second] = names;
  if (first === undefined) return undefined;
  if (sqlState === "23502" && second !== undefined) {
    return await aboutNulls(first, second, connection);
  }
  const query = sqlState === undefined ? undefined : unknown[sqlState];
  if (query === undefined) return undefined;
  const element = indexElementAdvice(first, statement.sql);
  if (element !== undefined) return element;
  const tables = second === undefined ? [...wordsIn(statement.sql)] : [second];
  const rows = await connection.query({ sql: query, parameters: [JSON.stringify(tables)] });
  const name = first.replace(/^.*\./, "");
  const others = rows.map((it) => String(it["name"])).filter((it) => it !== name);
  const near = didYouMean(name, others);
  if (near !== "") return near;
  return /^type "/.test(message) ? await missingType(first, name, connection) : undefined;
}

/** A table does not create the types of its columns. */
async function missingType(full: string, name: string, connection: Queryable): Promise<string> {
  const [extension] = await connection.query({
    sql: "SELECT 1 FROM pg_available_extensions WHERE name = $1 AND installed_version IS NULL",
    parameters: [name],
  });
  return extension === undefined
    ? `If it is an enum type, create it before: op.createEnum("${full}", […])`
    : `Create the extension before: op.createExtension("${name}")`;
}

const advice: readonly {
  readonly sqlState: string;
  readonly message: RegExp;
  readonly hint: string;
}[] = [
  {
    sqlState: "25P02",
    message: /./,
    hint:
      "A statement before it failed, and its error was caught; PostgreSQL then runs nothing more: check first whether it can be done, or write IF EXISTS, ON CONFLICT",
  },
  {
    sqlState: "55000",
    message: /already an identity column/,
    hint: 'Say what it is now: existingIdentity: "byDefault", or "always"',
  },
  {
    sqlState: "42846",
    message: /^cannot cast type/,
    hint: 'Say how the values convert, as in using: "a::text::date"',
  },
  {
    sqlState: "22P02",
    message: /^invalid input value for enum/,
    hint: "Rows have a value that the type lacks: op.changeEnum takes replaced: { old: new }",
  },
];

async function aboutNulls(
  column: string,
  table: string,
  connection: Queryable,
): Promise<string | undefined> {
  const rows = await connection.query({
    sql: `SELECT n.nspname AS schema, pg_table_is_visible(c.oid) AS is_visible, EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $2 AND NOT a.attisdropped
  ) AS is_there
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = $1 AND c.relkind IN ('r', 'p')`,
    parameters: [table, column],
  });
  const [only, other] = rows;
  if (only === undefined || other !== undefined) return undefined;
  const name = only["is_visible"] === true
    ? { name: table }
    : { schema: String(only["schema"]), name: table };
  return await notNullAdvice(name, column, { isThere: only["is_there"] === true, connection });
}

/** By SQLSTATE, a query for the existing names of that kind; `$1` is a JSON list of the tables concerned. */
const unknown: Readonly<Record<string, string>> = {
  // A column.
  "42703":
    `SELECT DISTINCT a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relname IN (SELECT json_array_elements_text($1::json))`,
  // A table, a view, a sequence.
  "42P01": `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_|^information_schema$' AND $1::text IS NOT NULL`,
  // An index, a constraint, a type, a trigger.
  "42704": `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('i', 'I') AND n.nspname !~ '^pg_' AND $1::text IS NOT NULL
UNION SELECT conname FROM pg_constraint UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
UNION SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname !~ '^pg_|^information_schema$' AND t.typtype IN ('e', 'd') `,
};
