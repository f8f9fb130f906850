import type { ServerAnswer } from "../../driver/database_error.ts";
import { didYouMean } from "../../sql/closest.ts";
import type { Queryable } from "../../sql/statement.ts";
import { wordsIn } from "../../sql/words.ts";
import { indexElementAdvice } from "../index_element_advice.ts";
import { notNullAdvice } from "../not_null_advice.ts";
import { mendDefinition, mendTrigger, stringAdvice } from "./double_quotes.ts";
import { copiesRows } from "./rebuild/copy_rows.ts";
import { hasFoundViolations } from "./violation_statements.ts";

/** Returns advice on SQLite's error for a statement, as a sentence, if `connection` has any. */
export async function advise(
  answer: Pick<ServerAnswer, "message" | "statement">,
  connection: Queryable,
): Promise<string | undefined> {
  const { message, statement } = answer;
  const [, table, column] = /^NOT NULL constraint failed: (.+)\.([^.]+)$/.exec(message) ?? [];
  if (table !== undefined && column !== undefined) {
    if (!copiesRows(statement.sql)) return undefined;
    const columns = await columnsOf([table], connection);
    return notNullAdvice({ name: table }, column, {
      isThere: columns.some((it) => it.toLowerCase() === column.toLowerCase()),
      connection,
    });
  }
  if (hasFoundViolations(answer)) {
    return "Rows would refer to rows that do not exist: fix or delete them in a revision before this one";
  }
  const known = advice.find((it) => it.message.test(message));
  if (known) return known.hint;
  const [, holder, misread] = inDefinition.exec(message) ?? [];
  if (holder !== undefined && misread !== undefined) {
    const mend = await mendDefinition(holder, misread, connection);
    if (mend !== undefined) return mend;
  }
  for (const { pattern, names } of unknown) {
    const [, name] = pattern.exec(message) ?? [];
    if (name === undefined) continue;
    const element = indexElementAdvice(name, statement.sql);
    if (element !== undefined) return element;
    const bare = name.replace(/^.*\./, "").replaceAll('"', "");
    const others = (await names(connection, statement.sql)).filter((it) => it !== bare);
    const meant = didYouMean(bare, others);
    if (meant || pattern !== noColumn) return meant || undefined;
    // What the statement does not name itself is named by a trigger that it fires.
    return wordsIn(statement.sql).has(name)
      ? stringAdvice(name, statement.sql)
      : await mendTrigger(name, connection);
  }
  return undefined;
}

const inDefinition = /^error in (?:table|index|view|trigger) (.+?): no such column: (.+)$/;

const advice: readonly { readonly message: RegExp; readonly hint: string }[] = [
  {
    message: /^foreign key mismatch/,
    hint:
      "The columns that a foreign key refers to must be the primary key or have a unique constraint",
  },
  {
    message: /unknown datatype for /,
    hint:
      'The table is STRICT, which takes only integer(), real(), text(), binary() and native("ANY")',
  },
  {
    message: /^AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY/,
    hint: "Remove it as well: op.alterTable(table, { autoincrement: null })",
  },
  {
    message: /(?:within|inside) a transaction$/,
    hint:
      'Give it a revision of its own with "-- transaction: false" in the header, or "export const transaction = false;"',
  },
];

const noColumn = /(?:no such column: |has no column named )(.+)$/;

const unknown: readonly {
  readonly pattern: RegExp;
  /** Reads the names that exist. */
  readonly names: (connection: Queryable, sql: string) => Promise<readonly string[]>;
}[] = [
  { pattern: /^no such table: (.+)$/, names: (connection) => named(connection, "table", "view") },
  { pattern: /^no such index: (.+)$/, names: (connection) => named(connection, "index") },
  {
    pattern: noColumn,
    names: async (connection, sql) => {
      const words = wordsIn(sql);
      const tables = await named(connection, "table", "view");
      const used = tables.filter((it) => words.has(it) || words.has(it.toLowerCase()));
      return await columnsOf(used, connection);
    },
  },
];

async function named(
  connection: Queryable,
  ...kinds: readonly ("table" | "view" | "index")[]
): Promise<readonly string[]> {
  const types = kinds.map((it) => `'${it}'`).join(", ");
  const rows = await connection.query({
    sql: `SELECT name FROM sqlite_schema WHERE type IN (${types}) AND name NOT LIKE 'sqlite%'`,
  });
  return rows.map((it) => String(it["name"]));
}

async function columnsOf(
  tables: readonly string[],
  connection: Queryable,
): Promise<readonly string[]> {
  const found = await Promise.all(tables.map((it) =>
    connection.query({
      sql: "SELECT name FROM pragma_table_xinfo($1)",
      parameters: [it],
    })
  ));
  return found.flat().map((it) => String(it["name"]));
}
