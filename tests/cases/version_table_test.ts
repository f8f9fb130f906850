import { expect, test } from "bun:test";
import { databases, freshDatabase } from "../servers/fresh_database.ts";
import { project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

/** What may be found instead of a valid version table, and what is said about it. */
const found: readonly {
  readonly name: string;
  readonly statements: readonly string[];
  readonly says: string;
  /** The commands that cannot go on; default all. */
  readonly commands?: readonly string[];
}[] = [
  {
    name: "NULL",
    statements: [
      "CREATE TABLE alembic_version (version_num VARCHAR(32))",
      "INSERT INTO alembic_version VALUES (NULL)",
    ],
    says: "it holds NULL where a revision id should be",
  },
  {
    name: "an empty string",
    statements: [
      "CREATE TABLE alembic_version (version_num VARCHAR(32))",
      "INSERT INTO alembic_version VALUES ('')",
    ],
    says: "it holds an empty string where",
  },
  {
    name: "a number",
    statements: [
      "CREATE TABLE alembic_version (version_num INTEGER)",
      "INSERT INTO alembic_version VALUES (12)",
    ],
    says: "where a revision id should be",
  },
  {
    name: "a duplicate row",
    statements: [
      "CREATE TABLE alembic_version (version_num VARCHAR(32))",
      "INSERT INTO alembic_version VALUES ('one'), ('one')",
    ],
    says: "it holds one twice",
  },
  {
    name: "other columns",
    statements: ["CREATE TABLE alembic_version (id INTEGER, release VARCHAR(32))"],
    says: "it has no column version_num",
  },
  {
    name: "an unknown revision",
    statements: [
      "CREATE TABLE alembic_version (version_num VARCHAR(32))",
      "INSERT INTO alembic_version VALUES ('elsewhere')",
    ],
    says: "Can't locate revision identified by 'elsewhere'",
    commands: ["upgrade head", "downgrade base", "downgrade -1"],
  },
  {
    name: "an extra NOT NULL column",
    statements: ["CREATE TABLE alembic_version (version_num VARCHAR(32), extra TEXT NOT NULL)"],
    says: "extra",
    commands: ["upgrade head", "stamp head"],
  },
  {
    name: "a view in its place",
    statements: [
      "CREATE VIEW alembic_version AS SELECT 'one' AS version_num WHERE 1 = 0",
    ],
    says: "alembic_version",
    commands: ["upgrade head", "stamp head"],
  },
];

for (const source of databases()) {
  for (
    const {
      name,
      statements,
      says,
      commands = ["current", "upgrade head", "downgrade base", "stamp head", "history -i"],
    } of found
  ) {
    test(`${source.name}: an invalid version table is an error: ${name}`, async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write(
        "migrations/versions/1.sql",
        sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);", downSql: "DROP TABLE a;" }),
      );
      await run(database.url, ...statements);
      const rows = () => query(database.url, "SELECT * FROM alembic_version");
      const before = await rows();
      for (const line of commands) {
        const { status, stdout, stderr } = await it.migrate(...line.split(" "));
        expect({ line, status, stdout }).toEqual({ line, status: 1, stdout: "" });
        expect(stderr).toContain(says);
        expect(stderr).not.toContain("bug in migrate");
        expect(stderr.trim().split("\n").length).toBeLessThan(9);
      }
      expect(await rows()).toEqual(before);
      expect(await query(database.url, tables(source.kind))).toEqual([]);
    }, 60_000);
  }
}

for (const { name, kind, fresh } of databases()) {
  test(
    `${name}: a revision that writes to the version table itself is refused, and rolled back`,
    async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one" }));
      await it.ok("upgrade", "head");
      const up = "CREATE TABLE a (id INTEGER);\nDELETE FROM alembic_version;";
      it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up }));
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect([status, stderr]).toEqual([1, expect.stringContaining("No step was committed")]);
      expect(stderr).toContain(
        kind === "libsql"
          ? "Cannot record revision two: its own statements change the version table"
          : "Cannot continue: the version table changes while the revisions run",
      );
      expect(await query(database.url, "SELECT * FROM alembic_version")).toEqual([
        { version_num: "one" },
      ]);
      expect(await query(database.url, tables(kind))).toEqual([]);
      const more = "INSERT INTO alembic_version VALUES ('three');";
      it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up: more }));
      expect((await it.migrate("upgrade", "head")).stderr).toContain(
        "Cannot record revision two: its own statements change the version table",
      );
      expect(await query(database.url, "SELECT * FROM alembic_version")).toEqual([
        { version_num: "one" },
      ]);
    },
    60_000,
  );

  test(
    `${name}: a missing schema for the version table is an error with a hint`,
    async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "SELECT 1;" }));
      it.write("migrate.toml", 'version_table_schema = "meta"\n');
      for (const words of [["upgrade", "head"], ["stamp", "head"], ["ensure_version"]]) {
        expect(await it.migrate(...words)).toMatchObject({
          status: 1,
          stderr: expect.stringMatching(
            kind === "postgres"
              ? /Error: Cannot create the version table: schema "meta" does not exist[^]*Hint: .*CREATE SCHEMA meta\b/
              : /Error: Cannot create the version table: unknown database meta[^]*Hint: Leave version_table_schema out/,
          ),
        });
      }
    },
    60_000,
  );
}

test("a missing schema for new tables is an error with a hint", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "SELECT 1;" }));
  await run(database.url, "DROP SCHEMA public");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining("Hint: Create the schema that new"),
  ]);
  await run(database.url, "CREATE SCHEMA public");
  await it.ok("upgrade", "head");
}, 60_000);

