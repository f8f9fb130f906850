import { expect, test } from "bun:test";
import { type FilterOptions, filterSchemas } from "../../lib/autogenerate/filter/filter_schemas.ts";
import { keyOf } from "../../lib/autogenerate/part.ts";
import { takeApart } from "../../lib/autogenerate/steps/take_apart.ts";
import { emptySchema, type Schema } from "../../lib/schema/schema.ts";
import {
  check,
  column,
  domain,
  enumeration,
  foreignKey,
  functionObject,
  grant,
  index,
  integer,
  native,
  options,
  ownedSequence,
  policy,
  raw,
  schema,
  sequence,
  table,
  text,
  ToolError,
  trigger,
  view,
} from "../../mod.ts";

const id = column("id", integer(), { primaryKey: true });

const whole: Schema = {
  tables: [
    table(
      "users",
      id,
      column("secret", text()),
      column("mood", enumeration("mood", ["sad"])),
      column("email", native("email")),
      check("secret <> ''", { name: "users_secret" }),
      index("ix_secret", ["secret"]),
      index("ix_email", ["email"]),
    ),
    table(
      "orders",
      id,
      column("audit_id", integer()),
      foreignKey(["audit_id"], "audit_log.id", { name: "orders_audit" }),
    ),
    table("audit_log", id, index("ix_audit", ["id"]), options({ partitionBy: raw("RANGE (id)") })),
    table(
      "part",
      options({ partitionOf: { table: { name: "audit_log" }, bounds: raw("DEFAULT") } }),
    ),
    table("app.users", id),
  ],
  enums: [{ name: "mood", values: ["sad"] }, { name: "unused", values: ["x"] }],
  objects: [
    schema("app"),
    sequence("counting"),
    domain("email", "text"),
    functionObject("touch()", "CREATE FUNCTION touch() RETURNS trigger AS '' LANGUAGE plpgsql"),
    functionObject("other()", "CREATE FUNCTION other() RETURNS integer AS '' LANGUAGE sql"),
    view("audit_view", "SELECT id FROM audit_log"),
    trigger(
      "touched",
      "audit_log",
      "CREATE TRIGGER touched … ON audit_log EXECUTE FUNCTION other()",
    ),
    trigger("touched", "users", "CREATE TRIGGER touched … ON users EXECUTE FUNCTION touch()"),
    policy("own", "audit_log", { using: "true" }),
    ownedSequence("counting", "users", "secret"),
    grant("SELECT", "TABLE audit_log", "reader"),
    grant("SELECT", "TABLE users", "reader"),
  ],
};

/** Returns what the filter keeps of the whole, and what it leaves out, as `kind name`. */
function split(filter: FilterOptions): { readonly kept: string[]; readonly left: string[] } {
  const [a, b] = filterSchemas(whole, whole, filter);
  expect(b).toEqual(a);
  const words = (of: Schema) =>
    [...takeApart(of).values()].map((it) => keyOf(it).replaceAll(/\0+/g, " ").trim());
  const kept = words(a);
  return { kept, left: words(whole).filter((it) => !kept.includes(it)) };
}

const audit = [
  "table audit_log",
  "table audit_log column id",
  "table audit_log constraint audit_log_pkey",
  "table audit_log index ix_audit",
  "table part",
  "trigger touched audit_log",
  "policy own audit_log",
  "grant reader SELECT ON TABLE audit_log",
];

const app = [
  "table app users",
  "table app users column id",
  "table app users constraint users_pkey",
];

const left: readonly (readonly [FilterOptions, readonly string[]])[] = [
  [{}, []],
  [{ exclude: ["table:audit_*"] }, audit],
  [{ exclude: ["audit_*"] }, [...audit, "view audit_view"]],
  [{ exclude: ["audit?view"] }, ["view audit_view"]],
  [{ exclude: ['table:"audit_*"'] }, []],
  [{ exclude: ["index:*"] }, [
    "table users index ix_secret",
    "table users index ix_email",
    "table audit_log index ix_audit",
  ]],
  [{ exclude: ["index:users.ix_e*"] }, ["table users index ix_email"]],
  [{ exclude: ["constraint:users_secret"] }, ["table users constraint users_secret"]],
  [{ exclude: ["constraint:orders_pkey"] }, ["table orders constraint orders_pkey"]],
  [{ exclude: ["column:users.secret"] }, [
    "table users column secret",
    "table users constraint users_secret",
    "table users index ix_secret",
    "ownedSequence counting users secret",
  ]],
  [{ exclude: ["counting"] }, ["sequence counting", "ownedSequence counting users secret"]],
  [{ exclude: ["users.secret"] }, []],
  [{ exclude: ["app.*"] }, app],
  [{ exclude: ["schema:app"] }, [...app, "schema app"]],
  [{ exclude: ["table:main.users"] }, []],
  [{ exclude: ["table:public.users"], defaultSchema: "public" }, [
    ...["", " column id", " column secret", " column mood", " column email"].map((it) =>
      `table users${it}`
    ),
    "table users constraint users_secret",
    "table users constraint users_pkey",
    "table users index ix_secret",
    "table users index ix_email",
    "trigger touched users",
    "ownedSequence counting users secret",
    "grant reader SELECT ON TABLE users",
  ]],
  [{ schemas: ["public"], defaultSchema: "public" }, [...app, "schema app"]],
  [{ exclude: ["trigger:audit_log.*", "grant:reader"] }, [
    "trigger touched audit_log",
    "grant reader SELECT ON TABLE audit_log",
    "grant reader SELECT ON TABLE users",
  ]],
  [{ include: ["index:ix_s*"] }, [
    "table users index ix_email",
    "table audit_log index ix_audit",
  ]],
];

