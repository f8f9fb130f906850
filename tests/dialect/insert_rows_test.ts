import { expect, test } from "bun:test";
import { insertRows } from "../../lib/dialect/insert_rows.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { now, raw } from "../../lib/schema/expressions.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

test("consecutive rows with the same columns share an INSERT; missing columns get their defaults", () => {
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

test("many rows are split into several INSERTs, and none is lost", () => {
  const rows = Array.from({ length: 1201 }, (_, id) => ({ id }));
  const statements = insertRows({ name: "t" }, rows, "sqlite");
  const ids = statements.flatMap((it) => it.sql.match(/\d+/g) ?? []).map(Number);
  expect(statements.length).toBe(3);
  expect(ids).toEqual(rows.map((it) => it.id));
});

test.each<[value: unknown, message: string]>([
  [() => 1, 'Cannot insert a function into the column "f"'],
  [new Date(NaN), 'Cannot insert a date that is not valid into the column "f"'],
  ...[new Map([["a", 1]]), { a: [new Set([1])] }].map((it): [unknown, string] => [
    it,
    'Cannot insert a value that JSON cannot hold into the column "f": it holds a map or a set',
  ]),
  [
    { a: 1n },
    'Cannot insert a value that JSON cannot hold into the column "f": JSON.stringify cannot serialize BigInt.',
  ],
])("an unsupported value is an error naming the column: %p", async (value, message) => {
  const error = await toolErrorOf(() => insertRows({ name: "t" }, [{ f: value }], "sqlite"));
  expect(error.code).toBe("operation/invalid");
  expect(error.message).toBe(message);
});

test("an expression is written unchanged", () => {
  const rows = [{ id: raw("1 + 1"), at: now(), data: { sql: "x", more: 1 } }];
  expect(insertRows({ name: "t" }, rows, "postgres").map((it) => it.sql)).toEqual([
    `INSERT INTO t (id, at, data) VALUES\n(1 + 1, CURRENT_TIMESTAMP, '{"sql":"x","more":1}')`,
  ]);
});

test("on PostgreSQL, lists become arrays or JSON by the type of the column", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  await connection.query({
    sql:
      "CREATE SCHEMA app; CREATE TABLE app.t (n bigint[], s text[][], b bytea[], d timestamptz[], o jsonb[], f boolean[], j jsonb)",
  });
  const table = { schema: "app", name: "t" };
  const odd = `,{}"\\'`;
  const rows = [
    {
      n: [1, 9007199254740993n, null],
      s: [["a", odd], ["", "NULL"]],
      b: [new Uint8Array([0, 255])],
      d: [new Date(0)],
      o: [{ a: [odd] }],
      f: [true, false],
      j: [1, [odd]],
    },
    { n: [], s: null },
  ];
  const recorded = [{ operation: { kind: "bulkInsert", table, rows } as const }];
  for (const it of await postgres.compileDeferred(recorded, connection)) await connection.query(it);
  const [first, second] = await connection.query({ sql: "SELECT to_json(t) AS row FROM app.t t" });
  expect(first?.["row"]).toEqual({
    n: [1, 9007199254740993, null],
    s: [["a", odd], ["", "NULL"]],
    b: ["\\x00ff"],
    d: [expect.stringMatching(/^1970-01-01T/)],
    o: [{ a: [odd] }],
    f: [true, false],
    j: [1, [odd]],
  });
  expect(second?.["row"]).toMatchObject({ n: [], s: null });
});
