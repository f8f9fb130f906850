import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

/**
 * Returns the name of the user that runs this process. In a container, that may be a number without a
 * name. Bun takes the name from the environment, which cron leaves empty.
 */
export function osUser(): string {
  const { username, uid } = userInfo();
  if (username !== "unknown" && username !== "") return username;
  return userNames().find((it) => it[2] === String(uid))?.[0] ?? `uid ${uid}`;
}

function userNames(): readonly (readonly string[])[] {
  try {
    return readFileSync("/etc/passwd", "utf8").split("\n").map((it) => it.split(":"));
  } catch {
    return [];
  }
}
