import { expect, test } from "bun:test";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invert } from "../../lib/operations/invert/invert.ts";
import type { IdentityChange } from "../../lib/operations/column_change.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { column } from "../../lib/schema/column.ts";
import {
  emptySchema,
  type Schema,
  type SchemaObject,
  type Table,
} from "../../lib/schema/schema.ts";
import { array, enumeration, integer, text } from "../../lib/schema/column_types.ts";
import { view } from "../../lib/schema/objects.ts";
import { raw } from "../../lib/schema/expressions.ts";
import { check, foreignKey, index, table, unique } from "../../lib/schema/table.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

const users = table(
  "users",
  column("id", integer(), { primaryKey: true }),
  column("email", text()),
  column("age", integer()),
  column("twice", integer(), { generated: { expression: "age * 2" } }),
  unique(["email", "age"]),
  check("age > 0 AND length(email) > 3", { name: "ck" }),
  index("ix_lower", [raw("lower(email)")], { where: "age > 17" }),
);
const posts = table("posts", column("user_id", integer()), foreignKey(["user_id"], "users.id"));
const schema = { ...emptySchema, tables: [users, posts] };
const on = { name: "users" };

test("renaming a table updates the foreign keys to it", () => {
  const { tables } = apply({ kind: "renameTable", name: on, to: "people" }, schema);
  expect(tables.map((it) => it.name)).toEqual(["people", "posts"]);
  expect(tables[1]?.constraints).toEqual([
    { kind: "foreignKey", columns: ["user_id"], references: { name: "people", columns: ["id"] } },
  ]);
});

test("dropping a key with cascade drops the foreign keys to it, and no others", () => {
  const key = { kind: "primaryKey", columns: ["id"] } as const;
  const unique = { kind: "unique", columns: ["email"] } as const;
  const to = (column: string) => foreignKey([column], `k.${column}`);
  const keyed = { ...table("k", column("id", integer())), constraints: [key, unique] };
  const child = {
    ...table("c"),
    constraints: [to("id"), to("email"), foreignKey(["a"], { table: "k", columns: [] })],
  };
  const drop: Operation = { kind: "dropConstraint", table: { name: "k" }, name: "k_pkey" };
  const before = { ...schema, tables: [keyed, child] };
  const [left, others] = apply({ ...drop, cascade: true }, before).tables;
  expect([left?.constraints, others?.constraints]).toEqual([[unique], [to("email")]]);
  expect(apply(drop, before).tables[1]).toEqual(child);
});

test("dropping a schema with cascade drops what is in it, and the foreign keys to that", () => {
  const inApp = { ...table("t"), schema: "app" };
  const view = { kind: "view", name: "v", schema: "app", definition: { sql: "CREATE …" } } as const;
  const grant = { kind: "grant", name: "r", on: inApp, definition: { sql: "GRANT …" } } as const;
  const namespace = { kind: "schema", name: "app", definition: { sql: "CREATE …" } } as const;
  const child = {
    ...table("c", column("a", integer())),
    constraints: [foreignKey(["a"], "app.t.id")],
  };
  const mood = { schema: "app", name: "mood", values: [] };
  const object = { kind: "schema", name: "app" } as const;
  expect(
    apply({ kind: "dropObject", object, cascade: true }, {
      tables: [inApp, child],
      enums: [mood],
      objects: [namespace, view, grant],
    }),
  ).toEqual({ tables: [{ ...child, constraints: [] }], enums: [], objects: [] });
});

test("dropping a table drops its partitions, and with cascade the foreign keys to it", () => {
  const partitionOf = { table: on, bounds: { sql: "DEFAULT" } };
  const part = { ...users, name: "part", options: { partitionOf } };
  const drop: Operation = { kind: "dropTable", name: on };
  const before = { ...schema, tables: [users, part, posts] };
  expect(apply(drop, before).tables).toEqual([posts]);
  expect(apply({ ...drop, cascade: true }, before).tables).toEqual([{ ...posts, constraints: [] }]);
});

