import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import type { Context } from "./context.ts";

/** Returns the context of this process. */
export function processContext(signal?: AbortSignal): Context {
  return {
    cwd: process.cwd(),
    env: process.env,
    ...(signal && { signal }),
    get osUser() {
      return userName();
    },
    get host() {
      return hostname();
    },
    now: () => new Date(),
    newRevisionId: () => randomUUID().slice(-12),
    run: ([command = "", ...rest], options = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(command, rest, { stdio: ["inherit", 2, "inherit"], ...options });
        child.on("error", reject);
        child.on("close", (status) => resolve(status ?? 1));
      }),
  };
}

/** A container's user may have a number and no name; Bun takes names from the environment, which cron leaves empty. */
function userName(): string {
  const { username, uid } = userInfo();
  if (username !== "unknown" && username !== "") return username;
  try {
    const lines = readFileSync("/etc/passwd", "utf8").split("\n").map((it) => it.split(":"));
    return lines.find((it) => it[2] === String(uid))?.[0] ?? `uid ${uid}`;
  } catch {
    return `uid ${uid}`;
  }
}
