import { expect, test } from "bun:test";
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { postgresServer, startPostgresServer, urlOf } from "../servers/guarded_server.ts";
import { until } from "../until.ts";
import { canMount, mount } from "./mount.ts";
import { executable, type Project, project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

const longest = 60_000;
const isRoot = process.getuid?.() === 0;

function oneTable(it: Project): void {
  it.write(
    "migrations/versions/1.sql",
    sqlRevision({ id: "one", up: "CREATE TABLE t (id integer);" }),
  );
}

test("a streaming standby can be read, but changes are refused", async () => {
  const primary = await postgresServer();
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  oneTable(it);
  await it.ok("ensure_version");
  const standby = await startPostgresServer({
    standbyOf: { url: urlOf(primary), folder: primary.socket },
  });
  const name = new URL(database.url).pathname.slice(1);
  using there = project({ env: { DATABASE_URL: urlOf(standby, name) } });
  oneTable(there);
  const refused = await there.migrate("upgrade", "head");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(
    "Error: Cannot change the database: the server is a standby, which follows a primary\n" +
      "  Hint: Name the primary in the database URL, or all hosts with target_session_attrs=read-write",
  );
  // What the primary commits arrives, and with nothing to do there is nothing to refuse.
  await it.ok("upgrade", "head");
  await until(async () => (await versions(urlOf(standby, name))).length > 0);
  expect(await there.ok("current")).toContain("one");
  await there.ok("upgrade", "head");
  // Several hosts, of which one can be written.
  const both = `postgresql://${standby.user}:${encodeURIComponent(standby.password)}@` +
    `${standby.host}:${standby.port},${primary.host}:${primary.port}/${name}`;
  const attributes = "?target_session_attrs=read-write";
  await it.ok("downgrade", "base", "--database-url", both + attributes);
  expect(await versions(database.url)).toEqual([]);
}, longest);

test("a read-only session is an error before anything runs", async () => {
  await using database = await freshDatabase("postgres");
  const options = "?options=-c%20default_transaction_read_only%3Don";
  using it = project({ env: { DATABASE_URL: database.url + options } });
  oneTable(it);
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("the session is read-only (default_transaction_read_only is on)");
  expect(await query(database.url, "SELECT to_regclass('alembic_version') AS it")).toEqual([
    { it: null },
  ]);
});

test("a read-only SQLite file or folder is an error, and the file stays unchanged", () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///data/app.db" } });
  oneTable(it);
  it.write("data/app.db", "");
  // Root may write everything, so another account runs a copy that it can reach.
  const account = isRoot ? { uid: 65534, gid: 65534 } : {};
  const tool = join(it.folder, "migrate");
  copyFileSync(executable.command[0] ?? "", tool);
  chmodSync(it.folder, 0o755);
  const data = join(it.folder, "data");
  for (const path of [data, join(data, "app.db")]) {
    if (isRoot) chownSync(path, 65534, 65534);
  }
  const upgrade = () =>
    spawnSync(tool, ["upgrade", "head"], {
      ...account,
      cwd: it.folder,
      env: { DATABASE_URL: "sqlite:///data/app.db", TMPDIR: tmpdir() },
      encoding: "utf8",
    });
  for (const [file, folder] of [[0o444, 0o755], [0o644, 0o555]] as const) {
    chmodSync(join(data, "app.db"), file);
    chmodSync(data, folder);
    const { status, stderr } = upgrade();
    expect(stderr).toContain(
      "Cannot change the database: its file or its folder cannot be written to",
    );
    expect(status).toBe(1);
  }
  expect(statSync(join(data, "app.db")).size).toBe(0);
  chmodSync(data, 0o755);
  expect(upgrade().status).toBe(0);
}, longest);

