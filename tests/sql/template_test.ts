import { expect, test } from "bun:test";
import type { ToolError } from "../../lib/error.ts";
import { sql } from "../../lib/sql/template.ts";

test("sql`` passes values as parameters, and inserts SQL into the text", () => {
  expect(sql`select * from ${{ sql: "users" }} where id = ${7} and name = ${"o'"} or ${null}`)
    .toEqual({
      sql: "select * from users where id = $1 and name = $2 or $3",
      parameters: [7, "o'", null],
    });
  expect(sql`select 1`).toEqual({ sql: "select 1" });
  const bytes = new Uint8Array([1]);
  expect(sql`select ${bytes}`).toEqual({ sql: "select $1", parameters: [bytes] });
});

test("sql`` sends a date as ISO text", () => {
  expect(sql`select ${new Date(0)}`).toEqual({
    sql: "select $1",
    parameters: ["1970-01-01T00:00:00.000Z"],
  });
});

const strange: readonly [what: string, value: unknown, message: string][] = [
  ["undefined", undefined, "Cannot send undefined as a value"],
  ["a list", [1, 2], "Cannot send this object as a value"],
  ["an object", { a: 1 }, "Cannot send this object as a value"],
  ["a function", () => 1, "Cannot send this function as a value"],
  [
    "a statement with values",
    sql`a = ${1}`,
    "Cannot put a statement that has parameters into another",
  ],
];

test.each(strange)("sql`` refuses %s", (_, value, message) => {
  const make = () => sql`select ${value as never}`;
  expect(make).toThrow(message);
  try {
    make();
  } catch (error) {
    expect((error as ToolError).code).toBe("operation/invalid");
  }
});
