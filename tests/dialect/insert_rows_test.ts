import { expect, test } from "bun:test";
import { insertRows } from "../../lib/dialect/insert_rows.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

test("rows that name the same columns share an INSERT; others get their defaults", () => {
  const rows = [
    { id: 1, age: null },
    { age: 2, id: 2 },
    { id: 3, age: undefined },
    { id: 4 },
    {},
    {},
    { id: 5, age: 5 },
  ];
  expect(insertRows({ schema: "app", name: "t" }, rows, "postgres").map((it) => it.sql)).toEqual([
    "INSERT INTO app.t (id, age) VALUES\n(1, NULL),\n(2, 2)",
    "INSERT INTO app.t (id) VALUES\n(3),\n(4)",
    "INSERT INTO app.t DEFAULT VALUES",
    "INSERT INTO app.t DEFAULT VALUES",
    "INSERT INTO app.t (id, age) VALUES\n(5, 5)",
  ]);
});

test("many rows fall into several INSERTs, and none is lost", () => {
  const rows = Array.from({ length: 1201 }, (_, id) => ({ id }));
  const statements = insertRows({ name: "t" }, rows, "sqlite");
  const ids = statements.flatMap((it) => it.sql.match(/\d+/g) ?? []).map(Number);
  expect(statements.length).toBe(3);
  expect(ids).toEqual(rows.map((it) => it.id));
});

test("what is no value is an error that names the column", async () => {
  const error = await toolErrorOf(() => insertRows({ name: "t" }, [{ f: () => 1 }], "sqlite"));
  expect(error.message).toBe('Cannot insert a function into the column "f"');
});
