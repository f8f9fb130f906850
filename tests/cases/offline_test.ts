import { describe, expect, test } from "bun:test";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { expectGolden } from "../golden.ts";
import { type Ended, type Project, project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

type Kind = "postgres" | "sqlite";

const header = (id: string, down: string | null) =>
  `import { array, column, check, enumeration, foreignKey, index, integer, now, numeric, string, text, unique } from "migrate";
export const revision = "${id}";
export const downRevision = ${JSON.stringify(down)};
`;

/** A project with something of everything that a script can hold. */
function write(it: Project): void {
  it.write(
    "migrations/versions/1.ts",
    `${header("aaaa1111", null)}
export function upgrade(op) {
  op.createEnum("mood", ["sad", "ok"]);
  op.createTable("users",
    column("id", integer(), { primaryKey: true }),
    column("email", string(255), { nullable: false, unique: "uq_users_email" }),
    column("age", text(), { serverDefault: "it's" }),
    column("mood", enumeration("mood", ["sad", "ok"]), { serverDefault: "sad" }),
    index("ix_users_age", ["age"]),
  );
  op.createTable("posts",
    column("id", integer(), { primaryKey: true }),
    column("user_id", integer(), { references: { table: "users", column: "id", onDelete: "cascade" } }),
  );
  op.bulkInsert("users", [{ id: 1, email: "a@x", age: "7" }, { id: 2, email: "it's; -- $1", age: null }]);
  op.bulkInsert("posts", [{ id: 1, user_id: 1 }]);
}
`,
  );
  it.write(
    "migrations/versions/2.ts",
    `${header("bbbb2222", "aaaa1111")}
export function upgrade(op) {
  op.alterColumn("users", "age", {
    type: integer(), serverDefault: 18, using: "age::integer",
    existingType: text(), existingServerDefault: "it's",
  });
  op.addColumn("users", column("score", numeric(5, 2), { nullable: false, serverDefault: 0 }));
  op.addConstraint("users", check("score >= 0", { name: "ck_score" }));
  if (op.dialect === "postgres") op.changeEnum("mood", ["ok", "happy"], { replaced: { sad: "ok" } });
}
export function downgrade(op) {
  if (op.dialect === "postgres") op.changeEnum("mood", ["sad", "ok", "happy"]);
  op.dropConstraint("users", "ck_score");
  op.dropColumn("users", "score");
  op.alterColumn("users", "age", { type: text(), serverDefault: "it's" });
}
`,
  );
  it.write(
    "migrations/versions/3.sql",
    sqlRevision({
      id: "cccc3333",
      down: ["bbbb2222"],
      message: "in SQL",
      up: "CREATE TABLE notes (body TEXT); -- done\nINSERT INTO notes VALUES ('a;b');",
      downSql: "DROP TABLE notes",
    }),
  );
}

test("postgres: a script restores the objects that depend on an enum it recreates", async () => {
  await using online = await freshDatabase("postgres");
  await using offline = await freshDatabase("postgres");
  using it = project();
  it.write(
    "migrations/versions/1.ts",
    `${header("aaaa1111", null)}
export function upgrade(op) {
  op.createEnum("mood", ["sad", "ok"]);
  op.createTable("people", column("id", integer()), column("m", enumeration("mood", ["sad", "ok"])));
  op.createTable("others", column("id", integer()));
  op.createView("other", "SELECT id FROM others");
  op.createView("moods", "SELECT m FROM people");
  op.createMaterializedView("kept", "SELECT * FROM moods");
  op.createFunction("weigh(mood)", "CREATE FUNCTION weigh(m mood) RETURNS integer LANGUAGE sql AS 'SELECT 1'");
  op.createView("ranked", "SELECT weigh('ok') AS number");
  op.createFunction("touch()", "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  op.createTrigger("touched", "people", "CREATE TRIGGER touched BEFORE UPDATE OF m ON people FOR EACH ROW EXECUTE FUNCTION touch()");
  op.enableRowSecurity("people");
  op.createPolicy("own", "people", { using: "m = 'ok'" });
  op.grant("SELECT", "TABLE moods", "public");
  op.grant("SELECT", "TABLE people", "public");
}
`,
  );
  it.write(
    "migrations/versions/2.ts",
    `${header("bbbb2222", "aaaa1111")}
export function upgrade(op) { op.changeEnum("mood", ["ok", "sad", "new"]); }
`,
  );
  await it.ok("upgrade", "head", "--database-url", online.url);
  const script = await it.ok("upgrade", "head", "--sql", "--database-url", offline.url);
  expect(script).not.toContain("DROP VIEW other");
  await runScript("postgres", offline.url, script);
  const schemas = [];
  for (const { url } of [online, offline]) {
    await using connection = await connect(url);
    const { objects, ...rest } = await postgres.introspect(connection, { grants: true });
    const ordered = objects.toSorted((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    schemas.push({
      ...rest,
      tables: rest.tables.filter((it) => it.name !== "migrate_history"),
      ordered,
    });
  }
  expect(schemas[1]).toEqual(schemas[0]);
  it.write(
    "migrations/versions/3.ts",
    `${header("cccc3333", "bbbb2222")}
export function upgrade(op) {
  op.createDomain("good", "mood CHECK (VALUE <> 'sad')");
  op.changeEnum("mood", ["ok"]);
}
`,
  );
  const { stdout, stderr, status } = await it.migrate(
    "upgrade",
    "head",
    "--sql",
    "--database-url",
    offline.url,
  );
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
  expect(stderr).toContain(
    'Cannot print the change of the enum type "mood": the domain "good" may depend on it',
  );
  expect(stderr).toContain("at migrations/versions/3.ts:7:6");
}, 60_000);

test(
  "postgres: in a script, an unnamed constraint keeps its default name through renames",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project();
    it.write(
      "migrations/versions/1.ts",
      `${header("aaaa1111", null)}
export function upgrade(op) {
  op.createEnum("mood", ["sad", "ok"]);
  op.createTable("people", column("id", integer(), { primaryKey: true }),
    column("mail", integer(), { unique: true }), column("m", enumeration("mood", ["sad", "ok"])));
  op.renameTable("people", "persons");
  op.renameConstraint("persons", "people_pkey", "persons_pkey");
  op.renameColumn("persons", "mail", "email");
  op.renameConstraint("persons", "people_mail_key", "persons_email_key");
  op.changeEnum("mood", ["ok", "sad"]);
}
`,
    );
    const script = await it.ok("upgrade", "head", "--sql", "--database-url", database.url);
    await runScript("postgres", database.url, script);
  },
  60_000,
);

describe.each(["postgres", "sqlite"] as const)("%s", (kind) => {
  test(
    "a script has the same result as a run: upgrade, downgrade, stamp and ranges",
    async () => {
      await using online = await freshDatabase(kind);
      await using offline = await freshDatabase(kind);
      using it = project();
      write(it);
      const at = (url: string) => ["--database-url", url];
      const walk = [
        { online: ["upgrade", "bbbb2222"], offline: ["upgrade", "bbbb2222"] },
        { online: ["upgrade", "head"], offline: ["upgrade", "bbbb:cccc"] },
        { online: ["downgrade", "bbbb2222"], offline: ["downgrade", "heads:-1"] },
        { online: ["stamp", "cccc3333"], offline: ["stamp", "bbbb2222:head"] },
        { online: ["stamp", "bbbb2222"], offline: ["stamp", "head:bbbb2222"] },
        { online: ["downgrade", "base"], offline: ["downgrade", "bbbb2222:base"] },
      ];
      for (const [index, step] of walk.entries()) {
        await it.ok(...step.online, ...at(online.url));
        const guarded = index % 2 === 0 ? ["--guarded"] : [];
        await runScript(
          kind,
          offline.url,
          await it.ok(...step.offline, "--sql", ...guarded, ...at(offline.url)),
        );
        expect(await seen(kind, offline.url)).toEqual(await seen(kind, online.url));
      }
    },
    60_000,
  );

  test("a script keeps line endings in row values", async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write(
      "migrations/versions/1.ts",
      `${header("aaaa1111", null)}
export function upgrade(op) {
  op.createTable("notes", column("body", text()));
  op.bulkInsert("notes", [{ body: "one\\r\\ntwo\\nthree\\r" }]);
}
`,
    );
    await runScript(kind, database.url, await it.ok("upgrade", "head", "--sql"));
    expect(await query(database.url, "SELECT body FROM notes")).toEqual([
      { body: "one\r\ntwo\nthree\r" },
    ]);
  }, 60_000);

  test("a guarded script stops without changes on a database at another revision", async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    write(it);
    await it.ok("upgrade", "aaaa1111");
    const before = await seen(kind, database.url);
    for (const range of ["head", "bbbb2222:head"]) {
      const script = await it.ok("upgrade", range, "--sql", "--guarded");
      await expect(runScript(kind, database.url, script)).rejects.toThrow(
        `the database is not at ${
          range === "head" ? "base" : "bbbb2222"
        }, where this script begins`,
      );
      expect(await seen(kind, database.url)).toEqual(before);
    }
  }, 60_000);

  test("a script has Alembic's layout", async () => {
    using it = project({ env: { DATABASE_URL: urlOf(kind) } });
    write(it);
    const scripts = [
      ["upgrade", "head"],
      ["downgrade", "head:base"],
      ["upgrade", "aaaa:bbbb", "--guarded"],
      ["stamp", "head"],
      ["stamp", "head:aaaa1111"],
    ];
    const chapters = [];
    for (const words of scripts) {
      chapters.push(`## ${words.join(" ")} --sql\n\n${await it.ok(...words, "--sql")}`);
    }
    chapters.push(`## ensure_version --sql\n\n${await it.ok("ensure_version", "--sql")}`);
    chapters.push(`## show bbbb2222 --sql\n\n${await it.ok("show", "bbbb2222", "--sql")}`);
    expectGolden(`offline_${kind}.txt`, chapters.join("\n"));
    it.write("migrate.toml", "transaction_per_migration = true\n");
    const script = await it.ok("upgrade", "bbbb2222", "--sql");
    expect([script.split("BEGIN;").length, script.split("COMMIT;").length]).toEqual([3, 3]);
    expect(JSON.parse(await it.ok("upgrade", "bbbb2222", "--sql", "--json"))).toEqual({
      sql: script,
    });
  }, 60_000);
});

