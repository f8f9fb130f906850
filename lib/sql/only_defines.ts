import { sqliteName, word } from "./lexemes.ts";

/**
 * Says whether SQLite does nothing but store the text of `sql`: it creates a view, a trigger, or a
 * table that is not filled at once.
 */
export function onlyDefines(sql: string): boolean {
  return definition.test(sql);
}

const name = `(?:${sqliteName}|${word})`;
const table = String
  .raw`TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:${name}\s*\.\s*)?${name}\s*\(`;
const definition = new RegExp(
  String.raw`^CREATE\s+(?:TEMP(?:ORARY)?\s+)?(?:(?:VIEW|TRIGGER)\b|${table})`,
  "iu",
);
