import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { project } from "../project.ts";
import { run } from "../query.ts";
import { ages, posts, users, writeRevisions } from "./history.ts";

setDefaultTimeout(60_000);

const schemaText = `CREATE TABLE users (
    id INTEGER NOT NULL,
    email VARCHAR(255) NOT NULL,
    age INTEGER,
    CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE INDEX ix_users_age ON users (age);

CREATE TABLE posts (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    CONSTRAINT posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT posts_pkey PRIMARY KEY (id)
);
`;

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    test("a dump omits the tool's own tables, and loading it gives the same dump", async () => {
      await using one = await fresh();
      await using other = await fresh();
      using it = project({ env: { DATABASE_URL: one.url } });
      writeRevisions(it, [users, ages, posts]);
      await it.ok("upgrade", "head");
      const dump = await it.ok("dump");
      if (kind === "postgres") expect(dump).toStartWith(schemaText);
      expect(dump).toContain("CREATE VIEW adults AS");
      expect(dump).not.toContain("alembic_version");
      expect(dump).not.toContain("migrate_");
      expect(JSON.parse(await it.ok("dump", "--sql", "--json"))).toEqual({ sql: dump });
      await run(other.url, ...dump.split(";\n").filter((sql) => sql.trim() !== ""));
      expect(await it.ok("dump", "--database-url", other.url)).toBe(dump);
      expect(await it.ok("diff", one.url, other.url)).toStartWith("No differences between ");
    });

    test("dump --json prints the schema", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      await run(database.url, "CREATE TABLE one (n INTEGER DEFAULT 5)");
      expect(JSON.parse(await it.ok("dump", "--json"))).toEqual({
        dialect: kind === "postgres" ? "postgres" : "sqlite",
        tables: [{
          name: "one",
          columns: [{
            name: "n",
            type: { kind: "integer", bits: 32 },
            nullable: true,
            default: { sql: "5" },
          }],
          constraints: [],
          indexes: [],
        }],
        enums: [],
        objects: [],
      });
    });

    test("dump_after_upgrade keeps a schema file up to date", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", 'dump_after_upgrade = "schema.sql"\n');
      writeRevisions(it, [users, ages, posts]);
      await it.ok("upgrade", "bbbb", "--dry-run");
      await it.ok("stamp", "base");
      expect(existsSync(join(it.folder, "schema.sql"))).toBe(false);
      const { stderr } = await it.migrate("upgrade", "bbbb");
      expect(stderr).toEndWith("Wrote the schema to schema.sql\n");
      expect(it.read("schema.sql")).toBe(await it.ok("dump"));
      chmodSync(join(it.folder, "schema.sql"), 0o640);
      await it.ok("downgrade", "-1");
      expect(it.read("schema.sql")).toBe(await it.ok("dump"));
      expect(it.read("schema.sql")).not.toContain("age");
      expect(statSync(join(it.folder, "schema.sql")).mode & 0o777).toBe(0o640);
      expect((await it.migrate("upgrade", "aaaa")).stderr).not.toContain("Wrote");
    });
  });
}

test("a failure to write dump_after_upgrade does not undo the upgrade", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", 'dump_after_upgrade = "gone/schema.sql"\n');
  writeRevisions(it, [users]);
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain(`Error: Cannot write "schema.sql": there is no such folder
  at gone/schema.sql
  1 step was committed; the database is at aaaa
  Hint: The database itself is fine; write the file with: migrate dump
`);
  expect(await it.ok("current")).toBe("aaaa (head)\n");
});

test("dump_after_upgrade with the path of the models is an error", async () => {
  using it = project();
  it.write("migrate.toml", 'dump_after_upgrade = "schema.sql"\nmodels = ["schema.sql"]\n');
  const { status, stderr } = await it.migrate("heads");
  expect([status, stderr]).toEqual([
    1,
    'Error: Cannot write the schema to "schema.sql": that is where the models are\n' +
    "  at migrate.toml\n  Hint: Set dump_after_upgrade to another file\n",
  ]);
});

test("a dump keeps a BIGINT primary key on SQLite as BIGINT", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  await run(database.url, "CREATE TABLE old (id BIGINT PRIMARY KEY)");
  expect(await it.ok("dump")).toBe(
    "CREATE TABLE old (\n    id BIGINT,\n    PRIMARY KEY (id)\n);\n",
  );
});

/** Loads a script with the database's own shell. */
function load(command: readonly string[], script: string): void {
  const { exitCode, stderr } = Bun.spawnSync([...command], { stdin: Buffer.from(script) });
  expect([exitCode, stderr.toString()]).toEqual([0, ""]);
}