test("a folder without permissions is an error, for the database and the revisions", () => {
  using it = project();
  oneTable(it);
  it.write("data/app.db", "");
  const account = isRoot ? { uid: 65534, gid: 65534 } : {};
  const tool = join(it.folder, "migrate");
  copyFileSync(executable.command[0] ?? "", tool);
  chmodSync(it.folder, 0o755);
  const said = (...words: readonly string[]) => {
    const env = { DATABASE_URL: "sqlite:///data/app.db", TMPDIR: tmpdir() };
    const options = { ...account, cwd: it.folder, env, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync(tool, words, options);
    return [status, stderr.replaceAll(it.folder, "")];
  };
  for (const [folder, path] of [["data", "data"], ["migrations", "migrations"]] as const) {
    chmodSync(join(it.folder, path), 0o000);
    const expected = folder === "data"
      ? [
        5,
        expect.stringContaining('Cannot open the SQLite database "/data/app.db": permission is'),
      ]
      : [1, expect.stringContaining('Cannot read "versions": permission denied')];
    for (const words of [["upgrade", "head"], ["upgrade", "head", "--dry-run"], ["status"]]) {
      expect([words, ...said(...words)]).toEqual([words, ...expected]);
    }
    chmodSync(join(it.folder, path), 0o755);
  }
}, longest);

test("a database other than expect_database is an error", async () => {
  await using database = await freshDatabase("postgres");
  const name = new URL(database.url).pathname.slice(1);
  using it = project({ env: { DATABASE_URL: database.url } });
  oneTable(it);
  it.write("migrate.toml", `expect_database = "shop"\n`);
  for (const words of [["upgrade", "head"], ["current"], ["upgrade", "head", "--dry-run"]]) {
    const { status, stderr } = await it.migrate(...words);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`this is the database "${name}@\\d+", but "shop" is expected\\n  Hint: Check`),
    );
  }
  const { stderr } = await it.migrate("current");
  const identity = /"(\w+@\d+)"/.exec(stderr)?.[1] ?? "";
  for (const expected of [name, identity]) {
    it.write("migrate.toml", `expect_database = "${expected}"\n`);
    await it.ok("upgrade", "head");
  }
  // The same name in another cluster.
  it.write("migrate.toml", `expect_database = "${name}@1"\n`);
  expect((await it.migrate("current")).status).toBe(1);
  using file = project({ env: { DATABASE_URL: "sqlite:///test.db" } });
  oneTable(file);
  file.write("migrate.toml", `expect_database = "app.db"\n`);
  expect((await file.migrate("upgrade", "head")).stderr).toContain(
    `this is the database "test.db"`,
  );
  await file.ok("upgrade", "head", "--database-url", "sqlite:///app.db");
  await using server = await freshDatabase("libsql");
  const { host } = new URL(server.url);
  file.write("migrate.toml", `expect_database = "${host}"\n`);
  await file.ok("upgrade", "head", "--database-url", `${server.url}/`);
}, longest);

/** A database with a login role that may do nothing in it, and the URL to log in as it. */
async function withRole(): Promise<
  { readonly url: string; readonly administrator: string; readonly role: string } & AsyncDisposable
> {
  const database = await freshDatabase("postgres");
  const role = `app_${crypto.randomUUID().slice(0, 8)}`;
  const owner = `${role}_owner`;
  await run(
    database.url,
    `CREATE ROLE ${role} LOGIN PASSWORD 'app'`,
    `CREATE ROLE ${owner}`,
    `GRANT CREATE ON SCHEMA public TO ${owner}`,
    `CREATE TABLE users (id integer)`,
    `ALTER TABLE users OWNER TO ${owner}`,
  );
  const url = new URL(database.url);
  url.username = role;
  url.password = "app";
  return {
    url: url.href,
    administrator: database.url,
    role,
    [Symbol.asyncDispose]: async () => {
      await run(database.url, `DROP OWNED BY ${role}, ${owner}`, `DROP ROLE ${role}, ${owner}`);
      await database[Symbol.asyncDispose]();
    },
  };
}

