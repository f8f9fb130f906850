import { expect, test } from "bun:test";
import { sqlite } from "../../../lib/dialect/sqlite/dialect.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";

test("renaming a table to its own name in another case updates the references to it", async () => {
  await using database = await freshDatabase("sqlite");
  await using connection = await connect(database.url);
  for (
    const sql of [
      "CREATE TABLE users (id integer primary key, a int)",
      "CREATE TABLE posts (user_id int REFERENCES users (id))",
      "CREATE VIEW v AS SELECT a FROM users",
      "INSERT INTO users VALUES (1, 2)",
    ]
  ) await connection.query({ sql });
  for (
    const statement of sqlite.compile({ kind: "renameTable", name: { name: "users" }, to: "Users" })
  ) await connection.query(statement);
  const rows = await connection.query({ sql: "SELECT name, sql FROM sqlite_schema ORDER BY name" });
  expect(rows.map((it) => [it["name"], it["sql"]])).toEqual([
    ["Users", 'CREATE TABLE "Users" (id integer primary key, a int)'],
    ["posts", 'CREATE TABLE posts (user_id int REFERENCES "Users" (id))'],
    ["v", 'CREATE VIEW v AS SELECT a FROM "Users"'],
  ]);
  expect(await connection.query({ sql: "SELECT a FROM v" })).toEqual([{ a: 2 }]);
});
