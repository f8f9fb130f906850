import { expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canMount, mount } from "./mount.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { run } from "./query.ts";

/** Runs `body` with a disk of 1 MB in a project's folder `disk`, which `fill` fills up. */
async function onSmallDisk(
  body: (it: Project, disk: string, fill: () => void) => Promise<void>,
): Promise<void> {
  using it = project({ env: { DATABASE_URL: "sqlite:///app.db" } });
  const disk = join(it.folder, "disk");
  mkdirSync(disk);
  mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", disk);
  try {
    await body(it, disk, () => {
      for (const size of [65536, 4096, 1]) {
        try {
          for (let n = 0;; n++) writeFileSync(join(disk, `full_${size}_${n}`), Buffer.alloc(size));
        } catch {
          // It is full.
        }
      }
    });
  } finally {
    spawnSync("umount", ["-l", disk]);
  }
}

function found(disk: string): readonly string[] {
  return readdirSync(disk, { recursive: true }).map(String).filter((it) => !it.startsWith("full_"));
}

test.skipIf(!canMount())(
  "a full disk leaves no files behind, of init and of revision (needs root to mount)",
  () =>
    onSmallDisk(async (it, disk, fill) => {
      fill();
      const init = () => it.migrate("init", "disk/migrations");
      const refused = await init();
      expect([refused.status, refused.stderr]).toEqual([
        1,
        expect.stringContaining("Cannot write "),
      ]);
      expect(found(disk)).toEqual([]);
      for (const name of readdirSync(disk)) rmSync(join(disk, name));
      expect((await init()).status).toBe(0);
      const before = found(disk);
      fill();
      const { status, stderr } = await it.migrate("revision", "-m", "foo");
      expect([status, stderr]).toEqual([1, expect.stringContaining("the disk is full")]);
      expect(found(disk)).toEqual(before);
    }),
);

test.skipIf(!canMount())(
  "a backup that finds the disk full leaves no files behind (needs root to mount)",
  () =>
    onSmallDisk(async (it, disk) => {
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "CREATE TABLE u (a);" }));
      await run(
        `sqlite:///${it.folder}/app.db`,
        "CREATE TABLE t (a)",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO t SELECT hex(randomblob(100)) FROM n",
      );
      mount("-o", "remount,size=64k", disk);
      const { status, stderr } = await it.migrate("upgrade", "head", "--backup=disk/saved");
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining(
          "Hint: Free space for it, or name another folder with --backup=DIR",
        ),
      ]);
      expect(found(disk)).toEqual(["saved"]);
    }),
);