test(
  "missing privileges are listed with their objects before anything runs",
  async () => {
    await using there = await withRole();
    using it = project({ env: { DATABASE_URL: there.url } });
    const up = `CREATE TABLE t (id integer);
ALTER TABLE users ADD COLUMN name text;
CREATE INDEX ix ON "users" (id);
DROP TABLE IF EXISTS not_there;`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toBe(`Database: ${there.url.replace(":app@", "@")}
Error: Cannot run revision one: the role "${there.role}" lacks CREATE on the schema public
  at migrations/versions/1.sql:5
  the role "${there.role}" does not own users, which belongs to "${there.role}_owner"
  Hint: GRANT CREATE ON SCHEMA public TO ${there.role}; or set role = "…" in the configuration to one that may
`);
    const { administrator } = there;
    expect(await query(administrator, "SELECT to_regclass('alembic_version') AS it")).toEqual([
      { it: null },
    ]);
    it.write("migrate.toml", 'role = "nobody_at_all"\n');
    expect((await it.migrate("upgrade", "head")).stderr).toContain(
      'role "nobody_at_all" does not exist\n  Hint: Check role in the configuration\n',
    );
    // As the owner, which it may become.
    it.write("migrate.toml", `role = "${there.role}_owner"\n`);
    expect((await it.migrate("upgrade", "head")).stderr).toMatch(
      /Cannot take on the role "app_\w+_owner": permission denied to set role "app_\w+"\n {2}Hint: .*GRANT app_\w+_owner TO app_\w+/,
    );
    await run(administrator, `GRANT ${there.role}_owner TO ${there.role}`);
    await it.ok("upgrade", "head");
    expect(
      await query(
        administrator,
        "SELECT tableowner AS owner FROM pg_tables WHERE tablename IN ('t', 'alembic_version')",
      ),
    ).toEqual([{ owner: `${there.role}_owner` }, { owner: `${there.role}_owner` }]);
  },
  longest,
);

test(
  "a version table that the role may not read or write is an error with the GRANT",
  async () => {
    await using there = await withRole();
    const { administrator } = there;
    using it = project({ env: { DATABASE_URL: there.url } });
    oneTable(it);
    await it.ok("ensure_version", "--database-url", administrator);
    const unread = await it.migrate("current");
    expect(unread.status).toBe(1);
    expect(unread.stderr).toMatch(
      /Cannot read the version table: permission denied for table alembic_version\n {2}Hint: GRANT SELECT ON alembic_version/,
    );
    await run(
      administrator,
      `GRANT SELECT ON alembic_version TO ${there.role}`,
      `GRANT CREATE ON SCHEMA public TO ${there.role}`,
    );
    const unwritten = await it.migrate("upgrade", "head");
    expect(unwritten.status).toBe(1);
    expect(unwritten.stderr).toContain(
      `Cannot run: the role "${there.role}" may not read and write alembic_version\n` +
        `  the role "${there.role}" may not read and add to migrate_history\n` +
        `  Hint: GRANT SELECT, INSERT, UPDATE, DELETE ON alembic_version TO ${there.role}`,
    );
    expect(await query(administrator, "SELECT to_regclass('t') AS t")).toEqual([{ t: null }]);
  },
  longest,
);

