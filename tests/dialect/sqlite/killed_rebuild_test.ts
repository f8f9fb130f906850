import { expect, test } from "bun:test";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { executable, project } from "../../cases/project.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { snapshot } from "./alter.ts";

const program = join(import.meta.dirname, "rebuild_until.ts");

async function rebuildUntil(path: string, last: number) {
  const child = Bun.spawn([process.execPath, program, path, String(last)], { stdout: "pipe" });
  const [said, status] = [await new Response(child.stdout).text(), await child.exited];
  return { said, status, signal: child.signalCode };
}

test(
  "kill -9 after any statement of a rebuild leaves the old table, and nothing else",
  async () => {
    for (const journal of ["delete", "wal"]) {
      await using database = await freshDatabase("sqlite");
      const path = database.url.replace("sqlite:///", "");
      await fill(database.url, [
        `PRAGMA journal_mode = ${journal}`,
        "CREATE TABLE t (id integer primary key autoincrement, a int)",
        "CREATE INDEX ix ON t (a)",
        "CREATE VIEW v AS SELECT a FROM t",
        "CREATE TABLE ch (t_id int references t on delete cascade)",
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO t (a) SELECT i FROM n`,
        "INSERT INTO ch VALUES (1), (20000)",
      ]);
      copyFileSync(path, `${path}.whole`);
      const whole = await rebuildUntil(`${path}.whole`, 0);
      const count = Number(whole.said);
      expect([whole.status, count > 8]).toEqual([0, true]);
      const before = await contents(database.url);
      for (let last = 1; last <= count; last++) {
        expect((await rebuildUntil(path, last)).signal).toBe("SIGKILL");
        expect(await contents(database.url)).toEqual(before);
      }
    }
  },
  120_000,
);

async function fill(url: string, statements: readonly string[]): Promise<void> {
  await using connection = await connect(url);
  for (const sql of statements) await connection.query({ sql });
}

async function contents(url: string) {
  await using connection = await connect(url);
  const check = await connection.query({ sql: "PRAGMA integrity_check" });
  expect(check).toEqual([{ integrity_check: "ok" }]);
  return await snapshot(connection);
}

const rows = `-- revision: one
-- down_revision: null
-- migrate:up
CREATE TABLE t (id integer primary key, a int);
CREATE INDEX ix ON t (a);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
  INSERT INTO t (a) SELECT i FROM n;
-- migrate:down
`;

const rebuild = `import type { Operations } from "migrate";
export const revision = "two";
export const downRevision = "one";
export function upgrade(op: Operations): void {
  op.alterColumn("t", "a", { nullable: false });
}
`;

const state = `SELECT (SELECT group_concat(name) FROM sqlite_schema
    WHERE tbl_name NOT IN ('migrate_history', 'alembic_version') AND name NOT LIKE 'sqlite%') AS names,
  (SELECT version_num FROM alembic_version) AS version,
  (SELECT sql LIKE '%NOT NULL%' FROM sqlite_schema WHERE name = 't') AS made,
  (SELECT count(*) || ' ' || sum(a) FROM t) AS rows`;

test("kill -9 of the executable, at any moment, leaves the old table or the new one", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ runner: executable, env: { DATABASE_URL: database.url } });
  it.write("migrations/versions/1.sql", rows);
  it.write("migrations/versions/2.ts", rebuild);
  await it.ok("upgrade", "one");
  const seen = new Set<unknown>();
  for (let milliseconds = 0; !seen.has("two"); milliseconds += 12) {
    const child = it.start(["upgrade", "head"]);
    await Bun.sleep(milliseconds);
    child.kill("SIGKILL");
    await child.exited;
    await using connection = await connect(database.url);
    const [row] = await connection.query({ sql: state });
    const version = row?.["version"];
    expect(row).toEqual({
      names: "t,ix",
      version,
      made: version === "two" ? 1 : 0,
      rows: "100000 5000050000",
    });
    seen.add(version);
  }
  expect([...seen]).toEqual(["one", "two"]);
}, 120_000);
