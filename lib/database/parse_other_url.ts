import type { DatabaseUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";
import { formatDatabaseUrl } from "./format_database_url.ts";
import { isMemory } from "./is_memory.ts";
import { isMissingFile } from "./is_missing_file.ts";
import { parseDatabaseUrl } from "./parse_database_url.ts";

/** Says whether `text` looks like a URL rather than a path. A single letter is a Windows drive. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+_]+:/i.test(text);
}

/**
 * Returns the database at the URL `text`, which is only read from, and is not the project's own.
 *
 * @throws {ToolError} `config/url`, or `database/unreachable` for a database in memory or a SQLite file
 * that does not exist: as an empty database, it would mean that everything is to be dropped.
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