test(
  "a history that the role may not write is an error with the GRANT before anything runs",
  async () => {
    await using there = await withRole();
    const { administrator, role } = there;
    using it = project({ env: { DATABASE_URL: there.url } });
    oneTable(it);
    await it.ok("upgrade", "head", "--database-url", administrator);
    await run(
      administrator,
      `GRANT ALL ON alembic_version TO ${role}`,
      `GRANT SELECT ON migrate_history TO ${role}`,
      `GRANT CREATE ON SCHEMA public TO ${role}`,
    );
    const two = (more: readonly string[], up = "CREATE TABLE t2 (id integer);") =>
      it.write(
        "migrations/versions/2.sql",
        sqlRevision({ id: "two", down: ["one"], up, more }),
      );
    const alone = ["-- transaction: false"];
    for (const [more, settings] of [[[], ""], [alone, ""], [alone, "history = false\n"]] as const) {
      two(more);
      it.write("migrate.toml", settings);
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain(
        `Error: Cannot run: the role "${role}" may not read and add to migrate_history\n` +
          `  Hint: GRANT SELECT, INSERT ON migrate_history TO ${role}; or set role = "…" in`,
      );
    }
    expect(await query(administrator, "SELECT to_regclass('t2') AS t")).toEqual([{ t: null }]);
    // Without a journal, nothing is written to it.
    two([]);
    await it.ok("upgrade", "head");
    await it.ok("downgrade", "one");
    // What cannot be seen beforehand.
    await run(administrator, `GRANT INSERT ON migrate_history TO ${role}`);
    const revoking = `CREATE FUNCTION revoke_it() RETURNS void SECURITY DEFINER LANGUAGE sql AS ` +
      `'REVOKE INSERT ON migrate_history FROM ${role}'`;
    await run(administrator, revoking);
    two(alone, "CREATE TABLE t3 (id integer);\nSELECT revoke_it();");
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /Error: Cannot record two in the history: permission denied for table migrate_history\n {2}at migrations\/versions\/2\.sql\n.*\n {2}Hint: GRANT SELECT, INSERT ON public\.migrate_history TO the role, or set role = "…" in the configuration to one that may\. The first statement of this revision is done and stays: /,
    );
  },
  longest,
);

test(
  "an unreadable history, and rows that row-level security hides, are errors with a hint",
  async () => {
    await using there = await withRole();
    const { administrator } = there;
    using it = project({ env: { DATABASE_URL: there.url } });
    oneTable(it);
    await it.ok("upgrade", "head", "--database-url", administrator);
    await run(administrator, `GRANT SELECT ON alembic_version TO ${there.role}`);
    expect(await it.ok("current")).toContain("(head)");
    const unread = await it.migrate("status");
    expect(unread.status).toBe(1);
    expect(unread.stderr).toMatch(
      /^Error: Cannot read the history: permission denied .*\n {2}Hint: GRANT SELECT ON migrate_history TO/,
    );
    await run(
      administrator,
      `GRANT SELECT ON migrate_history TO ${there.role}`,
      "ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY",
    );
    const hidden = await it.migrate("current");
    expect(hidden.status).toBe(1);
    expect(hidden.stderr).toContain(
      `row-level security hides all rows of alembic_version from the role "${there.role}"`,
    );
    const policy = /CREATE POLICY .* USING \(true\)/.exec(hidden.stderr)?.[0] ?? "";
    await run(administrator, policy);
    expect(await it.ok("status")).toContain("(head)");
    await run(administrator, "DELETE FROM alembic_version");
    expect(await it.ok("current")).toBe("");
  },
  longest,
);

test("a schema that the role may not use is an error with the GRANT", async () => {
  await using there = await withRole();
  const { administrator, role } = there;
  await run(administrator, "CREATE SCHEMA kept", "CREATE TABLE kept.u (id integer)");
  using it = project({ env: { DATABASE_URL: there.url } });
  oneTable(it);
  it.write("migrate.toml", 'version_table_schema = "kept"\n');
  for (const line of ["current", "upgrade head", "stamp head", "ensure_version", "status", "log"]) {
    const { status, stderr } = await it.migrate(...line.split(" "));
    expect({ line, status }).toEqual({ line, status: 1 });
    expect(stderr).toMatch(
      /Error: Cannot read .*: permission denied .*\n {2}Hint: GRANT USAGE ON SCHEMA kept TO the role/,
    );
  }
  it.write("migrate.toml", "");
  it.write(
    "migrations/versions/1.sql",
    sqlRevision({ id: "one", up: "ALTER TABLE kept.u ADD COLUMN name text;" }),
  );
  await run(administrator, `GRANT CREATE ON SCHEMA public TO ${role}`);
  expect((await it.migrate("upgrade", "head")).stderr).toContain(
    `Error: Cannot run revision one: the role "${role}" lacks USAGE on the schema kept
  at migrations/versions/1.sql:5
  Hint: GRANT USAGE ON SCHEMA kept TO ${role}; or set role = "…" in the configuration to one that may
`,
  );
}, longest);