test("renaming a table updates its partitions and the tables that inherit from it", () => {
  const bounds = { sql: "DEFAULT" };
  const tables = [
    users,
    { ...posts, options: { inherits: [{ name: "other" }, on] } },
    { ...posts, name: "part", options: { partitionOf: { table: on, bounds } } },
  ];
  const renamed = apply({ kind: "renameTable", name: on, to: "people" }, { ...schema, tables });
  expect(renamed.tables.slice(1).map((it) => it.options)).toEqual([
    { inherits: [{ name: "other" }, { name: "people" }] },
    { partitionOf: { table: { name: "people" }, bounds } },
  ]);
});

test("renaming a column updates the tables that inherit it", () => {
  const heir = (name: string, parent: string): Table => ({
    ...table(name, check("age > 1", { name: "ck" }), index("ix", ["age"])),
    options: { inherits: [{ name: parent }] },
  });
  const tables = [users, heir("staff", "users"), heir("chiefs", "staff")];
  const renamed = apply(
    { kind: "renameColumn", table: on, column: "age", to: "years" },
    { ...schema, tables },
  );
  for (const { constraints, indexes } of renamed.tables.slice(1)) {
    expect(constraints).toEqual([{ kind: "check", name: "ck", expression: { sql: "years > 1" } }]);
    expect(indexes).toEqual([{ name: "ix", on: ["years"], unique: false }]);
  }
});

test("renaming a column updates all that names it in its table, expressions too", () => {
  const renamed =
    apply({ kind: "renameColumn", table: on, column: "age", to: "Years" }, schema).tables[0];
  expect(renamed).toEqual(table(
    "users",
    column("id", integer(), { primaryKey: true }),
    column("email", text()),
    column("Years", integer()),
    column("twice", integer(), { generated: { expression: '"Years" * 2' } }),
    unique(["email", "Years"]),
    check('"Years" > 0 AND length(email) > 3', { name: "ck" }),
    index("ix_lower", [raw("lower(email)")], { where: '"Years" > 17' }),
  ));
});

test("renaming a column updates the partition keys of its table and of the partitions", () => {
  const partitioned = (name: string, by: string, of?: string): Table => ({
    ...table(name, column("range", integer())),
    options: {
      partitionBy: raw(by),
      ...(of && { partitionOf: { table: { name: of }, bounds: raw("DEFAULT") } }),
    },
  });
  const tables = [
    partitioned("whole", "RANGE (range)"),
    partitioned("part", "LIST ((range % 2))", "whole"),
  ];
  const whole = { name: "whole" };
  const renamed = apply(
    { kind: "renameColumn", table: whole, column: "range", to: "At" },
    { ...schema, tables },
  );
  expect(renamed.tables.map((it) => it.options?.partitionBy?.sql))
    .toEqual(['RANGE ("At")', 'LIST (("At" % 2))']);
});

test("renaming a column updates the foreign keys of other tables", () => {
  const { tables } = apply({ kind: "renameColumn", table: on, column: "id", to: "key" }, schema);
  expect(tables[1]?.constraints).toEqual([
    { kind: "foreignKey", columns: ["user_id"], references: { name: "users", columns: ["key"] } },
  ]);
});

test("renaming an enum value updates defaults, checks and views", () => {
  const values = ["it's", "ok"];
  const mood = enumeration("app.Mood", values);
  const moods = (first: string, element: string, made = values) => {
    const type = { ...mood, values: made };
    const list = { kind: "array", of: type } as const;
    return {
      tables: [table(
        "t",
        column("a", type, { serverDefault: raw(`'${first}'::app."Mood"`) }),
        column("b", list, { serverDefault: raw(`'{ok,${element},"a,b"}'::app."Mood"[]`) }),
        column("c", text(), { serverDefault: raw(`'${first}'::text`) }),
        check(`a <> '${first}'::app."Mood"`, { name: "ck" }),
      )],
      enums: [{ schema: "app", name: "Mood", values: made }],
      objects: [view("v", `SELECT '${first}'::app."Mood"`)],
    };
  };
  const operation = {
    kind: "renameEnumValue",
    name: { schema: "app", name: "Mood" },
    value: "it's",
    to: 'so "so"',
  } as const;
  const after = apply(operation, moods("it''s", "it''s"));
  const wanted = moods('so "so"', String.raw`"so \"so\""`, ['so "so"', "ok"]);
  expect(after.enums).toEqual(wanted.enums);
  expect(after.objects).toEqual(wanted.objects);
  expect(after.tables[0]?.columns.map((it) => it.default?.sql)).toEqual([
    `'so "so"'::app."Mood"`,
    String.raw`'{ok,"so \"so\"","a,b"}'::app."Mood"[]`,
    "'it''s'::text",
  ]);
  expect(after.tables[0]?.constraints).toEqual(wanted.tables[0]?.constraints ?? []);
});

