import { expect, test } from "bun:test";
import { introspect } from "../../../lib/dialect/sqlite/introspect.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";

test("introspect() reads a default that is an identifier as a string", async () => {
  await using database = await freshDatabase("sqlite");
  await using connection = await connect(database.url);
  await connection.query({
    sql: `CREATE TABLE t (a DEFAULT "on", b DEFAULT [it's], c DEFAULT 0x10, d DEFAULT active,
      e DEFAULT TRUE, f DEFAULT CURRENT_DATE, g DEFAULT (lower('X')), h DEFAULT -5, i DEFAULT x'00',
      j DEFAULT "2000-01-01")`,
  });
  const [table] = (await introspect(connection)).tables;
  expect(table?.columns.map((it) => it.default?.sql)).toEqual([
    "'on'",
    "'it''s'",
    "0x10",
    "'active'",
    "TRUE",
    "CURRENT_DATE",
    "lower('X')",
    "-5",
    "x'00'",
    "'2000-01-01'",
  ]);
});

test("introspect() reads the types of columns without comments, and without the words that follow them", async () => {
  await using database = await freshDatabase("sqlite");
  await using connection = await connect(database.url);
  await connection.query({
    sql: `CREATE TABLE t (a integer, b text -- b
      GENERATED ALWAYS AS (a), c integer /* c */ GENERATED /* c */ ALWAYS /* c */ AS (a),
      d /* d */ GENERATED ALWAYS AS (a), e varchar(/* e */ 10) DEFAULT 'e', f generated,
      g GENERATED ALWAYS AS (a), generated GENERATED ALWAYS AS (a))`,
  });
  const [table] = (await introspect(connection)).tables;
  expect(table?.columns.map((it) => it.type)).toEqual([
    { kind: "integer", bits: 32 },
    { kind: "text" },
    { kind: "integer", bits: 32 },
    { kind: "native", sql: "" },
    { kind: "string", length: 10 },
    { kind: "native", sql: "generated" },
    { kind: "native", sql: "" },
    { kind: "native", sql: "" },
  ]);
});
