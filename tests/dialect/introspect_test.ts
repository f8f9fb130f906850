import { expect, test } from "bun:test";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import type { Queryable } from "../../lib/sql/statement.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";

/** Passes statements on, and counts them. */
function counting(connection: Queryable): Queryable & { count: number } {
  const counted = {
    count: 0,
    query: (statement: Parameters<Queryable["query"]>[0]) => {
      counted.count += 1;
      return connection.query(statement);
    },
  };
  return counted;
}

test("introspect() on PostgreSQL reads the requested schemas, and omits the default one's name", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  await connection.query({
    sql: `CREATE SCHEMA "App $&"; CREATE SCHEMA other;
      CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE other.hidden (id int);
      CREATE TABLE "App $&".posts (user_id int REFERENCES users);
      CREATE VIEW v AS SELECT 1; CREATE TABLE parted (id int) PARTITION BY HASH (id);`,
  });
  const names = async (schemas?: readonly string[]) =>
    (await postgres.introspect(connection, schemas && { schemas })).tables
      .map((it) => [it.schema, it.name]);
  expect(await names()).toEqual([[undefined, "parted"], [undefined, "users"]]);
  expect(await names(["App $&"])).toEqual([["App $&", "posts"]]);
  const { tables } = await postgres.introspect(connection, { schemas: ["public", "App $&"] });
  expect(tables.find((it) => it.name === "posts")?.constraints).toEqual([{
    kind: "foreignKey",
    name: "posts_user_id_fkey",
    columns: ["user_id"],
    references: { name: "users", columns: ["id"] },
  }]);
});

test("introspect() on PostgreSQL leaves out excluded tables and dropped columns", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  await connection.query({
    sql:
      "CREATE TABLE users (a int, b int); ALTER TABLE users DROP COLUMN a; CREATE TABLE ours (a int)",
  });
  const { tables } = await postgres.introspect(connection, { exclude: [{ name: "ours" }] });
  expect(tables).toEqual([{
    name: "users",
    columns: [{ name: "b", type: { kind: "integer", bits: 32 }, nullable: true }],
    constraints: [],
    indexes: [],
  }]);
});

test("introspect() runs a constant number of queries, however many tables there are", async () => {
  for (const dialect of [postgres, sqlite]) {
    await using database = await freshDatabase(dialect.name);
    await using connection = await connect(database.url);
    const counts: number[] = [];
    for (const names of [["a"], ["b", "c", "d", "e"]]) {
      await connection.batch(names.map((it) => ({ sql: `CREATE TABLE ${it} (id int UNIQUE)` })));
      const counted = counting(connection);
      await dialect.introspect(counted);
      counts.push(counted.count);
    }
    expect(counts).toEqual(dialect === postgres ? [10, 10] : [4, 4]);
  }
});

test("introspect() on SQLite reads what pragmas do not report, and leaves out virtual tables", async () => {
  await using database = await freshDatabase("sqlite");
  await using connection = await connect(database.url);
  await connection.batch([
    { sql: "CREATE VIRTUAL TABLE words USING fts5(text)" },
    { sql: "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)" },
    { sql: "CREATE VIEW v AS SELECT 1" },
    {
      sql:
        `CREATE TABLE "My Users" (id INTEGER PRIMARY KEY, "a b" UNIQUE, up TEXT AS (upper("a b")),
        boss INT CONSTRAINT fk_boss REFERENCES "My Users" ON DELETE CASCADE, CONSTRAINT ck CHECK (id > 0))`,
    },
    { sql: `CREATE INDEX ix ON "My Users" (boss, (id + 1)) WHERE boss IS NOT NULL` },
  ]);
  const { tables } = await sqlite.introspect(connection, { exclude: [{ name: "ours" }] });
  expect(tables.map((it) => it.name)).toEqual(["My Users", "counted"]);
  expect(tables[0]).toEqual({
    name: "My Users",
    columns: [
      { name: "id", type: { kind: "integer", bits: 32 }, nullable: true },
      { name: "a b", type: { kind: "native", sql: "" }, nullable: true },
      {
        name: "up",
        type: { kind: "text" },
        nullable: true,
        generated: { expression: { sql: 'upper("a b")' }, stored: false },
      },
      { name: "boss", type: { kind: "native", sql: "INT" }, nullable: true },
    ],
    constraints: [
      { kind: "primaryKey", columns: ["id"] },
      { kind: "unique", columns: ["a b"] },
      {
        kind: "foreignKey",
        name: "fk_boss",
        columns: ["boss"],
        references: { name: "My Users", columns: [] },
        onDelete: "cascade",
      },
      { kind: "check", name: "ck", expression: { sql: "id > 0" } },
    ],
    indexes: [{
      name: "ix",
      on: ["boss", { sql: "id + 1" }],
      unique: false,
      where: { sql: "boss IS NOT NULL" },
    }],
  });
});
