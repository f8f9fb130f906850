import { expect, setDefaultTimeout, test } from "bun:test";
import { openDatabase } from "../../lib/database/open_database.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { desiredIn, desiredOf, projectOf } from "./desired.ts";

setDefaultTimeout(60_000);

test("readDesired() returns types and defaults as the server spells them", async () => {
  await using database = await freshDatabase("postgres");
  const files = {
    "migrate.toml": 'models = "schema.sql"',
    "schema.sql": "CREATE TABLE t (a varchar(20) DEFAULT 'x', b timestamptz DEFAULT now());",
  };
  const { tables } = await desiredOf(files, { url: database.url });
  expect(tables.map((it) => it.columns)).toMatchObject([[
    { name: "a", type: { kind: "string", length: 20 }, default: { sql: "'x'::character varying" } },
    { name: "b", default: { sql: "now()" } },
  ]]);
});

test("readDesired() reads the files of a folder by name, and several sources in order", async () => {
  const schema = await desiredOf({
    "migrate.toml": 'models = ["db", "views.sql"]',
    "db/2.sql": "CREATE INDEX by_a ON t (a);",
    "db/1.sql": "CREATE TABLE t (a int);",
    "db/.hidden.sql": "broken",
    "db/README.md": "broken",
    "views.sql": "CREATE VIEW v AS SELECT a FROM t;",
  });
  expect(schema.tables.map((it) => [it.name, it.indexes.length])).toEqual([["t", 1]]);
  expect(schema.objects.map((it) => it.name)).toEqual(["v"]);
});

test("readDesired() prefers models from the command line to configured ones", async () => {
  const files = {
    "migrate.toml": 'models = "missing.sql"',
    "other.sql": "CREATE TABLE other (a int);",
  };
  const { tables } = await desiredOf(files, { models: ["other.sql"] });
  expect(tables.map((it) => it.name)).toEqual(["other"]);
});

test("readDesired() leaves out the version table and the history table", async () => {
  const { tables } = await desiredOf({
    "migrate.toml": 'models = "schema.sql"\nversion_table = "versions"',
    "schema.sql":
      "CREATE TABLE versions (a); CREATE TABLE migrate_history (a); CREATE TABLE t (a);",
  });
  expect(tables.map((it) => it.name)).toEqual(["t"]);
});

test("readDesired() reads the schema of another database by its URL", async () => {
  await using other = await freshDatabase("postgres");
  await using live = await freshDatabase("postgres");
  await using opened = await openDatabase(parseDatabaseUrl(other.url), { create: false });
  await opened.connection.query({ sql: "CREATE TABLE there (a int)" });
  const { tables } = await desiredOf({}, { url: live.url, models: [other.url] });
  expect(tables.map((it) => it.name)).toEqual(["there"]);
});

test("readDesired() resolves a SQLite path from a variable against the configuration's folder", async () => {
  using project = await projectOf({
    "migrate.toml": 'models = "${OTHER}"',
    ".env": "OTHER=sqlite:///./other.db",
  });
  const url = `sqlite:///${project.folder}/other.db`;
  await using opened = await openDatabase(parseDatabaseUrl(url), { create: true });
  await opened.connection.query({ sql: "CREATE TABLE there (a int)" });
  const { tables } = await desiredIn(project.environment, {});
  expect(tables.map((it) => it.name)).toEqual(["there"]);
});

const failures: readonly (readonly [string, Readonly<Record<string, string>>, object])[] = [
  ["without any models", {}, { code: "models/missing" }],
  ["for a missing file", { "migrate.toml": 'models = "no.sql"' }, {
    code: "models/missing",
  }],
  ["for a folder without models", { "migrate.toml": 'models = "db"', "db/x.md": "" }, {
    code: "models/missing",
  }],
  ["for a file of an unknown type", { "migrate.toml": 'models = "x.py"', "x.py": "" }, {
    code: "models/invalid",
  }],
  [
    "for a revision file",
    { "migrate.toml": 'models = "x.sql"', "x.sql": "\n-- migrate:up\nSELECT 1;" },
    {
      code: "models/invalid",
      facts: { line: 2 },
    },
  ],
  ["with the line and text of a statement that the database rejects", {
    "migrate.toml": 'models = "x.sql"',
    "x.sql": "CREATE TABLE t (a int);\n\n-- why\nCREATE TABEL u (a int);\n",
  }, {
    code: "models/invalid",
    message: 'Cannot load the models: near "TABEL": syntax error',
    facts: { line: 4, detail: expect.stringContaining("CREATE TABEL u (a int)") },
  }],
  ["with what was probably meant", {
    "migrate.toml": 'models = "x.sql"',
    "x.sql": "CREATE TABLE t (email text);\nCREATE INDEX ix ON t (emial);\n",
  }, {
    message: "Cannot load the models: no such column: emial",
    facts: { hint: 'Did you mean "email"?', file: expect.stringMatching(/x\.sql$/), line: 2 },
  }],
];

for (const [name, files, error] of failures) {
  test(`readDesired() fails ${name}`, async () => {
    await expect(desiredOf(files)).rejects.toMatchObject(error);
  });
}
