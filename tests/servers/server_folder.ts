import { mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a folder for what a server keeps, in memory where there is room for it: nearly every test makes a
 * database, of eight megabytes on PostgreSQL, and removes it.
 */
export function makeServerFolder(kind: string): string {
  return mkdtempSync(join(hasRoom(memory) ? memory : tmpdir(), `migrate-${kind}-`));
}

const memory = "/dev/shm";

/** In bytes: several servers, and others' work beside them. */
const room = 4 * 2 ** 30;

/** A server's own programs may be copied there, too: then it must be allowed to run them. */
function hasRoom(folder: string): boolean {
  try {
    const mount = readFileSync("/proc/mounts", "utf8").split("\n").map((it) => it.split(" "))
      .find(([, path]) => path === folder);
    const { bavail, bsize } = statfsSync(folder);
    return mount !== undefined && !/\bnoexec\b/.test(mount[3] ?? "") && bavail * bsize > room;
  } catch {
    return false; // no Linux, or none of those that have it
  }
}
