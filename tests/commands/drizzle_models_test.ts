import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { withUnsaid } from "../../lib/autogenerate/models/with_unsaid.ts";
import { openDatabase } from "../../lib/database/open_database.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { freshDatabase, type TestDatabase } from "../servers/fresh_database.ts";
import { desiredIn, projectOf } from "./desired.ts";

setDefaultTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase("postgres");
});
afterAll(() => database[Symbol.asyncDispose]());

/** Returns the schema that the models of a project with drizzle-orm want. */
async function drizzleOf(
  files: Readonly<Record<string, string>>,
  models: string,
  url?: string,
  actual?: Schema,
): Promise<Schema> {
  using project = await projectOf(files);
  symlinkSync(
    join(import.meta.dirname, "../../node_modules"),
    join(project.folder, "node_modules"),
  );
  return await desiredIn(project.environment, { url, models: [models], ...(actual && { actual }) });
}

for (const kind of ["postgres", "sqlite"] as const) {
  test(`Drizzle models for ${kind} give the schema that drizzle-kit makes of them`, async () => {
    const path = join(import.meta.dirname, "drizzle", kind);
    const files = {
      "schema.ts": readFileSync(`${path}.ts`, "utf8"),
      "kit.sql": readFileSync(`${path}.sql`, "utf8"),
      "migrate.toml": 'schemas = ["public", "app"]',
    };
    const url = kind === "postgres" ? database.url : undefined;
    const own = await drizzleOf(files, "schema.ts", url);
    const kit = await drizzleOf(files, "kit.sql", url);
    expect(own.tables.length).toBeGreaterThan(2);
    expect(inOrder(own)).toEqual(inOrder(kit));
  });
}

/** The order of columns, and of objects that do not need each other, does not matter. */
function inOrder(schema: Schema): Schema {
  const key = ({ kind, name }: Schema["objects"][number]) => `${kind} ${name}`;
  return {
    ...schema,
    tables: schema.tables.map((it) => ({
      ...it,
      columns: it.columns.toSorted((a, b) => a.name < b.name ? -1 : 1),
    })),
    objects: schema.objects.toSorted((a, b) => key(a) < key(b) ? -1 : 1),
  };
}

test("what Drizzle cannot express is taken from the live database", async () => {
  await using live = await freshDatabase("postgres");
  await using opened = await openDatabase(parseDatabaseUrl(live.url), { create: false });
  for (
    const sql of [
      "CREATE EXTENSION citext",
      'CREATE TABLE t (a text COLLATE "C", b int, CONSTRAINT one EXCLUDE USING btree (b WITH =))',
      "CREATE TABLE old (a int)",
      "COMMENT ON TABLE t IS 'all of it'",
      "COMMENT ON COLUMN t.a IS 'a part'",
      "CREATE INDEX i ON t (a) INCLUDE (b)",
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
      "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
      "CREATE TRIGGER h BEFORE INSERT ON old FOR EACH ROW EXECUTE FUNCTION f()",
      "CREATE VIEW v AS SELECT a FROM t",
      "CREATE SEQUENCE s; ALTER SEQUENCE s OWNED BY t.b",
      "CREATE SEQUENCE unsaid; ALTER SEQUENCE unsaid OWNED BY t.b",
      "CREATE SEQUENCE far; ALTER SEQUENCE far OWNED BY old.a",
    ]
  ) await opened.connection.query({ sql });
  const said = await drizzleOf(
    {
      "schema.ts": `import { index, integer, pgSequence, pgTable, text } from "drizzle-orm/pg-core";
      export const s = pgSequence("s");
      export const far = pgSequence("far");
      export const t = pgTable("t", { a: text(), b: integer() }, (t) => [index("i").on(t.a)]);`,
    },
    "schema.ts",
    live.url,
  );
  const { tables, objects } = withUnsaid(said, await postgres.introspect(opened.connection));
  expect(tables).toMatchObject([{
    name: "t",
    comment: "all of it",
    columns: [{ name: "a", comment: "a part", collation: "C" }, { name: "b" }],
    constraints: [{ kind: "exclude", name: "one" }],
    indexes: [{ name: "i", include: ["b"] }],
  }]);
  // Drizzle could express the view v and the sequence unsaid, but the models lack them.
  expect(objects.map((it) => `${it.kind} ${it.name}`)).toEqual([
    "extension citext",
    "function f",
    "trigger g",
    "sequence far",
    "sequence s",
    "ownedSequence s",
  ]);
});