test(
  "a version table in a schema of the search path that the role may not use is an error",
  async () => {
    await using there = await withRole();
    const { administrator, role } = there;
    using it = project({ env: { DATABASE_URL: there.url } });
    oneTable(it);
    await it.ok("upgrade", "head", "--database-url", administrator);
    await run(administrator, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    const refused = async (...lines: readonly string[]) => {
      for (const line of lines) {
        const { status, stderr } = await it.migrate(...line.split(" "));
        expect({ line, status }).toEqual({ line, status: 1 });
        expect(stderr).toMatch(
          /Error: Cannot \S.*: permission denied for schema public, which has it\n/,
        );
        expect(stderr).toContain(`  Hint: GRANT USAGE ON SCHEMA public TO ${role}, or set role = `);
      }
    };
    const lines = ["current", "status", "upgrade head", "stamp head", "check --drift", "log"];
    await refused(...lines);
    // Nor is one begun in a schema of the role's own.
    await run(administrator, `CREATE SCHEMA AUTHORIZATION ${role}`);
    await refused(...lines, "ensure_version");
    expect(await query(administrator, `SELECT to_regclass('${role}.t') AS t`)).toEqual([{
      t: null,
    }]);
    it.write("migrate.toml", `version_table_schema = "${role}"\n`);
    await it.ok("upgrade", "head");
    it.write("migrate.toml", "");
    expect(await it.ok("current")).toContain("one (head)");
  },
  longest,
);

test("a search path that leads to no schema, or to a temporary one, is an error", async () => {
  await using there = await withRole();
  const { administrator, role } = there;
  using it = project({ env: { DATABASE_URL: there.url } });
  oneTable(it);
  const refused = async (path: string, expected: string) => {
    await run(administrator, `ALTER ROLE ${role} SET search_path = ${path}`);
    for (const line of ["upgrade head", "stamp head", "ensure_version"]) {
      const { status, stderr } = await it.migrate(...line.split(" "));
      expect({ line, status }).toEqual({ line, status: 1 });
      expect(stderr).toContain(`Error: Cannot change the database: ${expected}`);
    }
  };
  await refused(
    "pg_temp, public",
    "the search_path, pg_temp, public, makes all new tables temporary",
  );
  await run(administrator, 'CREATE SCHEMA "Kept, ""too"""');
  await refused(
    '"Kept, ""too"""',
    `permission denied for schema "Kept, ""too""", where new tables go\n` +
      `  Hint: GRANT USAGE ON SCHEMA "Kept, ""too""" TO ${role}`,
  );
}, longest);

test("the role setting is refused on SQLite", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
  oneTable(it);
  it.write("migrate.toml", `role = "owner"\n`);
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain(`Cannot take on the role "owner": only PostgreSQL has roles`);
});

test("running out of locks is an error with a hint", async () => {
  const server = await startPostgresServer({
    settings: ["max_locks_per_transaction=10", "max_connections=10", "max_prepared_transactions=0"],
  });
  using it = project({ env: { DATABASE_URL: urlOf(server) } });
  const up = Array.from({ length: 2000 }, (_, n) => `CREATE TABLE t${n} (id integer);`).join("\n");
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("out of shared memory");
  expect(stderr).toMatch(
    /Hint: One transaction holds more locks than the server has room for: set transaction_per_migration = true/,
  );
  expect(await versions(urlOf(server))).toEqual([]);
}, longest);

