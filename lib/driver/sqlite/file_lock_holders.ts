import { readFileSync } from "node:fs";
import { ToolError } from "../../error.ts";
import { type LockableFile, lockableFile } from "./lockable_file.ts";
import { userName } from "../os_user.ts";
import { waitLonger } from "../retry_while_busy.ts";

/**
 * Returns the processes that have locked `path` or SQLite's files next to it, as
 * `python3 (process 4711, user bi, since 2026-01-08 14:30:05 UTC)`: all of them, or only the writers. Known
 * only on Linux; otherwise empty.
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

/** Returns the pids that hold a lock on any of `files`; `locks` is the text of `/proc/locks`. */
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
  return uid === undefined ? undefined : `user ${userName(uid) ?? uid}`;
}

/** The start time is in clock ticks since boot, which Linux reports at 100 per second: proc(5). */
function startOf(pid: string): string | undefined {
  const booted = Number(/^btime (\d+)/m.exec(read("/proc/stat"))?.[1]);
  // The name, in parentheses, can contain anything; the text after it begins with the third field.
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

/** Returns who has locked `path`, as far as known. */
export function whoHasLocked(path: string): string {
  return fileLockHolders(path).join(" and ") || "another connection";
}

/** Returns the error for a file that stayed locked, with who has locked it. */
export function fileLocked(path: string, cause: unknown): ToolError {
  return new ToolError("lock/busy", `Cannot use "${path}": ${whoHasLocked(path)} has it locked`, {
    hint: waitLonger,
    cause,
  });
}