test("--sql refuses code with its file and line, before any output", async () => {
  using it = project({ env: { DATABASE_URL: urlOf("sqlite") } });
  write(it);
  it.write(
    "migrations/versions/4.ts",
    `${header("dddd4444", "cccc3333")}
export function upgrade(op) {
  op.createTable("t", column("x", integer()));
  op.run("copy accounts", async (db) => { await db.query\`SELECT 1\`; });
}
`,
  );
  const { status, stdout, stderr } = await it.migrate("upgrade", "head", "--sql");
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain('Cannot print "copy accounts": it is code');
  expect(stderr).toContain("at migrations/versions/4.ts:7");
  const shown = await it.ok("show", "head", "--sql");
  expect(shown).toContain("-- Runs code: copy accounts");
  expect(shown).toContain("-- Cannot downgrade dddd4444: it has no downgrade function");
});

test("--sql names the revision whose plain SQL keeps it from printing a change", async () => {
  using it = project({ env: { DATABASE_URL: urlOf("postgres") } });
  it.write(
    "migrations/versions/1.ts",
    `${header("aaaa1111", null)}
export function upgrade(op) {
  op.createEnum("mood", ["sad", "ok"]);
  op.execute("SELECT 1");
  op.changeEnum("mood", ["ok", "sad"]);
}
`,
  );
  const { status, stderr } = await it.migrate("upgrade", "head", "--sql");
  expect(status).toBe(1);
  expect(stderr).toContain("\n  revision aaaa1111 executes plain SQL\n");
});

