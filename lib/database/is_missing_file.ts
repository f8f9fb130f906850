import { existsSync } from "node:fs";
import type { DatabaseUrl } from "../driver/driver.ts";
import { isMemory } from "./is_memory.ts";

/** Says whether `url` is a SQLite file that does not exist. For a plan, that is an empty database. */
export function isMissingFile(url: DatabaseUrl): boolean {
  return url.kind === "sqlite" && !isMemory(url) && !existsSync(url.path);
}