test("renaming or replacing an enum value updates defaults without a cast", () => {
  const values = ["sad", "ok", "fine"];
  const type = enumeration("mood", values);
  const before = {
    ...emptySchema,
    tables: [table(
      "t",
      column("a", type, { serverDefault: "sad" }),
      column("b", array(type), { serverDefault: raw("'{sad,ok}'") }),
      column("c", text(), { serverDefault: "sad" }),
    )],
    enums: [{ name: "mood", values }],
  };
  const defaultsAfter = (operation: Operation) =>
    apply(operation, before).tables[0]?.columns.map((it) => it.default?.sql);
  const name = { name: "mood" };
  expect(defaultsAfter({ kind: "renameEnumValue", name, value: "sad", to: "low" }))
    .toEqual(["'low'", "'{low,ok}'", "'sad'"]);
  const replaced = { sad: "ok", ok: "fine" };
  expect(defaultsAfter({ kind: "changeEnum", name, values: ["ok", "fine"], replaced }))
    .toEqual(["'ok'", "'{ok,fine}'", "'sad'"]);
});

test("renaming a table updates a view, and keeps the names of its columns", () => {
  const before = {
    ...emptySchema,
    tables: [table("category", column("name", text()))],
    objects: [view("v", "SELECT category.name AS category FROM category")],
  };
  const operation = { kind: "renameTable", name: { name: "category" }, to: "sort" } as const;
  expect(apply(operation, before).objects).toEqual([
    view("v", "SELECT sort.name AS category FROM sort"),
  ]);
});

test("renaming a column updates a view, and keeps the names of its columns", () => {
  const query = `SELECT "Full Name", p."Full Name" AS name FROM people p`;
  const before = {
    ...emptySchema,
    tables: [table("people", column("Full Name", text()))],
    objects: [view("v", query)],
  };
  const on = { name: "people" };
  const renamed = apply(
    { kind: "renameColumn", table: on, column: "Full Name", to: "full.name" },
    before,
  );
  expect(renamed.objects).toEqual([
    view("v", `SELECT "full.name" AS "Full Name", p."full.name" AS name FROM people p`),
  ]);
  const back = { kind: "renameColumn", table: on, column: "full.name", to: "Full Name" } as const;
  expect(apply(back, renamed).objects).toEqual([view("v", query)]);
});

test("renaming a table updates a routine's signature, and its body unless that is a string", () => {
  const routine = (table: string, body: string): SchemaObject => ({
    kind: "function",
    name: "users",
    arguments: `text, ${table}`,
    definition: { sql: `CREATE FUNCTION users(a text, ${table}) RETURNS ${table} ${body}` },
  });
  const body = "AS $$ SELECT users FROM users $$";
  const bound = (table: string) => `BEGIN ATOMIC SELECT ${table}.id FROM ${table}; END`;
  const before = { ...schema, objects: [routine("users", body), routine("users", bound("users"))] };
  expect(apply({ kind: "renameTable", name: on, to: "people" }, before).objects)
    .toEqual([routine("people", body), routine("people", bound("people"))]);
});