test("--sql rejects incomplete ranges and conflicting options", async () => {
  using it = project({ env: { DATABASE_URL: urlOf("sqlite") } });
  write(it);
  const said = async (...words: readonly string[]) => {
    const { status, stdout, stderr }: Ended = await it.migrate(...words);
    return [status, stdout, stderr.split("\n")[0]];
  };
  expect(await said("downgrade", "base", "--sql"))
    .toEqual([2, "", "Error: Downgrade with --sql requires <fromrev>:<torev>"]);
  expect(await said("upgrade", "head", "--guarded"))
    .toEqual([2, "", "Error: Cannot use --guarded without --sql"]);
  expect(await said("upgrade", "head", "--sql", "--dry-run"))
    .toEqual([2, "", "Error: Cannot use --dry-run with --sql, which connects to no database"]);
  expect(await said("stamp", "head", "--purge", "--sql"))
    .toEqual([2, "", "Error: Cannot use --purge with --sql, which connects to no database"]);
  expect(await said("upgrade", "aaaa:", "--sql")).toEqual([
    2,
    "",
    'Error: Cannot tell where "aaaa:" ends',
  ]);
});

test(
  "sqlite: a script enforces foreign keys as a run does, also when it rebuilds a table",
  async () => {
    await using online = await freshDatabase("sqlite");
    await using offline = await freshDatabase("sqlite");
    using it = project();
    const revision = (id: string, down: string | null, up: string) =>
      it.write(
        `migrations/versions/${id}.ts`,
        `${header(id, down)}export function upgrade(op) { ${up} }\n`,
      );
    it.write("migrate.toml", "foreign_keys = true\ntransaction_per_migration = true\n");
    revision(
      "aaaa1111",
      null,
      `op.createTable("users", column("id", integer(), { primaryKey: true }), column("name", text()));
     op.createTable("posts", column("id", integer(), { primaryKey: true }),
       column("user_id", integer(), { references: { table: "users", column: "id", onDelete: "cascade" } }));
     op.bulkInsert("users", [{ id: 1 }, { id: 2 }]);
     op.bulkInsert("posts", [{ id: 1, user_id: 1 }, { id: 2, user_id: 2 }]);`,
    );
    revision("bbbb2222", "aaaa1111", `op.execute("DELETE FROM users WHERE id = 1");`);
    revision(
      "cccc3333",
      "bbbb2222",
      `op.addConstraint("users", check("id > 0", { name: "ck_id" }));`,
    );
    await it.ok("upgrade", "head", "--database-url", online.url);
    await runScript(
      "sqlite",
      offline.url,
      await it.ok("upgrade", "head", "--sql", "--database-url", offline.url),
    );
    expect(await seen("sqlite", offline.url)).toEqual(await seen("sqlite", online.url));
    expect(await query(offline.url, "SELECT id FROM posts")).toEqual([{ id: 2 }]);
    revision(
      "dddd4444",
      "cccc3333",
      `op.dropConstraint("users", "ck_id"); op.execute("DELETE FROM users WHERE id = 2");`,
    );
    expect((await it.migrate("upgrade", "head", "--database-url", online.url)).stderr)
      .toContain("a row would refer to rows that do not exist");
    const script = await it.ok("upgrade", "cccc3333:head", "--sql", "--database-url", offline.url);
    await expect(runScript("sqlite", offline.url, script)).rejects.toThrow("malformed JSON");
    expect(await seen("sqlite", offline.url)).toEqual(await seen("sqlite", online.url));
    const stamped = await it.ok("stamp", "cccc3333:head", "--sql", "--database-url", offline.url);
    expect(stamped).not.toContain("PRAGMA");
  },
  60_000,
);

