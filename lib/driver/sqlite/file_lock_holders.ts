import { readFileSync } from "node:fs";
import { ToolError } from "../../error.ts";
import { type LockableFile, lockableFile } from "./lockable_file.ts";
import { waitLonger } from "../retry_while_busy.ts";

/**
 * Returns the processes that have `path`, or the files that SQLite keeps beside it, locked, as
 * `python3 (process 4711, user bi, since 2026-01-08 14:30:05 UTC)`; of them all, or of those that
 * write. Only Linux tells; empty where nothing is known.
 */
export function fileLockHolders(
  path: string,
  which: "all" | "writers" = "all",
): readonly string[] {
  const files = [path, `${path}-shm`, `${path}-wal`].flatMap((it) => lockableFile(it) ?? []);
  const holders = lockingProcesses(read("/proc/locks"), files, which);
  return [...new Set(holders)].filter((it) => it !== String(process.pid)).map((pid) => {
    const name = read(`/proc/${pid}/comm`).trim();
    const facts = [`process ${pid}`, userOf(pid), startOf(pid)].filter((it) => it !== undefined);
    return name === "" ? facts.join(", ") : `${name} (${facts.join(", ")})`;
  });
}

/** Returns the pids that hold a lock on one of `files`; `locks` is the text of `/proc/locks`. */
export function lockingProcesses(
  locks: string,
  files: readonly LockableFile[],
  which: "all" | "writers",
): readonly string[] {
  // "1: POSIX  ADVISORY  WRITE 4711 fe:01:1234567 1073741824 1073742335", with the device in hexadecimal
  return locks.split("\n").flatMap((line) => {
    const [, mode, pid, major = "", minor = "", inode] =
      /^\d+: \S+ +\S+ +(\S+) +(\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /.exec(line) ?? [];
    if (pid === undefined || (which === "writers" && mode !== "WRITE")) return [];
    const device = `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`;
    const isWanted = files.some((it) => it.inode === Number(inode) && it.devices.includes(device));
    return isWanted ? [pid] : [];
  });
}

function userOf(pid: string): string | undefined {
  const uid = /^Uid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
  if (uid === undefined) return undefined;
  const entry = read("/etc/passwd").split("\n").find((it) => it.split(":")[2] === uid);
  return `user ${entry?.split(":")[0] ?? uid}`;
}

/** In clock ticks since the machine started, of which Linux tells a hundred a second: proc(5). */
function startOf(pid: string): string | undefined {
  const booted = Number(/^btime (\d+)/m.exec(read("/proc/stat"))?.[1]);
  // The name, in parentheses, may hold anything; what follows it begins with the third field.
  const ticks = Number(read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[19]);
  if (!Number.isFinite(booted + ticks)) return undefined;
  const time = new Date((booted + ticks / 100) * 1000).toISOString();
  return `since ${time.slice(0, 19).replace("T", " ")} UTC`;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Returns who has `path` locked, as far as that is known. */
export function whoHasLocked(path: string): string {
  return fileLockHolders(path).join(" and ") || "another connection";
}

/** Returns the error of a file that stayed locked, with who has it. */
export function fileLocked(path: string, cause: unknown): ToolError {
  return new ToolError("lock/busy", `Cannot use "${path}": ${whoHasLocked(path)} has it locked`, {
    hint: waitLonger,
    cause,
  });
}
