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
