import { expect, test } from "bun:test";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invert, invertAll } from "../../lib/operations/invert/invert.ts";
import type { IdentityChange } from "../../lib/operations/column_change.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { column } from "../../lib/schema/column.ts";
import { raw } from "../../lib/schema/expressions.ts";
import {
  emptySchema,
  type ObjectKind,
  type Schema,
  type SchemaObject,
  type Table,
} from "../../lib/schema/schema.ts";
import { bigint, integer, native, text } from "../../lib/schema/column_types.ts";
import type { ColumnType } from "../../lib/schema/types.ts";
import { domain, schema, view } from "../../lib/schema/objects.ts";
import { check, foreignKey, index, table, unique } from "../../lib/schema/table.ts";

const on = { name: "users" };
const users = table(
  "users",
  column("id", integer(), { primaryKey: true }),
  column("email", text(), { nullable: false, unique: "uq_email" }),
  column("age", integer(), { serverDefault: 7 }),
  index("ix_email", ["email"]),
);
const before = { ...emptySchema, tables: [users] };
const dropEmail: Operation = { kind: "dropColumn", table: on, column: "email" };

test("a dropped column comes back with its constraint, and then its index", () => {
  expect(invert(dropEmail, before)).toEqual([
    {
      kind: "addColumn",
      table: on,
      column: { name: "email", type: { kind: "text" }, nullable: false },
      constraints: [{ kind: "unique", columns: ["email"], name: "uq_email" }],
    },
    { kind: "createIndex", table: on, index: { name: "ix_email", on: ["email"], unique: false } },
  ]);
});

test("a dropped column comes back with the expressions that name it unquoted, as in SQLite", () => {
  const cased = {
    ...emptySchema,
    tables: [
      table(
        "users",
        column("userAge", integer(), { check: "userAge > 0" }),
        index("ix_age", [raw("abs(userAge)")]),
      ),
    ],
  };
  expect(invert({ kind: "dropColumn", table: on, column: "userAge" }, cased)).toEqual([
    {
      kind: "addColumn",
      table: on,
      column: { name: "userAge", type: { kind: "integer", bits: 32 }, nullable: true },
      constraints: [{ kind: "check", expression: { sql: "userAge > 0" } }],
    },
    {
      kind: "createIndex",
      table: on,
      index: { name: "ix_age", on: [{ sql: "abs(userAge)" }], unique: false },
    },
  ]);
});

test("a dropped column cannot come back if a constraint on several columns was dropped with it", () => {
  const wide = {
    ...emptySchema,
    tables: [
      table("users", column("a", integer()), column("email", text()), unique(["a", "email"])),
    ],
  };
  expect(invert(dropEmail, wide)).toEqual({
    reason: 'a constraint on "email" and other columns was dropped with it',
  });
});

test("a column becomes computed again between dropping and recreating what depends on it", () => {
  const boxes = table(
    "boxes",
    column("w", integer()),
    column("a", integer(), { nullable: false, generated: { expression: "w * w" } }),
    unique(["a"]),
    check("a > w", { name: "ck" }),
    check("w > 0", { name: "other" }),
    index("ix", ["w", "a"]),
  );
  const name = { name: "boxes" };
  const plain: Operation = {
    kind: "alterColumn",
    table: name,
    column: "a",
    change: { generated: null },
  };
  const [key, ck] = boxes.constraints;
  const [ix] = boxes.indexes;
  expect(invert(plain, { ...emptySchema, tables: [boxes] })).toEqual([
    { kind: "dropIndex", table: name, index: "ix", existing: ix },
    {
      kind: "dropConstraint",
      table: name,
      name: "boxes_a_key",
      existing: { ...key, name: "boxes_a_key" },
    },
    { kind: "dropConstraint", table: name, name: "ck", existing: ck },
    {
      ...plain,
      change: { generated: { expression: { sql: "w * w" }, stored: true } },
      existing: { type: integer(), nullable: false, generated: null },
    },
    { kind: "addConstraint", table: name, constraint: key },
    { kind: "addConstraint", table: name, constraint: ck },
    { kind: "createIndex", table: name, index: ix },
  ] as Operation[]);
});

