import { expect, test } from "bun:test";
import { databases, freshDatabase } from "../servers/fresh_database.ts";
import { project, sqlRevision, untilSaid } from "./project.ts";
import { query, run, versions } from "./query.ts";

const longest = 60_000;

const three = [
  sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER PRIMARY KEY);" }),
  sqlRevision({ id: "two", down: ["one"], up: "CREATE TABLE b (id INTEGER PRIMARY KEY);" }),
  sqlRevision({
    id: "three",
    down: ["two"],
    up: "CREATE TABLE c (id INTEGER PRIMARY KEY);\nINSERT INTO nowhere\n  VALUES (1);",
  }),
];

for (const source of databases()) {
  for (const perMigration of [false, true]) {
    const stays = perMigration || source.kind === "libsql"; // a libSQL server gets a transaction a revision
    test(
      `${source.name}: when the third of three fails, ${
        stays ? "the first two stay" : "nothing stays"
      } (transaction_per_migration = ${perMigration})`,
      async () => {
        await using database = await source.fresh();
        using it = project({ env: { DATABASE_URL: database.url } });
        it.write("migrate.toml", `transaction_per_migration = ${perMigration}\n`);
        for (const [n, text] of three.entries()) it.write(`migrations/versions/${n}.sql`, text);
        const { status, stdout, stderr } = await it.migrate("upgrade", "head");
        expect([status, stdout]).toEqual([1, ""]);
        expect(stderr).toContain("Cannot upgrade to three:");
        expect(stderr).toContain("at migrations/versions/2.sql:6");
        expect(stderr).toContain("nowhere");
        expect(stderr).toContain(
          stays
            ? "2 steps were committed; the database is at two"
            : "No step was committed; the database is at base",
        );
        expect(await versions(database.url)).toEqual(stays ? ["two"] : []);
        const failures = await query(
          database.url,
          "SELECT revision, outcome FROM migrate_history WHERE outcome = 'failed'",
        );
        expect(failures).toEqual([{ revision: "three", outcome: "failed" }]);
        const json = await it.migrate("upgrade", "head", "--json");
        expect(JSON.parse(json.stdout)).toMatchObject({
          error: {
            code: "database/failed",
            revision: "three",
            file: "migrations/versions/2.sql",
            line: 6,
          },
          from: stays ? ["two"] : [],
          to: stays ? ["two"] : [],
          steps: [],
        });
      },
      longest,
    );
  }

  test(
    `${source.name}: an error in a very large script names its line, and nothing stays`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      const row = (id: number) =>
        `INSERT INTO a VALUES (${id}, '${"😀 more; text -- ".repeat(4)}');`;
      const rows = Array.from({ length: 20_000 }, (_, id) => row(id === 17_321 ? 5 : id));
      const up = ["CREATE TABLE a (id INTEGER PRIMARY KEY, note TEXT);", ...rows].join("\n");
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
      const line = it.read("migrations/versions/1.sql").split("\n").lastIndexOf(row(5)) + 1;
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain(`at migrations/versions/1.sql:${line}`);
      expect(stderr).toContain("No step was committed; the database is at base");
      expect(await versions(database.url)).toEqual([]);
    },
    longest,
  );

  test(
    `${source.name}: op.run sees the transaction's changes, and an exception in it undoes them`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write(
        "migrations/versions/1.ts",
        `
      import { column, integer, text, type Operations } from "migrate";
      export const revision = "one";
      export const downRevision = null;
      export function upgrade(op: Operations): void {
        op.createTable("people", column("id", integer(), { primaryKey: true }), column("name", text()));
        op.bulkInsert("people", [{ name: "it's Ada" }, { name: null }]);
        op.run("look, and act", async (db, op) => {
          const rows = await db.query\`SELECT name FROM people WHERE name = \${"it's Ada"}\`;
          if (rows.length !== 1) throw new Error("not one row");
          const { tables } = await db.inspect();
          if (!tables.some((it) => it.name === "audit")) await op.createTable("audit", column("id", integer(), { primaryKey: true }));
          if (op.x.fail) throw new Error("asked to fail");
        });
      }
    `,
      );
      const failed = await it.migrate("upgrade", "head", "-x", "fail=yes");
      expect(failed.status).toBe(1);
      expect(failed.stderr).toContain("Cannot upgrade to one: asked to fail");
      expect(failed.stderr).toContain("1.ts:");
      expect(await versions(database.url)).toEqual([]);
      await it.ok("upgrade", "head");
      expect(await query(database.url, "SELECT count(*) AS n FROM audit")).toEqual([{ n: 0 }]);
      expect(await query(database.url, "SELECT count(*) AS n FROM people")).toEqual([{ n: 2 }]);
    },
    longest,
  );

  test(
    `${source.name}: a script's own BEGIN or COMMIT is refused before anything runs`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write(
        "migrations/versions/1.sql",
        sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" }),
      );
      it.write(
        "migrations/versions/2.sql",
        sqlRevision({ id: "two", down: ["one"], up: "CREATE TABLE b (id INTEGER);\nCOMMIT;" }),
      );
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain("its COMMIT would begin or end a transaction itself");
      expect(stderr).toContain("2.sql:6");
      expect(await it.ok("current")).toBe("");
    },
    longest,
  );
}