test("renaming a table keeps a routine's arguments and columns of the same name", () => {
  const routine = (table: string, rest: string): SchemaObject => ({
    kind: "function",
    name: "f",
    arguments: `integer, ${table}, ${table}[]`,
    definition: {
      sql: `CREATE FUNCTION f(users integer, IN users ${table}, "users" ${table}[] DEFAULT NULL)` +
        ` RETURNS TABLE(users integer, more ${table}) LANGUAGE sql ${rest}`,
    },
  });
  const body = "AS $$ SELECT 1 $$";
  const bound = (table: string) =>
    `RETURN (SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE true))`;
  const before = { ...schema, objects: [routine("users", body), routine("users", bound("users"))] };
  expect(apply({ kind: "renameTable", name: on, to: "people" }, before).objects)
    .toEqual([routine("people", body), routine("people", bound("people"))]);
});

test("dropping an AUTOINCREMENT key drops the option, too", () => {
  const counted = { ...users, options: { strict: true, autoincrement: true } } as const;
  const there = { ...emptySchema, tables: [counted] };
  const without: readonly Operation[] = [
    { kind: "dropColumn", table: on, column: "id" },
    {
      kind: "dropConstraint",
      table: on,
      name: "users_pkey",
      existing: { kind: "primaryKey", columns: ["id"], name: "users_pkey" },
    },
  ];
  for (const it of without) expect(apply(it, there).tables[0]?.options).toEqual({ strict: true });
  const other: Operation = { kind: "dropColumn", table: on, column: "email" };
  expect(apply(other, there).tables[0]?.options).toEqual(counted.options);
});

test("dropping an unnamed constraint works by the name that PostgreSQL generates", () => {
  const drop: Operation = { kind: "dropConstraint", table: on, name: "users_email_age_key" };
  const left = apply(drop, schema).tables[0]?.constraints.map((it) => it.kind);
  expect(left).toEqual(["primaryKey", "check"]);
  expect(invert(drop, schema)).toEqual([
    { kind: "addConstraint", table: on, constraint: { kind: "unique", columns: ["email", "age"] } },
  ]);
});

test("dropping a column drops the constraints and indexes that name it", () => {
  const left = apply({ kind: "dropColumn", table: on, column: "email" }, schema).tables[0];
  expect(left?.columns.map((it) => it.name)).toEqual(["id", "age", "twice"]);
  expect(left?.constraints).toEqual([{ kind: "primaryKey", columns: ["id"] }]);
  expect(left?.indexes).toEqual([]);
});

test("altering a column changes what is given, and removes what is null", () => {
  const change = { type: text(), nullable: false, default: { sql: "'x'" }, comment: "old" };
  const altered = apply({ kind: "alterColumn", table: on, column: "age", change }, schema);
  expect(altered.tables[0]?.columns[2]).toEqual({ name: "age", ...change });
  const back = { default: null, comment: null };
  const again = apply({ kind: "alterColumn", table: on, column: "age", change: back }, altered);
  expect(again.tables[0]?.columns[2]).toEqual({ name: "age", type: text(), nullable: false });
});

test("ifExists and ifNotExists leave the schema alone if there is nothing to do", () => {
  const [ix] = users.indexes;
  const idle: readonly Operation[] = [
    { kind: "createTable", table: table("users", column("other", integer())), ifNotExists: true },
    { kind: "dropTable", name: { name: "none" }, ifExists: true },
    {
      kind: "addColumn",
      table: on,
      column: column("age", text()).column,
      constraints: [],
      ifNotExists: true,
    },
    { kind: "dropColumn", table: on, column: "none", ifExists: true },
    { kind: "dropConstraint", table: on, name: "none", ifExists: true },
    { kind: "dropIndex", table: on, index: "none", ifExists: true },
    { kind: "dropEnum", name: { name: "none" }, ifExists: true },
    { kind: "dropObject", object: { kind: "view", name: "none" }, ifExists: true },
    ...ix
      ? [{ kind: "createIndex", table: { name: "posts" }, index: ix, ifNotExists: true } as const]
      : [],
  ];
  for (const operation of idle) expect(apply(operation, schema)).toEqual(schema);
});

