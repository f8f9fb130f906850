import type { DatabaseUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";
import { formatDatabaseUrl } from "./format_database_url.ts";
import { isMemory } from "./is_memory.ts";
import { isMissingFile } from "./is_missing_file.ts";
import { parseDatabaseUrl } from "./parse_database_url.ts";

/** Says whether `text` is a URL by its looks, and so no path. A single letter is a drive. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+_]+:/i.test(text);
}

/**
 * Returns the database that `text` names, which is only there to be read and not the project's own.
 *
 * @throws {ToolError} `config/url`, or `database/unreachable` for a SQLite file that is not there, or a
 *   database in memory: as an empty database it would say that everything is to be dropped.
 */
export function parseOtherUrl(
  ...given: Parameters<typeof parseDatabaseUrl>
): DatabaseUrl {
  const url = parseDatabaseUrl(...given);
  if (!isMemory(url) && !isMissingFile(url)) return url;
  throw new ToolError(
    "database/unreachable",
    `Cannot read ${formatDatabaseUrl(url)}: ${isMemory(url) ? "it names no file" : "no such file"}`,
    { hint: "Check the path in the URL" },
  );
}