test(
  "postgres: CREATE INDEX CONCURRENTLY is refused in a transaction, and runs outside one",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const index = "CREATE INDEX CONCURRENTLY ix ON a (id);";
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" }),
    );
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up: index }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toContain("CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
    expect(stderr).toContain(`Add "-- transaction: false" to the header`);
    expect(await query(database.url, "SELECT to_regclass('alembic_version') AS made")).toEqual([{
      made: null,
    }]);
    it.write(
      "migrations/versions/2.sql",
      sqlRevision({ id: "two", down: ["one"], up: index, more: ["-- transaction: false"] }),
    );
    await it.ok("upgrade", "head");
    expect(await versions(database.url)).toEqual(["two"]);
  },
  longest,
);

test(
  "postgres: CREATE INDEX CONCURRENTLY after a comment in a module is refused, too",
  async () => {
    await using database = await freshDatabase("postgres");
    await run(database.url, "CREATE TABLE t (id integer)");
    using it = project({ env: { DATABASE_URL: database.url } });
    const write = (header: string) =>
      it.write(
        "migrations/versions/1.ts",
        `export const revision = "one";
export const downRevision = null;${header}
export function upgrade(op) {
  op.execute(\`
    -- while others write
    CREATE INDEX CONCURRENTLY ix ON t (id)
  \`);
}
`,
      );
    write("");
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toContain("CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
    expect(stderr).toContain(`Add "export const transaction = false;" to the header`);
    write(" export const transaction = false;");
    await it.ok("upgrade", "head");
    expect(await query(database.url, "SELECT to_regclass('ix') AS ix")).toEqual([{ ix: "ix" }]);
  },
  longest,
);

test(
  "postgres: using an enum value in the transaction that adds it is refused beforehand",
  async () => {
    await using database = await freshDatabase("postgres");
    await run(database.url, "CREATE TYPE mood AS ENUM ('sad')");
    using it = project({ env: { DATABASE_URL: database.url } });
    const add = "ALTER TYPE mood ADD VALUE 'glad';";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: add }));
    it.write(
      "migrations/versions/2.sql",
      sqlRevision({
        id: "two",
        down: ["one"],
        up: "CREATE TABLE m AS SELECT 'glad'::mood AS mood;",
      }),
    );
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toContain("it uses 'glad', which the same transaction adds to the enum mood");
    expect(await query(database.url, "SELECT enumlabel FROM pg_enum")).toEqual([{
      enumlabel: "sad",
    }]);
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({
        id: "one",
        up: `${add}\nCREATE TABLE glad AS SELECT 'glad'::mood AS mood;`,
        more: ["-- transaction: false"],
      }),
    );
    await it.ok("upgrade", "head");
    expect(await query(database.url, "SELECT mood::text FROM m")).toEqual([{ mood: "glad" }]);
  },
  longest,
);

test(
  "postgres: a possible use of a new enum value is a warning, and its error has a hint",
  async () => {
    await using database = await freshDatabase("postgres");
    await run(database.url, "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE m (mood mood)");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = "ALTER TYPE mood ADD VALUE 'glad';\nINSERT INTO m VALUES ('glad');";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "Warning: Revision one may use 'glad', which revision one adds to the enum mood in the same transaction\n",
    );
    expect(stderr).toContain(
      'Hint: Add the value in a revision before this one, with "-- transaction: false" in its header, or "export const transaction = false;"\n',
    );
  },
  longest,
);

test(
  "postgres: outside a transaction, statements before a failure stay, as the error says",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up =
      "CREATE TABLE a (id INTEGER);\nCREATE INDEX CONCURRENTLY ix ON a (id);\nSELECT 1;\nSELECT 1/0;";
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({ id: "one", up, more: ["-- transaction: false"] }),
    );
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toContain("division by zero");
    expect(stderr).toContain("migrations/versions/1.sql:9\n");
    expect(stderr).toContain("The first 3 statements of this revision are done and stay");
    expect(await versions(database.url)).toEqual([]);
    expect(await query(database.url, "SELECT count(*) AS n FROM a")).toEqual([{ n: 0 }]);
  },
  longest,
);

test(
  "postgres: an error found by COMMIT names the revision, or all of several",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up =
      "CREATE TABLE a (id INTEGER PRIMARY KEY REFERENCES a DEFERRABLE INITIALLY DEFERRED, b INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO a VALUES (1, 2);";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'Error: Cannot upgrade to one: insert or update on table "a" violates foreign key constraint "a_b_fkey"\n' +
          '  at migrations/versions/1.sql\n  COMMIT\nDetail: Key (b)=(2) is not present in table "a".\n',
      ),
    ]);
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"] }));
    const both = await it.migrate("upgrade", "head");
    expect(both.stderr).toContain("Error: Cannot commit one, two: insert or update on table");
    expect(both.stderr).not.toContain("  at ");
    expect(await versions(database.url)).toEqual([]);
  },
  longest,
);