test("a changed identity comes back as it was, also the implicit one of a key", () => {
  const back = (column: string, identity: IdentityChange | null, there: Schema = before) => {
    const inverse = invert({ kind: "alterColumn", table: on, column, change: { identity } }, there);
    return "reason" in inverse ? inverse : inverse.map((it) => "change" in it && it.change);
  };
  expect(back("id", null)).toEqual([{ identity: { generation: "byDefault" } }]);
  expect(back("age", { generation: "always" })).toEqual([{ identity: null }]);
  const counted = table(
    "users",
    column("id", integer(), { primaryKey: true, identity: "always", sequence: { start: 5 } }),
  );
  expect(back("id", { generation: "byDefault", increment: 2 }, { ...before, tables: [counted] }))
    .toEqual([{ identity: { generation: "always", start: 5, increment: null } }]);
});

test("a dropped AUTOINCREMENT key comes back with AUTOINCREMENT", () => {
  const counted = { ...users, options: { autoincrement: true } } as const;
  const there = { ...emptySchema, tables: [counted] };
  const again: Operation = { kind: "alterTable", table: on, change: { autoincrement: true } };
  const existing = { kind: "primaryKey", columns: ["id"], name: "users_pkey" } as const;
  expect(invert({ kind: "dropConstraint", table: on, name: "users_pkey", existing }, there))
    .toEqual([{ kind: "addConstraint", table: on, constraint: existing }, again]);
  expect(invert({ kind: "dropColumn", table: on, column: "id" }, there)).toContainEqual(again);
});

test("a change to a table that no revision creates has no inverse", () => {
  const dropped: Operation = { kind: "dropConstraint", table: on, name: "uq", ifExists: true };
  expect(invertAll([{ operation: dropped }], emptySchema)).toEqual({
    reason: 'the revisions before it do not make what it changes (Cannot find the table "users")',
    operation: dropped,
    at: undefined,
  });
});

test("rows inserted into a table created and renamed by the same revision need no inverse", () => {
  const recorded: readonly Operation[] = [
    { kind: "createTable", table: users },
    { kind: "renameTable", name: on, to: "people" },
    { kind: "bulkInsert", table: { name: "people" }, rows: [{ id: 1 }] },
  ];
  expect(invertAll(recorded.map((operation) => ({ operation })))).toMatchObject([
    { operation: { kind: "renameTable", name: { name: "people" }, to: "users" } },
    { operation: { kind: "dropTable", name: on } },
  ]);
});

test("rows inserted into an older table have no inverse, even if a new table had its name", () => {
  const recorded: readonly Operation[] = [
    { kind: "createTable", table: users },
    { kind: "renameTable", name: on, to: "people" },
    { kind: "renameTable", name: { name: "old" }, to: "users" },
    { kind: "bulkInsert", table: on, rows: [{ id: 1 }] },
  ];
  expect(invertAll(recorded.map((operation) => ({ operation })))).toMatchObject({
    reason: "which of the rows were there before is not known",
  });
});

test("a dropped table comes back with its partitions, their partitions and their policies", () => {
  const partition = (name: string, of: string): Table => ({
    ...table(name),
    options: { partitionBy: raw("RANGE (id)"), partitionOf: { table: { name: of }, bounds } },
  });
  const bounds = raw("DEFAULT");
  const whole = { ...users, options: { partitionBy: raw("RANGE (id)") } };
  const [part, below, other] = [
    partition("part", "users"),
    partition("below", "part"),
    partition("other", "others"),
  ];
  const policy = (name: string): SchemaObject => ({
    kind: "policy",
    name: "p",
    on: { name },
    definition: raw(`CREATE POLICY p ON ${name}`),
  });
  const there: Schema = {
    ...emptySchema,
    tables: [below, whole, part, other],
    objects: [policy("below"), policy("other")],
  };
  const operation: Operation = { kind: "dropTable", name: on };
  expect(apply(operation, there)).toEqual({
    ...emptySchema,
    tables: [other],
    objects: [policy("other")],
  });
  expect(invert(operation, there)).toEqual([
    { kind: "createTable", table: whole },
    { kind: "createTable", table: part },
    { kind: "createTable", table: below },
    { kind: "createObject", object: policy("below") },
  ]);
});

