import { expect, test } from "bun:test";
import Database from "libsql";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { sqliteScripts } from "./sqlite_scripts.ts";

for (const [statements, script] of sqliteScripts) {
  test(`SQLite does the same with a script and with its pieces: ${JSON.stringify(script)}`, () => {
    const pieces = splitText(script, "sqlite").map((it) => it.kind === "statement" ? it.sql : "");
    expect(pieces).toHaveLength(statements);
    expect(contentsAfter((it) => pieces.forEach((piece) => runFirst(it, piece))))
      .toEqual(contentsAfter((it) => it.exec(script)));
  });
}

/** Runs the first statement in `sql`, and ignores what comes after it. */
function runFirst(database: Database.Database, sql: string): void {
  const statement = database.prepare(sql);
  if (statement.reader) statement.all();
  else statement.run();
}

function contentsAfter(change: (database: Database.Database) => void): unknown {
  const database = new Database(":memory:");
  change(database);
  const schema = database.prepare(
    "select name, sql from sqlite_schema union all select name, sql from sqlite_temp_schema",
  ).all();
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").raw();
  const rows = tables.all().flat()
    .map((it) => database.prepare(`select * from "${it}"`).raw().all());
  return { schema, rows };
}
