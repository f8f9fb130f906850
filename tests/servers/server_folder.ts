import { mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Creates a folder for a server's data, in memory if there is room: nearly every test creates a
 * database, of eight megabytes on PostgreSQL, and removes it.
 */
export function makeServerFolder(kind: string): string {
  return mkdtempSync(join(hasRoom(memory) ? memory : tmpdir(), `migrate-${kind}-`));
}

const memory = "/dev/shm";

/** In bytes: for several servers, and other processes' needs. */
const room = 4 * 2 ** 30;

/** A server's programs may be copied there, too, so executing them must be allowed. */
function hasRoom(folder: string): boolean {
  try {
    const mount = readFileSync("/proc/mounts", "utf8").split("\n").map((it) => it.split(" "))
      .find(([, path]) => path === folder);
    const { bavail, bsize } = statfsSync(folder);
    return mount !== undefined && !/\bnoexec\b/.test(mount[3] ?? "") && bavail * bsize > room;
  } catch {
    return false; // not Linux, or one without it
  }
}
