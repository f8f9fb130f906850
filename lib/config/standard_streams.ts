import { constants, fstatSync, openSync, writeSync } from "node:fs";
import { systemCode, ToolError } from "../error.ts";
import { waitInside } from "./backlog.ts";

/**
 * Writes a whole text. A reader that has gone away (`migrate history | head`) or was never there is no
 * error; a full disk is.
 */
export function writeResult(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      const code = systemCode(error) ?? "";
      if (code === "EAGAIN") {
        waitInside(); // the pipe is full, and another process has made it non-blocking
        continue;
      }
      if (["EPIPE", "EBADF"].includes(code)) return;
      const found = { ENOSPC: "no space left on device" }[code] ?? String(error);
      throw new ToolError("output/failed", `Cannot write the result: ${found}`, {
        hint:
          "Free space where stdout is written, or redirect it elsewhere, and run the command again",
        cause: error,
      });
    }
  }
}

let logDescriptor: number | undefined;

/** Writes as much to stderr as a pipe has room for, and returns how much; nothing that fails there is an error. */
export function writeLog(bytes: Uint8Array): number {
  try {
    return writeSync(logDescriptor ??= withoutWaiting(2), bytes);
  } catch (error) {
    return systemCode(error) === "EAGAIN" ? 0 : bytes.length;
  }
}

/**
 * Returns a descriptor that writes to the same pipe, and fails where `descriptor` would wait; `descriptor`
 * itself if it is something else, or where the system has no way to open a pipe again: other processes
 * share `descriptor`, so that its own mode must stay.
 */
function withoutWaiting(descriptor: number): number {
  try {
    if (!fstatSync(descriptor).isFIFO()) return descriptor;
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return descriptor;
  }
}

/** Says whether stdout and stderr lead to the same reader. */
export function isOnePipe(): boolean {
  try {
    const [one, other] = [fstatSync(1), fstatSync(2)];
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}
