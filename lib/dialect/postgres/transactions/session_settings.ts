import type { Queryable, Statement } from "../../../sql/statement.ts";
import type { SessionSettings } from "../../session_settings.ts";

/** The settings, the role, the user and the temporary objects of a PostgreSQL session. */
export const sessionSettings: SessionSettings = {
  mayChange,
  remember,
  undo: (sql) => {
    const name = nameSet(sql);
    return name === undefined ? [] : [{ sql: `RESET ${name}` }];
  },
};

/** Every statement of a large script passes through here. */
function mayChange(sql: string): boolean {
  if (!/^\s*(?:SET|RESET|DISCARD|CALL|DO|SELECT|WITH|CREATE)\b/i.test(sql)) return false;
  if (/^\s*CREATE\b/i.test(sql)) return temporary.test(sql);
  if (/^\s*(?:SELECT|WITH)\b/i.test(sql)) {
    return /\b(?:set_config\s*\(|INTO\s+\S*\s*TEMP)/i.test(sql);
  }
  if (/^\s*DO\b/i.test(sql)) return /\b(?:SET|RESET|EXECUTE|set_config)\b/i.test(sql);
  return !/^\s*SET\s+(?:TRANSACTION|CONSTRAINTS)\b/i.test(sql);
}

const temporary =
  /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\b|^[^(]*\bpg_temp\b/i;

/**
 * What this tool has set itself when it connected (how values are written, the role of the
 * configuration) is part of what is remembered. The role is the last of the rows: what others may not
 * set has been set by then.
 */
async function remember(connection: Queryable): Promise<readonly Statement[]> {
  const rows = await connection.query({
    sql: `SELECT name, setting FROM pg_settings WHERE source = 'session'
UNION ALL SELECT 'role', current_setting('role')`,
  });
  const calls = rows.map((_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, false)`);
  return [
    { sql: "RESET SESSION AUTHORIZATION" },
    { sql: "RESET ALL" },
    {
      sql: `SELECT ${calls.join(", ")}`,
      parameters: rows.flatMap((row) => [String(row["name"]), String(row["setting"])]),
    },
    { sql: "DISCARD TEMP" },
  ];
}

/** Returns the name that RESET takes for what a statement sets. */
function nameSet(sql: string): string | undefined {
  const [, set] = /^\s*SET\s+(?:(?:SESSION|LOCAL)\s+(?!AUTHORIZATION\b))?([^]*)/i.exec(sql) ?? [];
  if (set === undefined) {
    return /^\s*SELECT\b[^]*?\bset_config\s*\(\s*'(?!migrate\.)([\w.]+)'/i.exec(sql)?.[1];
  }
  const [word = "", next = ""] = set.split(/[\s=]+/, 2).map((it) => it.toUpperCase());
  if (word === "TRANSACTION" || word === "CONSTRAINTS" || word === "CHARACTERISTICS") {
    return undefined;
  }
  if (word === "SESSION" && next === "AUTHORIZATION") return "SESSION AUTHORIZATION";
  if (word === "TIME" && next === "ZONE") return "TIME ZONE";
  return otherNames.get(word) ?? /^[\w."]+/.exec(set)?.[0];
}

/** The SQL standard's names for settings. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["SCHEMA", "search_path"],
  ["NAMES", "client_encoding"],
]);