test("a foreign key to columns that are not unique, which SQLite lets be, does not come back", () => {
  const posts = table("posts", column("age", integer()), foreignKey(["age"], "users.age"));
  const drop: Operation = {
    kind: "dropConstraint",
    table: { name: "posts" },
    name: "posts_age_fkey",
    existing: foreignKey(["age"], "users.age"),
  };
  const toEmail = { ...drop, existing: foreignKey(["age"], "users.email") };
  const schema = { ...before, tables: [users, posts] };
  expect(invert(drop, schema)).toEqual({
    reason: "the dropped foreign key refers to columns that are not unique, so it cannot be added",
  });
  expect(invert(toEmail, schema)).toMatchObject([{ kind: "addConstraint" }]);
});

test("a drop with cascade has no inverse if it may drop anything else", () => {
  const posts = table("posts", column("user_id", integer()), foreignKey(["user_id"], "users.id"));
  const seen = { ...before, objects: [view("v", "SELECT 1"), view("w", "SELECT * FROM v")] };
  const went = (name: string) => ({ reason: `what CASCADE dropped with "${name}" is not known` });
  const dropUsers: Operation = { kind: "dropTable", name: on, cascade: true };
  expect(invert(dropUsers)).toEqual(went("users"));
  expect(invert(dropUsers, { ...before, tables: [users, posts] })).toEqual(went("users"));
  const heir: Table = { ...table("heir"), options: { inherits: [on] } };
  expect(invert(dropUsers, { ...before, tables: [users, heir] })).toEqual(went("users"));
  expect(invert(dropUsers, before)).toEqual([{ kind: "createTable", table: users }]);
  const drop = (name: string): Operation => ({
    kind: "dropObject",
    object: { kind: "view", name },
    cascade: true,
  });
  expect(invert(drop("v"), seen)).toEqual(went("v"));
  expect(invert(drop("w"), seen)).toEqual([
    { kind: "createObject", object: view("w", "SELECT * FROM v") },
  ]);
});

test("a dropped schema, domain or extension with cascade has no inverse if it may drop anything else", () => {
  const email = column("email", native("email"));
  const seen = {
    ...before,
    tables: [table("t", email), { ...table("u"), schema: "app" }],
    objects: [
      view("v", "SELECT 1"),
      schema("app"),
      schema("other"),
      domain("email", "text"),
      domain("d", "text"),
    ],
  };
  const drop = (kind: ObjectKind, name: string) =>
    invert({ kind: "dropObject", object: { kind, name }, cascade: true }, seen);
  const went = (name: string) => ({ reason: `what CASCADE dropped with "${name}" is not known` });
  expect(drop("schema", "app")).toEqual(went("app"));
  expect(drop("domain", "email")).toEqual(went("email"));
  expect(drop("extension", "citext")).toEqual(went("citext"));
  expect(drop("schema", "other")).toMatchObject([{ kind: "createObject" }]);
  expect(drop("domain", "d")).toMatchObject([{ kind: "createObject" }]);
});

test("an added primary key is dropped with its columns nullable again", () => {
  const constraint = { kind: "primaryKey", name: "pk", columns: ["email", "age"] } as const;
  const operation: Operation = { kind: "addConstraint", table: on, constraint };
  expect(invert(operation, before)).toEqual([
    { kind: "dropConstraint", table: on, name: "pk", existing: constraint },
    {
      kind: "alterColumn",
      table: on,
      column: "age",
      change: { nullable: true },
      existing: { nullable: false },
    },
  ]);
  expect(invert(operation)).toEqual({
    reason: "which columns of the primary key were nullable before is not known",
  });
});

test("an altered column goes back to its given existing values rather than to the schema's", () => {
  const operation: Operation = {
    kind: "alterColumn",
    table: on,
    column: "age",
    change: { default: null, nullable: false },
    existing: { nullable: false },
  };
  expect(invert(operation, before)).toEqual([{
    kind: "alterColumn",
    table: on,
    column: "age",
    change: { nullable: false, default: { sql: "7" } },
    existing: { default: null, nullable: false },
  }]);
});

test("the inverse of alterColumn sets the default again if the kind of type changes", () => {
  const alter = (type: ColumnType): Operation => ({
    kind: "alterColumn",
    table: on,
    column: "age",
    change: { type },
  });
  const back = (type: ColumnType, existing: ColumnType, more = {}): Operation[] => [{
    kind: "alterColumn",
    table: on,
    column: "age",
    change: { type: existing, ...more },
    existing: { type },
  }];
  expect(invert(alter(text()), before))
    .toEqual(back(text(), integer(), { default: { sql: "7" } }));
  expect(invert(alter(bigint()), before)).toEqual(back(bigint(), integer()));
});

