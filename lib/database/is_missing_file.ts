import { existsSync } from "node:fs";
import type { DatabaseUrl } from "../driver/driver.ts";
import { isMemory } from "./is_memory.ts";

/** Says whether `url` names a SQLite file that is not there: an empty database, as far as a plan goes. */
export function isMissingFile(url: DatabaseUrl): boolean {
  return url.kind === "sqlite" && !isMemory(url) && !existsSync(url.path);
}