test("constraint options that Drizzle cannot express are taken from the live database", async () => {
  await using live = await freshDatabase("postgres");
  await using opened = await openDatabase(parseDatabaseUrl(live.url), { create: false });
  for (
    const sql of [
      "CREATE TABLE u (id int PRIMARY KEY, name text, b int, CONSTRAINT named UNIQUE NULLS NOT DISTINCT (name) INCLUDE (b) DEFERRABLE)",
      `CREATE TABLE t (u int, CONSTRAINT fk FOREIGN KEY (u) REFERENCES u (id) MATCH FULL
        ON DELETE SET NULL (u) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT positive CHECK (u > 0) NO INHERIT)`,
      "ALTER TABLE t ADD CONSTRAINT few CHECK (u < 9) NOT VALID",
    ]
  ) await opened.connection.query({ sql });
  const said = await drizzleOf(
    {
      "schema.ts": `import { sql } from "drizzle-orm";
      import { check, foreignKey, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
      export const u = pgTable("u", { id: integer().primaryKey(), name: text(), b: integer() },
        (t) => [unique("named").on(t.name)]);
      export const t = pgTable("t", { u: integer() }, (t) => [
        foreignKey({ name: "fk", columns: [t.u], foreignColumns: [u.id] }),
        check("positive", sql\`\${t.u} > 0\`),
        check("few", sql\`\${t.u} < 9\`),
      ]);`,
    },
    "schema.ts",
    live.url,
  );
  const { tables } = withUnsaid(said, await postgres.introspect(opened.connection));
  const constraints = new Map(
    tables.flatMap((it) => it.constraints).map(({ name, ...it }) => [name, it]),
  );
  expect(constraints.get("named"))
    .toEqual({ kind: "unique", columns: ["name"], include: ["b"], deferrable: "immediate" });
  expect(constraints.get("fk")).toEqual({
    kind: "foreignKey",
    columns: ["u"],
    references: { name: "u", columns: ["id"] },
    match: "full",
    deferrable: "deferred",
  });
  expect(constraints.get("positive")).toMatchObject({ noInherit: true });
  expect(constraints.get("few")).toMatchObject({ notValid: true });
});

test("Drizzle models may use objects that Drizzle cannot express, and views marked .existing()", async () => {
  await using live = await freshDatabase("postgres");
  await using opened = await openDatabase(parseDatabaseUrl(live.url), { create: false });
  for (
    const sql of [
      "CREATE EXTENSION citext",
      "CREATE DOMAIN amount AS int CHECK (VALUE > 0)",
      "CREATE FUNCTION next_id() RETURNS text LANGUAGE sql AS 'SELECT ''a''::text'",
      "CREATE TABLE old (a int)",
      "CREATE FUNCTION oldest(old) RETURNS int LANGUAGE sql AS 'SELECT $1.a'",
      "CREATE TABLE t (a citext DEFAULT next_id(), b amount)",
      "CREATE VIEW v AS SELECT a FROM t",
      "CREATE VIEW w AS SELECT a FROM t",
    ]
  ) await opened.connection.query({ sql });
  const actual = await postgres.introspect(opened.connection);
  const said = await drizzleOf(
    {
      "schema.ts": `import { sql } from "drizzle-orm";
      import { customType, pgTable, pgView, text } from "drizzle-orm/pg-core";
      const citext = customType({ dataType: () => "citext" })
      const amount = customType({ dataType: () => "amount" })
      export const t = pgTable("t", { a: citext().default(sql\`next_id()\`), b: amount() });
      export const v = pgView("v", { a: text() }).existing();`,
    },
    "schema.ts",
    live.url,
    actual,
  );
  const { objects } = withUnsaid(said, actual);
  expect(objects.map((it) => it.name).toSorted()).toEqual(
    ["amount", "citext", "next_id", "oldest", "v"],
  );
});