test("a table created with ifNotExists is dropped only if it was not there before", () => {
  const create: Operation = { kind: "createTable", table: users, ifNotExists: true };
  const drop = { kind: "dropTable" as const, name: on, existing: users };
  expect(invert(create, emptySchema)).toEqual([drop]);
  expect(invert(create, before)).toEqual([]);
  expect(invert(create)).toEqual({ reason: "whether it was there before is not known" });
});

test("an index created concurrently is dropped concurrently", () => {
  const made = { name: "ix", on: ["age"], unique: false };
  const operation: Operation = { kind: "createIndex", table: on, index: made, concurrently: true };
  expect(invert(operation)).toEqual([
    { kind: "dropIndex", table: on, index: "ix", existing: made, concurrently: true },
  ]);
});

const unknown: readonly [operation: Operation, reason: string][] = [
  [{ kind: "dropTable", name: on }, "the definition of the dropped table is not known"],
  [dropEmail, "the definition of the dropped column is not known"],
  [
    { kind: "dropIndex", table: on, index: "ix" },
    "the definition of the dropped index is not known",
  ],
  [
    { kind: "alterColumn", table: on, column: "age", change: { type: text() } },
    "the column's previous type is not known: give existingType",
  ],
  [
    { kind: "alterColumn", table: on, column: "age", change: { comment: null } },
    "the column's previous comment is not known: give existingComment",
  ],
  [{ kind: "bulkInsert", table: on, rows: [] }, "which of the rows were there before is not known"],
  [{ kind: "execute", statement: { sql: "SELECT 1" } }, "what plain SQL does is not known"],
  [
    { kind: "run", summary: "tidy", body: async () => {} },
    "what custom code does is not known",
  ],
];

for (const [operation, reason] of unknown) {
  test(`without a schema, ${operation.kind} is irreversible: ${reason}`, () => {
    expect(invert(operation)).toEqual({ reason });
  });
}

test("invertAll() inverts the last operation first, each with the schema before it", () => {
  const at = { file: "/a.ts", line: 3 };
  const recorded = [
    {
      operation: {
        kind: "addColumn",
        table: on,
        column: column("b", text()).column,
        constraints: [],
      },
      at,
    },
    { operation: { kind: "dropColumn", table: on, column: "b" } },
  ] as const;
  expect(invertAll(recorded, before)).toEqual([
    {
      operation: {
        kind: "addColumn",
        table: on,
        column: column("b", text()).column,
        constraints: [],
      },
      at: undefined,
    },
    {
      operation: {
        kind: "dropColumn",
        table: on,
        column: "b",
        existing: column("b", text()).column,
      },
      at,
    },
  ]);
  expect(invertAll(recorded)).toEqual({
    reason: "the definition of the dropped column is not known",
    operation: { kind: "dropColumn", table: on, column: "b" },
    at: undefined,
  });
});

test("invertAll() recreates an enum type once to remove several added values", () => {
  const name = { name: "mood" };
  const add = (value: string, existing: readonly string[]) =>
    ({ operation: { kind: "addEnumValue", name, value, existing } }) as const;
  const undone = (...operations: readonly { readonly operation: Operation }[]) => {
    const inverse = invertAll(operations);
    return "reason" in inverse ? inverse : inverse.map((it) => it.operation);
  };
  const back = { kind: "changeEnum", name, values: ["ok"] } as const;
  expect(undone(add("sad", ["ok"]), add("low", ["ok", "sad"]))).toEqual([back]);
  const other = { ...add("sad", ["fine"]).operation, name: { name: "other" } };
  expect(undone(add("sad", ["ok"]), { operation: other })).toEqual([
    { kind: "changeEnum", name: { name: "other" }, values: ["fine"] },
    back,
  ]);
});

test("rows inserted into a table created by the same revision need no inverse", () => {
  const insert: Operation = { kind: "bulkInsert", table: on, rows: [{ id: 1 }] };
  const create: Operation = { kind: "createTable", table: users };
  expect(invertAll([{ operation: create }, { operation: insert }])).toEqual([
    { operation: { kind: "dropTable", name: on, existing: users }, at: undefined },
  ]);
  expect(invertAll([{ operation: insert }])).toMatchObject({
    reason: "which of the rows were there before is not known",
  });
});