/** A SQLite file with a table `t` on a disk of its own, whose size is a number of times that of the file. */
async function onFullDisk(
  body: (at: { readonly it: Project; readonly url: string; has(files: number): void }) => Promise<
    void
  >,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "migrate-disk-"));
  try {
    mount("-t", "tmpfs", "-o", "size=40m", "tmpfs", folder);
    const url = `sqlite:///${folder}/app.db`;
    await run(
      url,
      "CREATE TABLE t (id integer PRIMARY KEY, a text)",
      "CREATE INDEX ix ON t (a)",
      "CREATE TABLE small (a text)",
      "CREATE INDEX none ON t (a) WHERE id < 0",
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO t SELECT i, hex(randomblob(100)) FROM n",
    );
    using it = project({ env: { DATABASE_URL: url } });
    const { size } = statSync(join(folder, "app.db"));
    const has = (files: number) => mount("-o", `remount,size=${Math.round(size * files)}`, folder);
    await body({ it, url, has });
  } finally {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the revision `id`, which follows `down`. */
function tableChange(it: Project, id: string, down: string | null, code: string): void {
  it.write(
    `migrations/versions/${id}.ts`,
    `import { column, integer } from "migrate";
export const revision = "${id}";
export const downRevision = ${JSON.stringify(down)};
export function upgrade(op) { ${code} }
`,
  );
}

test.skipIf(!canMount())(
  "a rebuild that does not fit on the disk is an error with sizes (needs root to mount)",
  () =>
    onFullDisk(async ({ it, url, has }) => {
      // Changes that need no copy are not refused, and the case of names does not matter.
      const inPlace =
        `op.renameIndex("none", "nothing", { table: "t" }); op.addColumn("t", column("b", integer()));`;
      tableChange(it, "one", null, inPlace);
      tableChange(
        it,
        "two",
        "one",
        `op.alterColumn("small", "a", { nullable: false }); op.alterColumn("T", "a", { nullable: false });`,
      );
      has(1.5);
      await it.ok("upgrade", "one");
      const { status, stderr } = await it.migrate("upgrade", "two");
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /Cannot rebuild the table "T": that needs (\d\.\d MB) on the disk of "\/.*app\.db", which has \d\.\d MB left\n {2}Hint: The table and its indexes take \1: free space/,
      );
      has(2.3);
      await it.ok("upgrade", "two");
      expect(await query(url, "SELECT count(*) AS n FROM t")).toEqual([{ n: 10000 }]);
    }),
  longest,
);

test.skipIf(!canMount())(
  "a rebuild needs room for a write-ahead log, and reuses free pages (needs root to mount)",
  () =>
    onFullDisk(async ({ it, url, has }) => {
      tableChange(it, "one", null, `op.alterColumn("t", "a", { nullable: false });`);
      await run(url, "PRAGMA journal_mode = wal");
      has(2.5);
      const { stderr } = await it.migrate("upgrade", "head");
      const [, needed, size] = /needs (\d\.\d) MB [^]* take (\d\.\d) MB/.exec(stderr) ?? [];
      expect(Number(needed) / Number(size)).toBeCloseTo(2, 1);
      has(5);
      await run(
        url,
        "PRAGMA journal_mode = delete",
        "CREATE TABLE before AS SELECT * FROM t",
        "CREATE INDEX before_ix ON before (a)",
        "DROP TABLE before",
      );
      has(2.5);
      await it.ok("upgrade", "head");
    }),
  longest,
);

test("a table of an in-memory database can be rebuilt", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///:memory:" } });
  tableChange(it, "one", null, `op.createTable("t", column("a", integer()));`);
  tableChange(it, "two", "one", `op.alterColumn("t", "a", { nullable: false });`);
  await it.ok("upgrade", "head");
});

test("a revision that makes its transaction read-only, or drops the tool's own tables, is an error that says so", async () => {
  await using database = await freshDatabase("postgres");
  const needed = (table: string) =>
    `  Hint: Leave out of the revision what drops or renames ${table}: this tool needs it\n`;
  for (
    const [url, up, hint] of [
      [
        database.url,
        "SET TRANSACTION READ ONLY;\nCREATE TABLE t (id integer);",
        "  Hint: Leave out what makes the transaction read-only, as SET TRANSACTION READ ONLY does",
      ],
      [database.url, "DROP TABLE migrate_history;", needed("the history")],
      [database.url, "DROP TABLE alembic_version;", needed("the version table")],
      ["sqlite:///a.db", "DROP TABLE migrate_history;", needed("the history")],
    ] as const
  ) {
    using it = project({ env: { DATABASE_URL: url } });
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect({ up, status }).toEqual({ up, status: 1 });
    expect(stderr).toContain(hint);
  }
});
