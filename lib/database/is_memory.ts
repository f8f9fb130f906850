import type { DatabaseUrl } from "../driver/driver.ts";

/** Says whether `url` names a SQLite database that is empty when it is opened, and gone when it is closed. */
export function isMemory(url: DatabaseUrl): boolean {
  return url.kind === "sqlite" && url.path === ":memory:";
}
