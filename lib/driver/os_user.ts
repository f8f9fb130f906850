import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

/**
 * Returns the name of the user that runs this process. In a container, that may be a number without a
 * name. Bun takes the name from the environment, which cron leaves empty.
 */
export function osUser(): string {
  const { username, uid } = userInfo();
  if (username !== "unknown" && username !== "") return username;
  return userName(String(uid)) ?? `uid ${uid}`;
}

/** Returns the name of the user with the number `uid`, as far as this host knows. */
export function userName(uid: string): string | undefined {
  try {
    const users = readFileSync("/etc/passwd", "utf8").split("\n").map((it) => it.split(":"));
    return users.find((it) => it[2] === uid)?.[0];
  } catch {
    return undefined;
  }
}
