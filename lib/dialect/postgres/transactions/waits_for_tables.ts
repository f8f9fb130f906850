import { firstKeyword, fromFirstWord } from "../../../sql/first_keyword.ts";

/**
 * Says whether a statement may wait for a lock on a table, so that the application queues up behind it, and
 * can be cancelled and retried: a change to the schema, by its first words.
 *
 * A CONCURRENTLY statement waits on purpose, and blocks nobody meanwhile. The code of a `DO` is searched
 * for words that change the schema.
 */
export function waitsForTables(sql: string): boolean {
  const keyword = firstKeyword(sql);
  if (keyword === "DO") return /\b(?:alter|create|drop|truncate|lock)\s/i.test(sql);
  if (!schemaWords.has(keyword)) return false;
  return !concurrent.test(fromFirstWord(sql).slice(0, 2000).replace(comments, " "));
}

const comments = /--[^\n]*|\/\*[^]*?\*\//g;

/** The word in its place: a literal, a name or a comment may have it, too. */
const concurrent = new RegExp(
  [
    String
      .raw`^(?:CREATE\s+(?:UNIQUE\s+)?INDEX|DROP\s+INDEX|REFRESH\s+MATERIALIZED\s+VIEW)\s+CONCURRENTLY\b`,
    String.raw`^REINDEX\s*(?:\([^)]*\)\s*)?[a-z]+\s+CONCURRENTLY\b`,
    String.raw`^REINDEX\s*\([^)]*\bCONCURRENTLY\b`,
    String.raw`^ALTER\s+TABLE\b.*\bDETACH\s+PARTITION\s+\S.*\sCONCURRENTLY\s*$`,
  ].join("|"),
  "is",
);

const schemaWords = new Set([
  "ALTER",
  "CLUSTER",
  "COMMENT",
  "CREATE",
  "DROP",
  "GRANT",
  "IMPORT",
  "LOCK",
  "REASSIGN",
  "REFRESH",
  "REINDEX",
  "REVOKE",
  "SECURITY",
  "TRUNCATE",
  "VACUUM",
]);

/** Says whether a statement sets `lock_timeout` itself, as the scripts of `pg_dump` do. */
export function setsLockTimeout(sql: string): boolean {
  return setters.has(firstKeyword(sql)) && /\block_timeout\b/i.test(sql);
}

const setters = new Set(["SET", "RESET", "SELECT"]);
