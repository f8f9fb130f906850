import { expect, test } from "bun:test";
import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, versions } from "./query.ts";

const longest = 60_000;

function twoTables(it: Project): void {
  const table = (name: string) => ({
    up: `CREATE TABLE ${name} (id INTEGER);`,
    downSql: `DROP TABLE ${name};`,
  });
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", ...table("a") }));
  it.write("migrations/versions/b.sql", sqlRevision({ id: "bbbb", down: ["aaaa"], ...table("b") }));
}

function saved(it: Project, folder = "backups"): readonly string[] {
  const path = join(it.folder, folder);
  return existsSync(path) ? readdirSync(path).sort() : [];
}

function mode(...path: readonly string[]): string {
  return (statSync(join(...path)).mode & 0o777).toString(8);
}

test("sqlite: --backup saves the database before the first step, for its owner only", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  await it.ok("upgrade", "aaaa");
  await it.ok("upgrade", "head", "--backup", "--dry-run");
  expect(saved(it)).toEqual([]);
  const { stderr } = await it.migrate("upgrade", "head", "--backup");
  const [name = "", ...others] = saved(it);
  expect(others).toEqual([]);
  expect(name).toMatch(/^app_\d{8}T\d{6}Z_aaaa\.db$/);
  const file = join(it.folder, "backups", name);
  expect(stderr).toContain(`Saved the database to ${file} in`);
  expect([mode(file), mode(it.folder, "backups")]).toEqual(["600", "700"]);
  const tables = await query(
    `sqlite:///${file}`,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('a', 'b')",
  );
  expect(tables).toEqual([{ name: "a" }]);
  await it.ok("upgrade", "head", "--backup");
  expect(saved(it)).toEqual([name]);
  const { entries } = JSON.parse(await it.ok("log", "--json"));
  expect(entries.map((one: { backup: unknown }) => one.backup)).toEqual([file, null]);
  await it.ok("downgrade", "base", "--backup=old/ones");
  expect(saved(it, "old/ones")).toEqual([expect.stringMatching(/_bbbb\.db$/)]);
});

test("postgres: a backup that was cut short is not taken for one", async () => {
  await using database = await freshDatabase("postgres");
  using tools = project();
  tools.write(
    "pg_dump",
    `#!/bin/sh
if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) 99.1"; else kill -9 $PPID; fi
`,
  );
  chmodSync(join(tools.folder, "pg_dump"), 0o755);
  const PATH = `${tools.folder}:/usr/bin:/bin`;
  using it = project({ env: { DATABASE_URL: database.url, PATH } });
  twoTables(it);
  expect((await it.migrate("upgrade", "head", "--backup")).status).toBe(137);
  expect(saved(it)).toEqual([expect.stringMatching(/_base\.dump\.partial$/)]);
}, longest);

test("backup in the configuration saves before runs with steps, not before a stamp", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  it.write("migrate.toml", `backup = "kept"\n`);
  await it.ok("upgrade", "head");
  await it.ok("upgrade", "head");
  await it.ok("stamp", "aaaa");
  expect(saved(it, "kept")).toEqual([expect.stringMatching(/_base\.db$/)]);
});

test("a backup that cannot be written stops the run before anything has changed", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  await it.ok("upgrade", "aaaa");
  it.write("file", "");
  const { status, stderr } = await it.migrate("upgrade", "head", "--backup=file");
  expect(status).toBe(1);
  expect(stderr).toContain(`/file": a file of that name already exists\n`);
  const below = await it.migrate("upgrade", "head", "--backup=file/below");
  expect([below.status, below.stderr]).toEqual([
    1,
    expect.stringContaining(`/file/below": a file is where its folder should be\n`),
  ]);
  expect(await it.ok("current")).toBe("aaaa\n");
});

test("libsql: --backup is refused with a reason", async () => {
  await using database = await freshDatabase("libsql");
  using it = project({ env: { DATABASE_URL: database.url } });
  twoTables(it);
  const { status, stderr } = await it.migrate("upgrade", "head", "--backup");
  expect(status).toBe(1);
  expect(stderr).toContain("a libSQL server cannot be copied to a file here");
  expect(stderr).toContain("leave out --backup, or backup in the configuration");
  expect(saved(it)).toEqual([]);
  expect(await query(database.url, "SELECT name FROM sqlite_schema WHERE name = 'a'")).toEqual([]);
}, longest);

