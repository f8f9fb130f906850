import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Schema } from "../../lib/schema/schema.ts";
import { serveMigrateModule } from "../../lib/script/code/serve_migrate_module.ts";
import { freshDatabase, type TestDatabase } from "../servers/fresh_database.ts";
import { desiredOf } from "./desired.ts";

setDefaultTimeout(60_000);
serveMigrateModule(() => import("../../mod.ts"));

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase("postgres");
});
afterAll(() => database[Symbol.asyncDispose]());

/** Returns the schema that the module `text` wants on PostgreSQL. */
async function onPostgres(text: string): Promise<Schema> {
  return await desiredOf({ "schema.ts": text }, { url: database.url, models: ["schema.ts"] });
}

async function onSqlite(text: string): Promise<Schema> {
  return await desiredOf({ "schema.ts": text }, { models: ["schema.ts"] });
}

const generic = `
  import { boolean, check, column, enumeration, foreignKey, index, integer, now, string, table, text, timestamp, unique, view } from "migrate";
  export const role = enumeration("role", ["admin", "member"]);
  export const users = table("users",
    column("id", integer(), { primaryKey: true }),
    column("email", string(255), { nullable: false }),
    column("role", role, { nullable: false, serverDefault: "member" }),
    column("team_id", integer(), { references: "teams.id" }),
    column("created_at", timestamp({ timezone: true }), { nullable: false, serverDefault: now() }),
    unique(["email"], { name: "one_email" }),
    check("length(email) > 3", { name: "long_email" }),
    index("by_created", ["created_at"], { where: "created_at IS NOT NULL" }),
  );
  export const teams = table("teams",
    column("id", integer(), { primaryKey: true }),
    column("owner_id", integer()),
    column("open", boolean(), { serverDefault: true }),
    foreignKey(["owner_id"], "users.id", { name: "owner", onDelete: "cascade" }),
  );
  export const members = view("members", "SELECT id, email FROM users");
`;

test("one module serves as models for PostgreSQL and SQLite, with circular foreign keys", async () => {
  for (const { tables, objects, enums } of [await onPostgres(generic), await onSqlite(generic)]) {
    const keys = tables.flatMap((it) => it.constraints.filter((one) => one.kind === "foreignKey"));
    expect(tables.map((it) => it.name)).toEqual(["teams", "users"]);
    expect(keys.map((it) => it.references.name).sort()).toEqual(["teams", "users"]);
    expect(objects.map((it) => it.name)).toEqual(["members"]);
    expect(enums.length).toBeLessThanOrEqual(1);
    expect(tables[1]?.indexes).toMatchObject([{ name: "by_created", on: ["created_at"] }]);
  }
});

test("enums of columns need not be exported, and exported enums need no column", async () => {
  const { enums } = await desiredOf({
    "migrate.toml": 'schemas = ["public", "app"]\nmodels = "schema.ts"',
    "schema.ts": `
      import { array, column, enumeration, table } from "migrate";
      export default [table("t", column("a", enumeration("mood", ["good", "bad"])),
        column("b", array(enumeration("app.size", ["s", "m"]))))];
      export const unused = enumeration("unused", ["a"]);
    `,
  }, { url: database.url });
  expect(enums).toEqual([
    { name: "mood", values: ["good", "bad"] },
    { name: "unused", values: ["a"] },
    { schema: "app", name: "size", values: ["s", "m"] },
  ]);
});

const everything = `
  import * as m from "migrate";
  export default [
    m.extension("citext"),
    m.trigger("touch", "posts", "CREATE TRIGGER touch BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touched()"),
    m.policy("own", "posts", { for: "select", using: "author = current_user" }),
    m.materializedView("counts", "SELECT author, total(count(*)) AS n FROM posts GROUP BY author"),
    m.functionObject("total(bigint)", "CREATE FUNCTION total(n bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT n $$"),
    m.functionObject("touched()", "CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"),
    m.domain("title", "text CHECK (VALUE <> '')"),
    m.sequence("numbers", { increment: 10 }),
    m.compositeType("point3", "x integer, y integer, z integer"),
    m.table("posts",
      m.column("id", m.bigint(), { primaryKey: true, identity: "always" }),
      m.column("number", m.integer(), { serverDefault: m.raw("nextval('numbers')") }),
      m.column("title", m.native("title")),
      m.column("author", m.native("citext"), { comment: "who" }),
      m.column("at", m.native("point3")),
      m.comment("texts"),
      m.options({ rowSecurity: "enabled" }),
    ),
  ];
`;

