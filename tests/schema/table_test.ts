import { expect, test } from "bun:test";
import { column } from "../../lib/schema/column.ts";
import { array, integer, numeric, string, text, timestamp } from "../../lib/schema/column_types.ts";
import { countingKey } from "../../lib/schema/counting_key.ts";
import { now, raw } from "../../lib/schema/expressions.ts";
import { qualifiedName, showName } from "../../lib/schema/qualified_name.ts";
import type { Table } from "../../lib/schema/schema.ts";
import {
  check,
  comment,
  foreignKey,
  index,
  options,
  primaryKey,
  table,
  unique,
} from "../../lib/schema/table.ts";

test("constraints and indexes given with columns or with the table make the same table", () => {
  const atColumns = table(
    "posts",
    column("id", integer(), { primaryKey: true }),
    column("author", integer(), { references: "app.users.id", index: true }),
    column("slug", text(), { unique: "uq_slug", check: "length(slug) > 3" }),
  );
  const atTable = table(
    "posts",
    primaryKey(["id"]),
    foreignKey(["author"], "app.users.id"),
    unique(["slug"], { name: "uq_slug" }),
    check("length(slug) > 3"),
    index("ix_posts_author", ["author"]),
    column("id", integer()),
    column("author", integer()),
    column("slug", text()),
  );
  expect(atColumns).toEqual(atTable);
});

test("columns are nullable by default, unless they are in the primary key", () => {
  const { columns } = table(
    "t",
    column("a", integer(), { primaryKey: true, nullable: true }),
    column("b", integer()),
    column("c", integer(), { nullable: false }),
    column("d", integer(), { nullable: true }),
  );
  expect(columns.map((it) => [it.name, it.nullable])).toEqual([
    ["a", false],
    ["b", true],
    ["c", false],
    ["d", true],
  ]);
  const byTable = table("t", column("a", integer()), primaryKey(["a"]));
  expect(byTable.columns.map((it) => it.nullable)).toEqual([false]);
});

test("several columns with primaryKey form one key", () => {
  const { constraints } = table(
    "t",
    column("a", integer(), { primaryKey: true }),
    column("b", integer(), { primaryKey: true }),
  );
  expect(constraints).toEqual([{ kind: "primaryKey", columns: ["a", "b"] }]);
});

test("a default becomes a literal, and an expression stays as it is", () => {
  const defaults = [
    "it's",
    7,
    -0.5,
    9007199254740993n,
    true,
    false,
    now(),
    raw("upper('a')"),
  ] as const;
  const { columns } = table(
    "t",
    ...defaults.map((serverDefault, at) => column(`c${at}`, text(), { serverDefault })),
  );
  expect(columns.map((it) => it.default?.sql)).toEqual([
    "'it''s'",
    "7",
    "-0.5",
    "9007199254740993",
    "TRUE",
    "FALSE",
    "CURRENT_TIMESTAMP",
    "upper('a')",
  ]);
});

test("a column keeps its generated expression, identity and comment; a table its schema and comment", () => {
  const made = table(
    "app.t",
    column("a", integer(), { identity: "always", comment: "counts" }),
    column("b", integer(), { generated: { expression: "a * 2" } }),
    column("c", integer(), { generated: { expression: raw("a * 3"), stored: false } }),
    comment("three columns"),
  );
  expect(made).toEqual({
    schema: "app",
    name: "t",
    columns: [
      { name: "a", type: integer(), nullable: true, identity: "always", comment: "counts" },
      {
        name: "b",
        type: integer(),
        nullable: true,
        generated: { expression: { sql: "a * 2" }, stored: true },
      },
      {
        name: "c",
        type: integer(),
        nullable: true,
        generated: { expression: { sql: "a * 3" }, stored: false },
      },
    ],
    constraints: [],
    indexes: [],
    comment: "three columns",
  });
});

test("a foreign key can refer to one column, to several, and to a table name with a dot", () => {
  const columns = ["a", "b"];
  expect([
    foreignKey(["a"], "users.id"),
    foreignKey(columns, ["app.users.id", "app.users.team"]),
    foreignKey(columns, { table: { name: "odd.name" }, columns: [] }, { onDelete: "cascade" }),
  ]).toEqual([
    { kind: "foreignKey", columns: ["a"], references: { name: "users", columns: ["id"] } },
    {
      kind: "foreignKey",
      columns,
      references: { schema: "app", name: "users", columns: ["id", "team"] },
    },
    {
      kind: "foreignKey",
      columns,
      references: { name: "odd.name", columns: [] },
      onDelete: "cascade",
    },
  ]);
});

test("types have only the parts that were given", () => {
  expect([string(), string(9), numeric(9, 2), numeric(9), timestamp(), array(text())]).toEqual([
    { kind: "string" },
    { kind: "string", length: 9 },
    { kind: "numeric", precision: 9, scale: 2 },
    { kind: "numeric", precision: 9 },
    { kind: "timestamp", timezone: false },
    { kind: "array", of: { kind: "text" } },
  ]);
});

test("a table name is split at its dot", () => {
  expect(["users", "app.users", { name: "a.b" }].map(qualifiedName)).toEqual([
    { name: "users" },
    { schema: "app", name: "users" },
    { name: "a.b" },
  ]);
  expect(showName({ schema: "app", name: "users" })).toBe("app.users");
});

const keys: readonly [what: string, table: Table, key: string | undefined][] = [
  ["a bigint key", table("t", column("a", integer(), { primaryKey: true })), "a"],
  ["a named key", table("t", column("a", integer()), primaryKey(["a"], { name: "pk" })), "a"],
  ["a key that is text", table("t", column("a", text(), { primaryKey: true })), undefined],
  [
    "a key with a default",
    table("t", column("a", integer(), { primaryKey: true, serverDefault: 1 })),
    undefined,
  ],
  [
    "a key of two columns",
    table("t", column("a", integer()), column("b", integer()), primaryKey(["a", "b"])),
    undefined,
  ],
  ["no key", table("t", column("a", integer())), undefined],
];

for (const [what, made, key] of keys) {
  test(`countingKey() of ${what} is ${key ?? "none"}`, () => {
    expect(countingKey(made)?.name).toBe(key);
  });
}

test("options() sets the row security on the table, not among its options", () => {
  const made = table("t", column("a", integer()), options({ rowSecurity: "forced" }));
  expect(made).toEqual({
    name: "t",
    columns: [{ name: "a", type: { kind: "integer", bits: 32 }, nullable: true }],
    constraints: [],
    indexes: [],
    rowSecurity: "forced",
  });
});