test("ifNotExists leaves an existing enum value and an existing object alone", () => {
  const there = {
    ...schema,
    enums: [{ name: "mood", values: ["sad"] }],
    objects: [view("v", "1")],
  };
  const idle: readonly Operation[] = [
    { kind: "addEnumValue", name: { name: "mood" }, value: "sad", ifNotExists: true },
    { kind: "createObject", object: view("v", "2"), ifNotExists: true },
  ];
  for (const operation of idle) expect(apply(operation, there)).toEqual(there);
});

test("altering an identity keeps the options that are not given, and removes those that are null", () => {
  const id = (schema: Schema) => schema.tables[0]?.columns.find((it) => it.name === "age");
  const altered = (identity: IdentityChange | null, before: Schema) =>
    apply({ kind: "alterColumn", table: on, column: "age", change: { identity } }, before);
  const first = altered({ generation: "always", start: 5, increment: 2 }, schema);
  expect(id(first)).toMatchObject({ identity: "always", sequence: { start: 5, increment: 2 } });
  const second = altered({ generation: "byDefault", increment: null }, first);
  expect(id(second)).toMatchObject({ identity: "byDefault", sequence: { start: 5 } });
  const third = altered({ generation: "byDefault", start: null }, second);
  expect(id(third)).not.toHaveProperty("sequence");
  expect(id(altered(null, first))).not.toHaveProperty("sequence");
});

const impossible: readonly [operation: Operation, message: string][] = [
  [
    {
      kind: "addConstraint",
      table: on,
      constraint: { kind: "unique", name: "ck", columns: ["age"] },
    },
    'Cannot add the constraint "ck": it already exists',
  ],
  [
    { kind: "dropConstraint", table: on, name: "none" },
    'Cannot find the constraint "none" of the table "users"',
  ],
  [
    { kind: "renameConstraint", table: on, name: "none", to: "other" },
    'Cannot find the constraint "none" of the table "users"',
  ],
  [
    { kind: "renameTable", name: { name: "none" }, to: "other" },
    'Cannot find the table "none"',
  ],
  [
    { kind: "renameColumn", table: on, column: "none", to: "other" },
    'Cannot find the column "none" of the table "users"',
  ],
  [{ kind: "dropEnum", name: { name: "none" } }, 'Cannot find the enum type "none"'],
  [
    { kind: "dropObject", object: { kind: "view", schema: "app", name: "none" } },
    'Cannot find the view "app.none"',
  ],
  [
    {
      kind: "addColumn",
      table: on,
      column: column("other", text()).column,
      constraints: [],
      position: { after: "none" },
    },
    'Cannot put "other" next to "none": that does not exist',
  ],
  [{ kind: "createTable", table: users }, 'Cannot create the table "users": it already exists'],
  [
    { kind: "dropTable", name: { schema: "app", name: "users" } },
    'Cannot find the table "app.users"',
  ],
  [
    { kind: "renameTable", name: on, to: "posts" },
    'Cannot rename the table "users": "posts" already exists',
  ],
  [
    { kind: "addColumn", table: on, column: column("id", text()).column, constraints: [] },
    'Cannot add the column "id": the table "users" already has a column "id"',
  ],
  [
    { kind: "dropColumn", table: on, column: "none" },
    'Cannot find the column "none" of the table "users"',
  ],
  [
    { kind: "renameColumn", table: on, column: "age", to: "email" },
    'Cannot rename the column "age": the table "users" already has a column "email"',
  ],
  [
    { kind: "alterColumn", table: on, column: "none", change: { nullable: true } },
    'Cannot find the column "none" of the table "users"',
  ],
  [
    {
      kind: "createIndex",
      table: { name: "posts" },
      index: { name: "ix_lower", on: ["user_id"], unique: false },
    },
    'Cannot create the index "ix_lower": it already exists',
  ],
  [
    { kind: "dropIndex", table: { name: "posts" }, index: "ix_lower" },
    'Cannot find the index "ix_lower" of the table "posts"',
  ],
];

for (const [operation, message] of impossible) {
  test(`apply() of ${operation.kind} throws: ${message}`, async () => {
    const error = await toolErrorOf(() => apply(operation, schema));
    expect({ code: error.code, message: error.message }).toEqual({
      code: "operation/invalid",
      message,
    });
  });
}
