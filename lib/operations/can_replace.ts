import type { SchemaObject } from "../schema/schema.ts";
import { selectList } from "../sql/select_list.ts";

/**
 * Says whether `after` can take the place of `before`, which is known by the same, with all that depends
 * on it left alone.
 */
export function canReplace(before: SchemaObject, after: SchemaObject): boolean {
  const [old, made] = [before.definition.sql, after.definition.sql];
  switch (after.kind) {
    case "view":
      // https://www.postgresql.org/docs/current/sql-createview.html: the same columns, and more behind them.
      return selectList(old).every((it, at) => it.text === selectList(made)[at]?.text);
    case "materializedView":
      return false;
    case "function":
    case "procedure":
      return signature(old) === signature(made);
    default:
      return true;
  }
}

/** The names and types that a routine takes and returns stay as they are: https://www.postgresql.org/docs/current/sql-createfunction.html */
function signature(sql: string): string {
  const language = sql.search(/\bLANGUAGE\b/i);
  const head = language < 0 ? sql : sql.slice(0, language);
  return head.replace(/^\s*CREATE\s+(OR\s+REPLACE\s+)?/i, "").replaceAll(/\s+/g, " ").trim();
}
