import type { Statement } from "../../sql/statement.ts";
import type { SessionSettings } from "../session_settings.ts";

/**
 * The pragmas that change what later statements do, as SQLite has them in a new session. `foreign_keys` is
 * not among them: each transaction begins with the configured setting. Neither is `defer_foreign_keys`,
 * which ends with the transaction: switching it off would forget the violations found so far.
 */
export const pragmaDefaults: ReadonlyMap<string, "ON" | "OFF"> = new Map([
  ["count_changes", "OFF"],
  ["full_column_names", "OFF"],
  ["ignore_check_constraints", "OFF"],
  ["legacy_alter_table", "OFF"],
  ["query_only", "OFF"],
  ["recursive_triggers", "OFF"],
  ["reverse_unordered_selects", "OFF"],
  ["short_column_names", "ON"],
  ["trusted_schema", "ON"],
  ["writable_schema", "OFF"],
]);

/** The pragmas of a SQLite session. */
export const sessionPragmas: SessionSettings = {
  mayChange: (sql) => /^\s*PRAGMA\b/i.test(sql),
  remember: () => Promise.resolve([...pragmaDefaults].map(toDefault)),
  undo: (sql) => {
    const name = pragmaIn(sql);
    return [...pragmaDefaults].filter(([it]) => it === name).map(toDefault);
  },
};

function toDefault([name, value]: readonly [string, string]): Statement {
  return { sql: `PRAGMA ${name} = ${value}` };
}

function pragmaIn(sql: string): string | undefined {
  return /^\s*PRAGMA\s+(?:\w+\s*\.\s*)?(\w+)/i.exec(sql)?.[1]?.toLowerCase();
}