test("objects of every kind are created, in whatever order they are listed", async () => {
  const { tables, objects } = await onPostgres(everything);
  expect(objects.map((it) => `${it.kind} ${it.name}`).sort()).toEqual([
    "compositeType point3",
    "domain title",
    "extension citext",
    "function total",
    "function touched",
    "materializedView counts",
    "policy own",
    "sequence numbers",
    "trigger touch",
  ]);
  expect(tables).toMatchObject([{ name: "posts", comment: "texts", rowSecurity: "enabled" }]);
});

test("a default export that is a function receives the dialect", async () => {
  const text = `
    import { column, extension, integer, type ModelContext, table } from "migrate";
    const t = table("t", column("a", integer()));
    export default ({ dialect }: ModelContext) => dialect === "postgres" ? [t, extension("citext")] : [t];
  `;
  expect((await onPostgres(text)).objects.map((it) => it.name)).toEqual(["citext"]);
  expect((await onSqlite(text)).tables.map((it) => it.name)).toEqual(["t"]);
});

test("modules that import each other's tables are loaded together, each table once", async () => {
  const { tables } = await desiredOf({
    "migrate.toml": 'models = ["a.ts", "db"]',
    "a.ts": `import { column, integer, table } from "migrate";
      export const a = table("a", column("id", integer(), { primaryKey: true }), column("b", integer(), { references: "b.id" }));`,
    "db/index.ts": `export { a } from "../a.ts"; export * as more from "../b.ts";`,
    "b.ts": `import { column, integer, table } from "migrate";
      export const b = table("b", column("id", integer(), { primaryKey: true }), column("a", integer(), { references: "a.id" }));`,
  }, { url: database.url });
  expect(tables.map((it) => it.name)).toEqual(["a", "b"]);
});

test("constraints are named by the project's naming convention", async () => {
  const { tables } = await desiredOf({
    "migrate.toml": 'models = "schema.ts"',
    "migrations/env.ts": 'export const naming = { uq: "uq_%(table_name)s_%(column_0_name)s" };',
    "schema.ts": `import { column, text, table } from "migrate";
      export const t = table("t", column("a", text(), { unique: true }));`,
  });
  expect(tables[0]?.constraints).toMatchObject([{ kind: "unique", name: "uq_t_a" }]);
});

const failures: readonly (readonly [string, string, object])[] = [
  ["exports no models", "export const a = 1;", { code: "models/invalid" }],
  ["imports a missing name", 'import { nothing } from "migrate"; export const a = nothing;', {
    facts: { file: expect.stringContaining("schema.ts") },
  }],
  ["throws", "\nthrow new Error('no luck');", {
    code: "script/failed",
    message: 'Cannot load "schema.ts": no luck',
    facts: { line: 2 },
  }],
  ["throws in its default function", "\nexport default () => { throw new Error('no luck'); };", {
    code: "script/failed",
    message: 'Cannot read "schema.ts": no luck',
    facts: { line: 2 },
  }],
  [
    "defines a table twice",
    `import { column, integer, table } from "migrate";
    export const a = table("t", column("a", integer())), b = table("t", column("a", integer()));`,
    {
      code: "models/invalid",
      message: 'Cannot use the models: the table "t" is defined twice',
    },
  ],
  [
    "has a table without columns",
    `import { table } from "migrate";
    export const a = table("t");`,
    {
      code: "operation/invalid",
      message: 'Cannot create the table "t": it has no columns',
    },
  ],
  [
    "uses a type of a missing extension",
    `import { column, native, table } from "migrate";
    export const t = table("t", column("a", native("vector(3)")));`,
    {
      message: 'Cannot create the table "t" of the models: type "vector" does not exist',
      facts: { hint: expect.stringContaining("If it comes from an extension, create that first") },
    },
  ],
  [
    "has a view that the database rejects",
    `import { column, integer, table, view } from "migrate";
    export const t = table("t", column("a", integer()));
    export const v = view("v", "SELECT b FROM nowhere");`,
    {
      code: "models/invalid",
      message: 'Cannot create the view "v" of the models: relation "nowhere" does not exist',
      facts: { detail: expect.stringContaining("SELECT b FROM nowhere") },
    },
  ],
];

for (const [name, text, error] of failures) {
  test(`a module that ${name} is an error`, async () => {
    await expect(onPostgres(text)).rejects.toMatchObject(error);
  });
}

test("an imported module that throws is an error with its file and line", async () => {
  const models = desiredOf({
    "migrate.toml": 'models = "schema.ts"',
    "schema.ts": 'export * from "./other.ts";',
    "other.ts": "export const a = 1;\nthrow new Error('no luck');",
  });
  await expect(models).rejects.toMatchObject({
    code: "script/failed",
    facts: { file: expect.stringContaining("other.ts"), line: 2 },
  });
});