/** Puts a fake `pg_dump` on the PATH that records its arguments and environment. */
function pretended(it: Project, version: string, end = 0): void {
  it.write(
    "bin/pg_dump",
    `#!/bin/sh
if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) ${version}"; exit; fi
for word; do case $word in --file=*) echo saved > "\${word#--file=}" ;; esac; done
echo "$@" > ${it.folder}/words
env | grep ^PG | sort > ${it.folder}/variables
tr '\\0' ' ' < /proc/$$/cmdline > ${it.folder}/cmdline
[ ${end} = 0 ] || echo "pg_dump: error: no luck" >&2
exit ${end}
`,
  );
  chmodSync(join(it.folder, "bin/pg_dump"), 0o755);
}

test(
  "postgres: pg_dump connects to the same database, with the password only in its environment",
  async () => {
    await using database = await freshDatabase("postgres");
    const { username, password, hostname, port, pathname } = new URL(database.url);
    const folder = project();
    using it = project({
      env: {
        DATABASE_URL: database.url,
        PATH: `${folder.folder}/bin:/usr/bin:/bin`,
        PGSERVICEFILE: "/nowhere",
        PGSSLMODE: "disable",
      },
    });
    using tools = folder;
    pretended(tools, "18.1 (Debian 18.1-1)");
    twoTables(it);
    await it.ok("upgrade", "head", "--backup");
    const [name = ""] = saved(it);
    expect(name).toMatch(/^migrate_test_\w+_\d{8}T\d{6}Z_base\.dump$/);
    expect(mode(it.folder, "backups", name)).toBe("600");
    expect(it.read(`backups/${name}`)).toBe("saved\n");
    expect(tools.read("words")).toBe(
      `--format=custom --no-password --file=${join(it.folder, "backups", `${name}.partial`)}\n`,
    );
    expect(tools.read("cmdline")).not.toContain(decodeURIComponent(password));
    expect(tools.read("variables").trim().split("\n")).toEqual([
      `PGDATABASE=${pathname.slice(1)}`,
      `PGHOST=${hostname}`,
      `PGPASSWORD=${decodeURIComponent(password)}`,
      `PGPORT=${port}`,
      "PGSERVICEFILE=/nowhere",
      "PGSSLMODE=disable",
      `PGUSER=${username}`,
    ]);
    expect(await versions(database.url)).toEqual(["bbbb"]);
  },
  longest,
);

test(
  "postgres: --backup saves the database of DATABASE_URL, whatever DIRECT_URL says",
  async () => {
    await using database = await freshDatabase("postgres");
    using tools = project();
    using it = project({
      env: {
        DATABASE_URL: database.url,
        DIRECT_URL: "postgresql://elsewhere.invalid/other",
        PATH: `${tools.folder}/bin:/usr/bin:/bin`,
      },
    });
    pretended(tools, "99.1");
    twoTables(it);
    await it.ok("upgrade", "head", "--backup");
    const { hostname, pathname } = new URL(database.url);
    expect(saved(it)).toEqual([expect.stringMatching(/^migrate_test_\w+_base\.dump$/)]);
    expect(tools.read("variables")).toContain(
      `PGDATABASE=${pathname.slice(1)}\nPGHOST=${hostname}\n`,
    );
  },
  longest,
);

test(
  "postgres: a missing, too old or failing pg_dump stops the run and leaves no file",
  async () => {
    await using database = await freshDatabase("postgres");
    using tools = project();
    const PATH = `${tools.folder}/bin`;
    using it = project({ env: { DATABASE_URL: database.url, PATH } });
    twoTables(it);
    const refused = async () => {
      const { status, stderr } = await it.migrate("upgrade", "head", "--backup");
      expect(status).toBe(1);
      expect(saved(it)).toEqual([]);
      return stderr;
    };
    expect(await refused()).toContain("pg_dump is not on the PATH");
    pretended(tools, "15.18");
    expect(await refused()).toMatch(
      /pg_dump on the PATH is version 15, and cannot read a server of version 1[6-9]/,
    );
    pretended(tools, "99.1", 1);
    const failed = await refused();
    expect(failed).toContain("pg_dump exited with status 1");
    expect(failed).toContain("  pg_dump: error: no luck\n");
    expect(await query(database.url, "SELECT to_regclass('a') AS a")).toEqual([{ a: null }]);
  },
  longest,
);