test(
  "sqlite: a rebuild in a script is atomic, even outside a transaction",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write(
      "migrations/versions/1.ts",
      `${header("aaaa1111", null)}
export function upgrade(op) { op.createTable("users", column("id", integer(), { primaryKey: true })); }
`,
    );
    it.write(
      "migrations/versions/2.ts",
      `${header("bbbb2222", "aaaa1111")}
export const transaction = false;
export function upgrade(op) { op.addConstraint("users", check("id > 1", { name: "ck_id" })); }
`,
    );
    await it.ok("upgrade", "aaaa1111");
    await run(database.url, "INSERT INTO users VALUES (1), (2)");
    const before = await seen("sqlite", database.url);
    const script = await it.ok("upgrade", "aaaa1111:head", "--sql");
    await expect(runScript("sqlite", database.url, script)).rejects.toThrow("ck_id");
    expect(await seen("sqlite", database.url)).toEqual(before);
    await run(database.url, "DELETE FROM users WHERE id = 1");
    await runScript("sqlite", database.url, script);
    expect(await versions(database.url)).toEqual(["bbbb2222"]);
  },
  60_000,
);

/** A script never connects. */
function urlOf(kind: Kind): string {
  return kind === "postgres"
    ? "postgresql://nobody@127.0.0.1:1/none"
    : "sqlite:////nowhere/none.db";
}