test.skipIf(Bun.which("psql") === null)(
  "psql loads a dump with serials, cycles, types, partitions and policies (skipped without psql)",
  async () => {
    await using one = await freshDatabase("postgres");
    await using other = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: one.url } });
    await run(
      one.url,
      "CREATE SEQUENCE ticket START 100",
      "CREATE TYPE mood AS ENUM ('sad', 'ok')",
      "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
      "CREATE FUNCTION next_ticket() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''ticket'')'",
      `CREATE TABLE "it's" (id serial PRIMARY KEY, n bigserial, "a b" smallserial, mood mood DEFAULT 'ok', mail email)`,
      `ALTER TABLE "it's" RENAME TO renamed`,
      "CREATE TABLE counted (id integer PRIMARY KEY DEFAULT nextval('ticket'), t bigint DEFAULT next_ticket())",
      "CREATE TABLE a (id bigint PRIMARY KEY, b bigint)",
      "CREATE TABLE b (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a bigint REFERENCES a (id))",
      "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id) DEFERRABLE",
      "CREATE TABLE part (n integer NOT NULL) PARTITION BY RANGE (n)",
      "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10)",
      "CREATE VIEW z AS SELECT id FROM a",
      "CREATE VIEW y AS SELECT id FROM z",
      // A column named like a view does not depend on that view.
      "CREATE VIEW first AS SELECT id AS second FROM a",
      "CREATE VIEW second AS SELECT second FROM first",
      "CREATE MATERIALIZED VIEW x AS SELECT id FROM y",
      "CREATE FUNCTION later() RETURNS SETOF x LANGUAGE sql AS 'SELECT * FROM x'",
      "ALTER TABLE a ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY seen ON a FOR SELECT USING (id IN (SELECT id FROM b))",
    );
    const dump = await it.ok("dump");
    load(["psql", "-qX", "-1", "-v", "ON_ERROR_STOP=1", other.url], dump);
    expect(await it.ok("dump", "--database-url", other.url)).toBe(dump);
    expect(await it.ok("diff", one.url, other.url)).toStartWith("No differences");
    expect(dump).toContain("    id serial NOT NULL,\n    n bigserial NOT NULL,\n");
    expect(dump).toContain("id INTEGER DEFAULT nextval('ticket'::regclass) NOT NULL");
    expect(dump).toContain(
      "ALTER TABLE b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES a (id);",
    );
  },
);

test.skipIf(Bun.which("sqlite3") === null)(
  "sqlite3 loads a dump with cycles, triggers and strict tables (skipped without sqlite3)",
  async () => {
    await using one = await freshDatabase("sqlite");
    await using other = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: one.url } });
    await run(
      one.url,
      "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b (id) DEFERRABLE INITIALLY DEFERRED)",
      "CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, a INTEGER REFERENCES a (id) ON DELETE SET NULL)",
      "CREATE TABLE strict_one (k TEXT, n ANY, m TEXT AS (n || ';'), PRIMARY KEY (k)) STRICT, WITHOUT ROWID",
      "CREATE VIEW z AS SELECT y.id FROM y -- the last; of two",
      "CREATE VIEW y AS SELECT id FROM a",
      "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b (a) VALUES (NEW.id); SELECT 1; END",
      "CREATE UNIQUE INDEX ix ON a (lower(b) COLLATE NOCASE DESC) WHERE b IS NOT NULL",
    );
    const dump = await it.ok("dump");
    load(["sqlite3", "-bail", new URL(other.url).pathname], dump);
    expect(await it.ok("dump", "--database-url", other.url)).toBe(dump);
    expect(await it.ok("diff", one.url, other.url)).toStartWith("No differences");
  },
);

test("objects left out of a dump are listed in it and in a warning", async () => {
  await using file = await freshDatabase("sqlite");
  await using server = await freshDatabase("postgres");
  using it = project();
  await run(file.url, "CREATE VIRTUAL TABLE search USING fts5 (body)");
  await run(
    server.url,
    "CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer)",
    "CREATE TYPE span AS RANGE (SUBTYPE = float8)",
    "CREATE TABLE t (n integer, m integer)",
    "CREATE STATISTICS together ON n, m FROM t",
    "CREATE RULE never AS ON DELETE TO t DO INSTEAD NOTHING",
    "ALTER TABLE t ADD CONSTRAINT filled NOT NULL m NOT VALID",
  );
  const dump = async (url: string) => {
    const { stdout, stderr } = await it.migrate("dump", "--database-url", url);
    return [stdout, stderr];
  };
  const hint =
    "  Hint: migrate does not read objects of this kind; create them in a revision, with op.execute\n";
  expect(await dump(file.url)).toEqual([
    "-- Left out: virtual table search\n",
    `Warning: Left out of the dump: virtual table search\n${hint}`,
  ]);
  expect(await dump(server.url)).toEqual([
    "-- Left out: NOT VALID of the NOT NULL on t.m\n-- Left out: aggregate total\n" +
    "-- Left out: range type span\n-- Left out: rule never\n-- Left out: statistics together\n" +
    "CREATE TABLE t (\n    n INTEGER,\n    m INTEGER NOT NULL\n);\n",
    "Warning: Left out of the dump: NOT VALID of the NOT NULL on t.m, aggregate total, " +
    `range type span, rule never, statistics together\n${hint}`,
  ]);
});

test("a dump of a missing SQLite file is empty, says so, and does not create the file", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  expect(await it.migrate("dump")).toEqual({
    status: 0,
    stdout: "",
    stderr: `Warning: The dump is empty: sqlite:///${it.folder}/none.db does not exist
  Hint: Check the path in the URL, or type "migrate upgrade head"
`,
  });
  expect(existsSync(join(it.folder, "none.db"))).toBe(false);
});
