import { expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executable, type Project, project, sqlRevision } from "./project.ts";
import { run } from "./query.ts";

const isRoot = process.getuid?.() === 0;
const env = { DATABASE_URL: "sqlite:///app.db" };

/** A database at the revision `one`, whose table takes many pages. */
async function manyRows(): Promise<{ readonly it: Project; readonly file: string }> {
  const it = project({ env });
  const up = `CREATE TABLE t (a text);
INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
  SELECT hex(randomblob(50)) FROM n;`;
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
  const two = { id: "two", down: ["one"], up: "CREATE INDEX ix ON t (a);" };
  it.write("migrations/versions/2.sql", sqlRevision(two));
  await it.ok("upgrade", "one");
  return { it, file: join(it.folder, "app.db") };
}

const restore = "  Hint: Restore a backup, or save what can still be read: sqlite3 FILE .recover";

test("a truncated SQLite file, and one with a damaged page, are errors that say how to restore it", async () => {
  const { it, file } = await manyRows();
  using _ = it;
  const damaged = openSync(file, "r+");
  writeSync(damaged, Buffer.alloc(20 * 4096, "x"), 0, 20 * 4096, 30 * 4096);
  closeSync(damaged);
  for (
    const [line, message] of [
      ["upgrade head", "Cannot upgrade to two: database disk image is malformed"],
      ["upgrade head --backup", "Cannot save the database: database disk image is malformed"],
    ] as const
  ) {
    const { status, stderr } = await it.migrate(...line.split(" "));
    expect({ line, status }).toEqual({ line, status: 1 });
    expect(stderr).toContain(`Error: ${message}\n`);
    expect(stderr).toContain(restore);
  }
  truncateSync(file, 10_000);
  for (const line of ["current", "upgrade head"]) {
    const { status, stderr } = await it.migrate(...line.split(" "));
    expect({ line, status }).toEqual({ line, status: 5 });
    expect(stderr).toContain(`app.db": database disk image is malformed\n${restore}`);
  }
  writeFileSync(
    file,
    "no database, but a text that is long enough to be read as a header".repeat(20),
  );
  expect((await it.migrate("current")).stderr).toContain(
    'app.db": file is not a database\n  Hint: Name a SQLite file in the database URL\n',
  );
});

test.skipIf(!isRoot)(
  "a WAL database in a folder that cannot be written to is an error that says so (needs root)",
  async () => {
    const { it, file } = await manyRows();
    using _ = it;
    await run(`sqlite:///${file}`, "PRAGMA journal_mode = WAL");
    const tool = join(it.folder, "migrate");
    copyFileSync(executable.command[0] ?? "", tool);
    chmodSync(it.folder, 0o755);
    expect(statSync(file).uid).toBe(0);
    const account = { uid: 65534, gid: 65534 };
    for (const words of [["current"], ["upgrade", "head"]]) {
      const { status, stderr } = spawnSync(tool, words, {
        ...account,
        cwd: it.folder,
        env: { ...env, TMPDIR: tmpdir() },
        encoding: "utf8",
      });
      expect(status).toBe(5);
      expect(stderr).toMatch(
        /Cannot open the SQLite database ".*app\.db": .*\n {2}Hint: Check who may write to the file and its folder: a database in WAL mode needs that even to be read\n/,
      );
    }
  },
);