test("postgres: a lost connection is an error with the running statement's line", async () => {
  const lost = `SELECT pg_terminate_backend(pg_backend_pid());\n${"SELECT 1;\n".repeat(8)}`;
  const copied = "COPY a FROM STDIN;\n1\n\\.\n";
  // What was sent before the COPY has been answered.
  for (const before of ["", `${"SELECT 2;\n".repeat(4)}${copied}`]) {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = `CREATE TABLE a (id INTEGER);\n${before}${lost}`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(5);
    expect(stderr).toContain("Lost the connection to PostgreSQL");
    const line = it.read("migrations/versions/1.sql").split("\n").findIndex((it) =>
      /terminate/.test(it)
    );
    expect(stderr).toContain(`migrations/versions/1.sql:${line + 1}\n`);
    expect(await versions(database.url)).toEqual([]);
  }
}, longest);

test("postgres: COPY … FROM STDIN runs with its data, as pg_dump writes it", async () => {
  // The second is too large to be held.
  for (const more of [0, 150_000]) {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up =
      `\\restrict abc\nCREATE TABLE people (id integer, name text);\nCOPY people (id, name) FROM stdin;\n1\tAda; it's\n2\t\\N\n${
        "3\tMore\n".repeat(more)
      }\\.\n\\unrestrict abc\nSELECT 1;`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    await it.ok("upgrade", "head");
    expect(await query(database.url, "SELECT * FROM people WHERE id < 3 ORDER BY id")).toEqual([{
      id: 1,
      name: "Ada; it's",
    }, { id: 2, name: null }]);
    const others = "SELECT count(*)::int AS n FROM people WHERE id = 3";
    expect(await query(database.url, others)).toEqual([{ n: more }]);
    const counts =
      "SELECT statements::int AS all, statements_done::int AS done FROM migrate_history";
    expect(await query(database.url, counts)).toEqual([{ all: 3, done: 3 }]);
    const wrong = "COPY people FROM stdin;\nnone\tof these\n\\.";
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up: wrong }));
    expect((await it.migrate("upgrade", "head")).stderr).toContain(
      "at migrations/versions/2.sql:5",
    );
  }
}, longest);

for (const kind of ["postgres", "sqlite"] as const) {
  test(
    `${kind}: after kill -9, the next upgrade runs each remaining step once`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", "transaction_per_migration = true\n");
      for (let n = 0; n < 200; n++) {
        it.write(
          `migrations/versions/${String(n).padStart(3, "0")}.sql`,
          sqlRevision({
            id: `r${n}`,
            down: n === 0 ? [] : [`r${n - 1}`],
            up: `CREATE TABLE t${n} (id INTEGER PRIMARY KEY);`,
          }),
        );
      }
      const child = it.start(["upgrade", "head"]);
      await untilSaid(child, "Running");
      child.kill("SIGKILL");
      await child.exited;
      await it.ok("upgrade", "head");
      expect(await versions(database.url)).toEqual(["r199"]);
      const done = await query(
        database.url,
        "SELECT revision FROM migrate_history WHERE outcome = 'done'",
      );
      expect(new Set(done.map((row) => row["revision"])).size).toBe(200);
      expect(done).toHaveLength(200);
    },
    longest,
  );
}

const first = "CREATE TABLE public.first (id integer)";

/** Revisions that run `set` before they make a table, by the way in which they do. */
const settingPaths = {
  "a script": (set: string) => sqlRevision({ id: "one", up: `${set};\n${first};` }),
  "a script outside a transaction": (set: string) =>
    sqlRevision({ id: "one", up: `${set};\n${first};`, more: ["-- transaction: false"] }),
  "code": (set: string) =>
    `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.run("the first table", async (_, op) => {
    await op.execute(${JSON.stringify(set)});
    await op.execute("${first}");
  });
}
`,
};

for (
  const set of [
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "SET search_path = elsewhere",
    "SET LOCAL search_path TO elsewhere",
  ]
) {
  for (const [kind, revision] of Object.entries(settingPaths)) {
    test(
      `postgres: after "${set}" in ${kind} the version is still recorded`,
      async () => {
        await using database = await freshDatabase("postgres");
        await run(database.url, "CREATE SCHEMA elsewhere");
        using it = project({ env: { DATABASE_URL: database.url } });
        it.write(`migrations/versions/1.${kind === "code" ? "js" : "sql"}`, revision(set));
        it.write(
          "migrations/versions/2.sql",
          sqlRevision({ id: "two", down: ["one"], up: "CREATE TABLE second (id integer);" }),
        );
        await it.ok("upgrade", "head");
        expect(await versions(database.url)).toEqual(["two"]);
        expect(
          await query(
            database.url,
            "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE tablename IN ('first', 'second') ORDER BY 1",
          ),
        ).toEqual([{ name: "public.first" }, { name: "public.second" }]);
      },
      longest,
    );
  }
}