test(
  "ensure_version as a role that may not create tables is an error with a hint",
  async () => {
    await using database = await freshDatabase("postgres");
    const role = `lacking_${Date.now()}`;
    await run(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'lacking'`);
    try {
      const url = new URL(database.url);
      [url.username, url.password] = [role, "lacking"];
      using it = project({ env: { DATABASE_URL: url.href } });
      const { status, stderr } = await it.migrate("ensure_version");
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining(
          "Error: Cannot create the version table: permission denied for schema public\n  Hint: Connect as a role that may",
        ),
      ]);
    } finally {
      await run(database.url, `DROP ROLE ${role}`);
    }
  },
  60_000,
);

function tables(kind: "postgres" | "sqlite" | "libsql"): string {
  return kind === "postgres"
    ? "SELECT tablename FROM pg_tables WHERE tablename = 'a'"
    : "SELECT name FROM sqlite_schema WHERE name = 'a'";
}

for (const source of databases()) {
  for (const rest of ["", "transaction_per_migration = true\n"]) {
    test(`${source.name}: every revision finds the row of the one before it (${rest.trim() || "one transaction"})`, async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", rest);
      const look = (by: string) =>
        `INSERT INTO seen SELECT '${by}', version_num FROM alembic_version;`;
      const table = (name: string) => `CREATE TABLE ${name} (id INTEGER, note TEXT);`;
      const ups = [
        "CREATE TABLE seen (by_whom TEXT, found TEXT);",
        table("a"),
        table("b"),
        `${table("c")}\n${look("four")}`,
        "",
        table("d"),
        look("seven"),
        table("e"),
        "",
      ];
      const ids = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
      for (const [index, up] of ups.entries()) {
        const down = ids.slice(Math.max(0, index - 1), index);
        it.write(
          `migrations/versions/${index}.sql`,
          sqlRevision({ id: ids[index] ?? "", down, up }),
        );
      }
      const { stderr } = await it.migrate("upgrade", "head");
      expect(stderr.match(/^Running upgrade .*/gm)?.length).toBe(ids.length);
      expect(await query(database.url, "SELECT * FROM seen ORDER BY found DESC")).toEqual([
        { by_whom: "four", found: "three" },
        { by_whom: "seven", found: "six" },
      ]);
      expect(await versions(database.url)).toEqual(["nine"]);
      const recorded = await query(
        database.url,
        "SELECT revision, statements FROM migrate_history ORDER BY id",
      );
      expect(recorded.map((it) => it["revision"])).toEqual(ids);
      expect(recorded.map((it) => Number(it["statements"]))).toEqual([1, 1, 1, 2, 0, 1, 1, 1, 0]);
    });
  }
}

const watchers = {
  "a script": (trigger: string) => sqlRevision({ id: "three", down: ["two"], up: trigger }),
  "code": (trigger: string) =>
    `export const revision = "three";
     export const downRevision = "two";
     export function upgrade(op) { op.run("watch", (db) => db.query(${JSON.stringify(trigger)})); }
     export function downgrade() {}`,
};

for (const [by, revision] of Object.entries(watchers)) {
  test(`sqlite: a trigger on the version table, made by ${by}, sees every revision after it`, async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    const write = (id: string, down: readonly string[], up: string) =>
      it.write(`migrations/versions/${id}.sql`, sqlRevision({ id, down, up }));
    write("one", [], "CREATE TABLE audit (was TEXT, became TEXT);");
    write("two", ["one"], "CREATE TABLE a (id INTEGER);");
    const trigger = "CREATE TRIGGER tr AFTER UPDATE ON alembic_version BEGIN " +
      "INSERT INTO audit VALUES (OLD.version_num, NEW.version_num); END;";
    it.write(`migrations/versions/three.${by === "code" ? "js" : "sql"}`, revision(trigger));
    write("four", ["three"], "CREATE TABLE b (id INTEGER);");
    write("five", ["four"], "CREATE TABLE c (id INTEGER);");
    await it.ok("upgrade", "head");
    const seen = [["two", "three"], ["three", "four"], ["four", "five"]];
    const audit = () => query(database.url, "SELECT * FROM audit ORDER BY rowid");
    expect((await audit()).map((row) => [row["was"], row["became"]])).toEqual(seen);
    write("six", ["five"], "CREATE TABLE d (id INTEGER);");
    write("seven", ["six"], "CREATE TABLE e (id INTEGER);");
    await it.ok("upgrade", "head");
    expect((await audit()).map((row) => [row["was"], row["became"]]))
      .toEqual([...seen, ["five", "six"], ["six", "seven"]]);
  });
}

test(
  "a function that sets the search path does not send the version row to another table",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = `CREATE SCHEMA ten;
    CREATE TABLE ten.alembic_version (version_num varchar(32) PRIMARY KEY);
    INSERT INTO ten.alembic_version VALUES ('one');
    CREATE FUNCTION use_ten() RETURNS text LANGUAGE sql AS $$ SELECT set_config('search_path', 'ten', false) $$;`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    it.write("migrate.toml", "history = false\n");
    await it.ok("upgrade", "head");
    const uses = { down: ["one"], up: "SELECT public.use_ten();" };
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", ...uses }));
    it.write("migrations/versions/3.sql", sqlRevision({ id: "three", down: ["two"] }));
    await it.ok("upgrade", "head");
    expect(await query(database.url, "SELECT version_num AS v FROM public.alembic_version"))
      .toEqual([
        { v: "three" },
      ]);
    expect(await query(database.url, "SELECT version_num AS v FROM ten.alembic_version")).toEqual([
      { v: "one" },
    ]);
  },
);
