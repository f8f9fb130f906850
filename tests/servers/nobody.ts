import { readFileSync } from "node:fs";

/** Returns the account for what must not run as root: it is on every system and owns nothing. */
export function nobody(): { readonly uid: number; readonly gid: number } {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return { uid: Number(entry?.[1] ?? 65534), gid: Number(entry?.[2] ?? 65534) };
}
