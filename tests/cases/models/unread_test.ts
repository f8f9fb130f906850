import { expect, setDefaultTimeout, test } from "bun:test";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { query } from "../query.ts";
import { project } from "../project.ts";

setDefaultTimeout(60_000);

const cases = [{
  kind: "sqlite",
  made: "CREATE VIRTUAL TABLE docs USING fts5(title)",
  name: "virtual table docs",
}, {
  kind: "postgres",
  made: "CREATE TYPE span AS RANGE (subtype = integer)",
  name: "range type span",
}, {
  kind: "postgres",
  made: "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w; " +
    "CREATE CAST (boolean AS date) WITH INOUT",
  name: "cast boolean AS date, foreign server far",
}] as const;

for (const { kind, made, name } of cases) {
  test(`${kind}: what is never compared and is missing is a warning: ${name}`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    await it.ok("init", "--quiet");
    it.write("schema.sql", `${made};\n`);
    for (const _ of ["asked", "kept"]) {
      const { stderr, status } = await it.migrate("check", "--models", "schema.sql");
      expect(stderr).toContain(
        `Warning: Not compared, and missing from the database: ${name}\n` +
          "  Hint: migrate does not read objects of this kind; create them in a revision, with op.execute\n",
      );
      expect(status).toBe(0);
    }
    await query(database.url, made);
    expect((await it.migrate("check", "--models", "schema.sql")).stderr).not.toContain("Warning");
    const options = ["--autogenerate", "--from-revisions", "--models", "database"];
    expect((await it.migrate("revision", ...options)).stderr).toContain(
      `Warning: Not compared, and missing from what the revisions make: ${name}\n`,
    );
  });
}

test("a NOT NULL that only the database or only the models have NOT VALID is a warning", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init", "--quiet");
  const table = "CREATE TABLE t (a integer)";
  const notNull = "ALTER TABLE t ADD CONSTRAINT filled NOT NULL a";
  const notValid = `${notNull} NOT VALID`;
  await query(database.url, table);
  await query(database.url, notValid);
  const check = async (...models: readonly string[]) => {
    it.write("schema.sql", models.map((one) => `${one};\n`).join(""));
    const { stdout, stderr } = await it.migrate("check", "--models", "schema.sql");
    expect(stdout).toBe("No new upgrade operations detected.\n");
    return stderr.split("\n").filter((line) => /^(?:Warning| {2}Hint)/.test(line));
  };
  expect(await check(table, notNull)).toEqual([
    "Warning: Not compared, and only in the database: NOT VALID of the NOT NULL on t.a",
    '  Hint: Check the rows in a revision, with op.execute("ALTER TABLE … VALIDATE CONSTRAINT …")',
  ]);
  expect(await check(table, notValid)).toEqual([]);
  expect(await check(table, "ALTER TABLE t ADD NOT NULL a NOT VALID")).toEqual([]);
  await query(database.url, "ALTER TABLE t VALIDATE CONSTRAINT filled");
  expect(await check(table, notNull)).toEqual([]);
  expect((await check(table, notValid))[0]).toBe(
    "Warning: Not compared, and missing from the database: NOT VALID of the NOT NULL on t.a",
  );
});

const models = [{
  file: "schema.ts",
  text: `import { column, integer, table } from "migrate";
    export const a = table("app.a", column("b", integer())), c = table("public.c", column("b", integer()));`,
}, {
  file: "schema.sql",
  text: "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('ok'); CREATE TABLE c (b integer);",
}];

for (const { file, text } of models) {
  test(`${file} in another schema is a warning unless schemas is configured`, async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    await it.ok("init", "--quiet");
    it.write(file, text);
    for (const _ of ["asked", "kept"]) {
      const { stderr } = await it.migrate("check", "--models", file);
      expect(stderr).toContain(
        "Warning: Not compared: what the models have in the schema app\n" +
          '  Hint: Set in migrate.toml which schemas are read: schemas = ["public", "app"]\n',
      );
    }
    it.write("migrate.toml", 'schemas = ["public"]');
    expect((await it.migrate("check", "--models", file)).stderr).not.toContain("Warning");
  });
}
