import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const installed = join(import.meta.dirname, "../../../node_modules/drizzle-orm");

/** Gives the project in `folder` the drizzle-orm that is installed here, as its own. */
export function linkDrizzle(folder: string): void {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(installed, join(folder, "node_modules/drizzle-orm"));
}