for (const [filter, expected] of left) {
  test(`filterSchemas() filters by ${JSON.stringify(filter)}`, () => {
    expect(split(filter).left.sort()).toEqual([...expected].sort());
  });
}

test("filterSchemas() keeps included objects, and the types and functions that they need", () => {
  const { kept } = split({ include: ["table:users"], exclude: ["app.*", "column:users.secret"] });
  expect(kept.sort()).toEqual([
    "function touch",
    "grant reader SELECT ON TABLE users",
    "schema app",
    "sequence counting",
    "table users",
    "table users column email",
    "table users column id",
    "table users column mood",
    "table users constraint users_pkey",
    "table users index ix_email",
    "trigger touched users",
    "type email",
    "type mood",
  ]);
});

test("filterSchemas() keeps the sequences that columns of included tables own", () => {
  const { kept } = split({ include: ["table:users"] });
  expect(kept.filter((it) => it.includes("counting"))).toEqual([
    "sequence counting",
    "ownedSequence counting users secret",
  ]);
});

test("filterSchemas() keeps in both schemas what either of them needs", () => {
  const bare: Schema = {
    ...whole,
    tables: [table("users", id)],
    objects: whole.objects.slice(2, 3),
  };
  const [a, b] = filterSchemas(bare, whole, { include: ["table:users"] });
  expect(a.objects).toEqual(bare.objects);
  expect(a.enums).toEqual(b.enums);
});

test("filterSchemas() leaves out foreign keys to an excluded table unless it already exists", () => {
  const exclude = ["table:audit_log"];
  const foreignKeys = ({ tables }: Schema) =>
    tables.flatMap((it) => it.constraints).filter((it) => it.kind === "foreignKey").length;
  expect(filterSchemas(whole, whole, { exclude }).map(foreignKeys)).toEqual([1, 1]);
  expect(filterSchemas(emptySchema, whole, { exclude }).map(foreignKeys)).toEqual([0, 0]);
  expect(filterSchemas(whole, emptySchema, { exclude }).map(foreignKeys)).toEqual([1, 0]);
});

/** Something of each kind that others are built with, most of it needed by the table "legacy" alone. */
const legacy: Schema = {
  tables: [
    table("app.legacy", column("kinds", native("list")), check("odd(kinds)", { name: "odd" })),
    table("mine", column("n", integer(), { serverDefault: raw("nextval('mine_n')") })),
  ],
  enums: [{ name: "kind", values: ["a"] }, { name: "unused", values: ["x"] }],
  objects: [
    schema("app"),
    sequence("mine_n"),
    domain("list", "kind[]"),
    functionObject("odd(list)", "CREATE FUNCTION odd(list) RETURNS boolean AS '' LANGUAGE sql"),
    functionObject("rows()", "CREATE FUNCTION rows() RETURNS trigger AS '' LANGUAGE plpgsql"),
    trigger("t", "app.legacy", "CREATE TRIGGER t … ON app.legacy EXECUTE FUNCTION rows()"),
  ],
};

test.each<FilterOptions>([
  { exclude: ["legacy"] },
  { exclude: ["app.*"] },
  { include: ["mine*", "list", "odd", "rows", "unused"] },
])("filterSchemas() leaves alone what something left out needs: %j", (filter) => {
  const [a] = filterSchemas(legacy, emptySchema, filter);
  expect([...takeApart(a).keys()].map((it) => it.replaceAll(/\0+/g, " ").trim())).toEqual([
    "type unused",
    "table mine",
    "table mine column n",
    "table mine default n",
    "sequence mine_n",
  ]);
});

test("filterSchemas() compares what both schemas have, even if something left out needs it", () => {
  const more: Schema = { ...legacy, enums: [{ name: "kind", values: ["a", "b"] }] };
  const [a, b] = filterSchemas(legacy, more, { exclude: ["app.legacy"] });
  expect(b.enums).toEqual(more.enums);
  expect(a).toEqual({
    ...legacy,
    tables: legacy.tables.slice(1),
    objects: legacy.objects.slice(0, -1),
  });
});

const refused: Readonly<Record<string, string>> = {
  "tabel:x": 'Cannot read the pattern "tabel:x": unknown kind "tabel" | Did you mean "table"?',
  "a:b:c":
    'Cannot read the pattern "a:b:c" | Write "tmp_*", "table:audit_*", "column:users.secret" or "index:*"; put a name that has a dot or a colon in "double quotes"',
  "":
    'Cannot read the pattern "" | Write "tmp_*", "table:audit_*", "column:users.secret" or "index:*"; put a name that has a dot or a colon in "double quotes"',
};

for (const [pattern, expected] of Object.entries(refused)) {
  test(`filterSchemas() refuses the pattern "${pattern}"`, () => {
    try {
      filterSchemas(whole, whole, { exclude: [pattern] });
      throw new Error("not refused");
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      expect(`${error.message} | ${error.facts.hint}`).toBe(expected);
    }
  });
}
