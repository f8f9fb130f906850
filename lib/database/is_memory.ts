import type { DatabaseUrl } from "../driver/driver.ts";

/** Says whether `url` is a SQLite database in memory: empty when opened, and gone when closed. */
export function isMemory(url: DatabaseUrl): boolean {
  return url.kind === "sqlite" && url.path === ":memory:";
}