test("constraints on dropped columns, and collations of columns no longer text, are not kept", async () => {
  await using live = await freshDatabase("postgres");
  await using opened = await openDatabase(parseDatabaseUrl(live.url), { create: false });
  for (
    const sql of [
      `CREATE TABLE t (a text COLLATE "C", b int, c int, EXCLUDE USING btree (b WITH =))`,
      "CREATE INDEX i ON t (a) INCLUDE (b, c)",
    ]
  ) await opened.connection.query({ sql });
  const said = await drizzleOf(
    {
      "schema.ts": `import { index, integer, pgTable } from "drizzle-orm/pg-core";
      export const t = pgTable("t", { a: integer(), c: integer() }, (t) => [index("i").on(t.a)]);`,
    },
    "schema.ts",
    live.url,
  );
  const { tables } = withUnsaid(said, await postgres.introspect(opened.connection));
  expect(tables).toMatchObject([{
    columns: said.tables[0]?.columns ?? [],
    constraints: [],
    indexes: [{ name: "i", include: ["c"] }],
  }]);
  expect(tables[0]?.columns.map((it) => it.collation)).toEqual([undefined, undefined]);
});

test("AUTOINCREMENT that Drizzle models leave out is not taken from the live database", async () => {
  const text = (id: string) =>
    `import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
    export const t = sqliteTable("t", { id: integer("id").primaryKey(${id}) });`;
  const plain = await drizzleOf({ "s.ts": text("") }, "s.ts");
  const counting = await drizzleOf({ "s.ts": text("{ autoIncrement: true }") }, "s.ts");
  expect(withUnsaid(plain, counting)).toEqual(plain);
});

test("drizzle.config.ts gives the paths of the models and the casing of their columns", async () => {
  const table = (name: string) =>
    `import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
      export const t = sqliteTable("${name}", { firstName: text(), lastName: text("lastName") }, (t) => [index("${name}_i").on(t.firstName)]);`;
  const { tables } = await drizzleOf({
    "drizzle.config.ts":
      'export default { dialect: "sqlite", schema: ["./src/*.ts", "./more"], casing: "snake_case", out: "./x" };',
    "src/a.ts": table("a"),
    "src/b.ts": table("b"),
    "more/deep/c.ts": table("c"),
    "more/c.d.ts": "broken",
  }, "drizzle.config.ts");
  expect(tables.map((it) => [it.name, it.columns.map((one) => one.name), it.indexes[0]?.on]))
    .toEqual(
      ["a", "b", "c"].map((it) => [it, ["first_name", "lastName"], ["first_name"]]),
    );
});

const imports = 'import { pgTable, integer } from "drizzle-orm/pg-core";\n';

test("a Drizzle table of another dialect is an error naming the table", async () => {
  const models = drizzleOf(
    { "s.ts": `${imports}export const t = pgTable("t", { a: integer() });` },
    "s.ts",
  );
  await expect(models).rejects.toMatchObject({
    code: "models/invalid",
    message: 'Cannot use the Drizzle table "t": it is not a SQLite table',
    facts: { file: expect.stringContaining("s.ts") },
  });
});

test("a Drizzle table with an index on a missing column is an error naming the table", async () => {
  const models = drizzleOf({
    "s.ts": `import { index, integer, sqliteTable } from "drizzle-orm/sqlite-core";
      export const t = sqliteTable("t", { a: integer() }, (t) => [index("i").on(t.b)]);`,
  }, "s.ts");
  await expect(models).rejects.toMatchObject({
    code: "script/failed",
    message: 'Cannot read the table "t": it names a column that does not exist',
    facts: { file: expect.stringContaining("s.ts") },
  });
});

test("a callback in a Drizzle table that throws is an error with its file and line", async () => {
  const models = drizzleOf(
    {
      "s.ts": 'export * from "./t.ts";',
      "t.ts": `${imports}export const t = pgTable("t", {\na: integer().references(() => u.id) });`,
    },
    "s.ts",
    database.url,
  );
  await expect(models).rejects.toMatchObject({
    code: "script/failed",
    message: 'Cannot read the table "t": u is not defined',
    facts: { file: expect.stringContaining("t.ts"), line: 3 },
  });
});

test("a missing drizzle-orm package is an error naming it", async () => {
  using project = await projectOf({
    "s.ts": `${imports}export const t = pgTable("t", { a: integer() });`,
  });
  const models = desiredIn(project.environment, { models: ["s.ts"] });
  await expect(models).rejects.toThrow(/drizzle-orm/);
});