/** Runs a script in psql or sqlite3, or without them statement by statement. */
async function runScript(kind: Kind, url: string, script: string): Promise<void> {
  const shell = kind === "postgres" ? "psql" : "sqlite3";
  if (Bun.which(shell) === null) {
    const pieces = splitText(script, kind).flatMap((it) => it.kind === "statement" ? [it.sql] : []);
    return await run(url, ...pieces);
  }
  const words = kind === "postgres"
    ? ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", url]
    : ["sqlite3", "-bail", new URL(url).pathname];
  const child = Bun.spawn(words, { stdin: new Blob([script]), stdout: "pipe", stderr: "pipe" });
  const [stderr, status] = [await new Response(child.stderr).text(), await child.exited];
  if (status !== 0) throw new Error(stderr);
}

/** What is in the database but for the history: the schema, the rows, the versions. */
async function seen(kind: Kind, url: string): Promise<unknown> {
  await using connection = await connect(url);
  const schema = await (kind === "postgres" ? postgres : sqlite).introspect(connection, {
    exclude: [{ name: "migrate_history" }],
  });
  const rows: Record<string, unknown> = {};
  for (const { name } of schema.tables) {
    rows[name] = await query(url, `SELECT * FROM ${name} ORDER BY 1`);
  }
  const texts = kind === "sqlite"
    ? await query(
      url,
      "SELECT sql FROM sqlite_schema WHERE tbl_name <> 'migrate_history' ORDER BY name",
    )
    : [];
  return { schema, rows, texts, versions: await versions(url) };
}

test(
  "postgres: a script sets a revision's timeouts, and survives an empty search_path",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const shown = (who: string) =>
      `INSERT INTO public.seen SELECT '${who}', current_setting('statement_timeout');`;
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({
        id: "one",
        up: `SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.seen (who text, timeout text);
${shown("one")}`,
        more: ["-- statement_timeout: 7s"],
      }),
    );
    it.write(
      "migrations/versions/2.sql",
      sqlRevision({ id: "two", down: ["one"], up: shown("two") }),
    );
    const script = await it.ok("upgrade", "head", "--sql");
    expect(script).toContain("SET LOCAL statement_timeout = '7000ms';\n");
    await runScript("postgres", database.url, script);
    expect(await query(database.url, "SELECT who, timeout FROM seen ORDER BY who")).toEqual([
      { who: "one", timeout: "7s" },
      { who: "two", timeout: "0" },
    ]);
    expect(await versions(database.url)).toEqual(["two"]);
  },
  60_000,
);
