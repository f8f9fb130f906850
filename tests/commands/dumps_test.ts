import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Schema } from "../../lib/schema/schema.ts";
import { openDatabase } from "../../lib/database/open_database.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { desiredOf } from "./desired.ts";

setDefaultTimeout(60_000);

/** Returns the files of a project whose models are the dump `name`, with the setting `scratch`. */
function projectWith(name: string, scratch: "server" | "embedded"): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, "dumps", name), "utf8");
  return {
    "migrate.toml": `models = "dump.sql"\nschemas = ["public", "billing"]\nscratch = "${scratch}"`,
    "dump.sql": text,
  };
}

for (const name of ["pg_dump.sql", "pg_dump_create.sql"]) {
  test(`the output of pg_dump serves as models unchanged, on a server and embedded: ${name}`, async () => {
    await using database = await freshDatabase("postgres");
    const { url } = database;
    const embedded = await desiredOf(projectWith(name, "embedded"), { url });
    await using opened = await openDatabase(parseDatabaseUrl(url), { create: false });
    // The policy's role must exist; the owners of tables need not.
    await opened.connection.query({ sql: "CREATE ROLE reader" });
    const server = await desiredOf(projectWith(name, "server"), { url }).finally(() =>
      opened.connection.query({ sql: "DROP ROLE reader" })
    );
    expect(server).toEqual(embedded);
    expect(summary(server)).toEqual([
      "billing.invoices",
      "billing.invoices_2026",
      "users",
      "domain email",
      "extension citext",
      "extension pg_trgm",
      "function touch",
      "index totals_user_id_idx",
      "materializedView totals",
      "policy own",
      "schema billing",
      "trigger touch",
      "view adults",
    ]);
  });
}

for (const name of ["sqlite_schema.sql", "sqlite_dump.sql"]) {
  test(`the output of sqlite3 serves as models unchanged, even with virtual tables: ${name}`, async () => {
    const { "dump.sql": text = "" } = projectWith(name, "server");
    const schema = await desiredOf({ "dump.sql": text }, { models: ["dump.sql"] });
    expect(summary(schema)).toEqual(["odd name", "users", "trigger touch", "view names"]);
  });
}

function summary({ tables, objects }: Schema): readonly string[] {
  return [
    ...tables.map((it) => it.schema === undefined ? it.name : `${it.schema}.${it.name}`).toSorted(),
    ...objects.map((it) => `${it.kind} ${it.name}`).toSorted(),
  ];
}

const foreign = [
  "CREATE DATABASE mine",
  "DROP DATABASE postgres",
  "ALTER DATABASE postgres SET search_path = x",
  "CREATE ROLE mine SUPERUSER",
  "/* c */ create -- c\n user mine",
  "DROP ROLE postgres",
  "CREATE TABLESPACE mine LOCATION '/tmp'",
  "ALTER SYSTEM SET fsync = off",
  "COMMENT ON DATABASE postgres IS 'mine'",
  "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
  "SET ROLE postgres",
  "REASSIGN OWNED BY a TO b",
  "ALTER TABLE t OWNER TO nobody",
  "GRANT SELECT ON t TO nobody",
  "ALTER DEFAULT PRIVILEGES FOR ROLE nobody GRANT SELECT ON TABLES TO nobody",
  "SET from_another_version = 1",
  "CREATE SCHEMA public",
  "COMMENT ON EXTENSION plpgsql IS 'x'",
  "INSERT INTO t VALUES (1)",
  "COPY t (a) FROM stdin;\n1\n\\.\n",
  "BEGIN",
  "COMMIT",
];

test("statements that are not about the schema are skipped, and leave the server untouched", async () => {
  await using database = await freshDatabase("postgres");
  await using opened = await openDatabase(parseDatabaseUrl(database.url), { create: false });
  const shared = () =>
    opened.connection.query({
      sql: `SELECT rolname FROM pg_roles UNION ALL SELECT datname FROM pg_database
        WHERE datname NOT LIKE 'migrate\\_%' ORDER BY 1`,
    });
  const before = await shared();
  const text = ["CREATE TABLE t (a int)", ...foreign, "CREATE TABLE u (a int)"].join(";\n");
  const { tables } = await desiredOf({ "s.sql": text }, { url: database.url, models: ["s.sql"] });
  expect(tables.map((it) => it.name)).toEqual(["t", "u"]);
  expect(await shared()).toEqual(before);
});

const refusals: readonly (readonly [string, string, object])[] = [
  ["a psql command", "\\i other.sql\n", {
    code: "script/syntax",
    facts: { line: 1 },
  }],
  ["an unavailable extension", "CREATE TABLE t (a int);\nCREATE EXTENSION postgis;", {
    code: "models/invalid",
    message: 'Cannot load the models: extension "postgis" is not available',
    facts: { line: 2, hint: expect.stringContaining("Install postgis on the server") },
  }],
  ["an unknown type", "\n\nCREATE TABLE t (\n  a int,\n  b itn\n);", {
    message: 'Cannot load the models: type "itn" does not exist',
    facts: { line: 5, detail: expect.stringContaining("b itn\n      ^") },
  }],
];

for (const [name, text, error] of refusals) {
  test(`${name} in the models is an error with its line`, async () => {
    await using database = await freshDatabase("postgres");
    const files = { "s.sql": text };
    const models = desiredOf(files, { url: database.url, models: ["s.sql"] });
    await expect(models).rejects.toMatchObject(error);
  });
}
