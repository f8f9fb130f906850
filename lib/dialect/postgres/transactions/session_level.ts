import { fromFirstWord } from "../../../sql/first_keyword.ts";
import { setsForSession } from "./sets_for_session.ts";

/**
 * Returns why a statement leaves something behind in its session, if it does: a pooler would pass that on
 * to another client after the transaction.
 *
 * The code of a `DO` is judged by its statements, also by those that it has in strings for EXECUTE. What a
 * function or a procedure does cannot be seen.
 */
export function sessionLevel(sql: string): string | undefined {
  if (isDefinition.test(sql)) return undefined;
  const statements = /^\s*DO\b/i.test(sql) ? sql.split(beforeStatement) : [sql];
  for (const it of statements.map(fromFirstWord)) {
    const found = kinds.find(({ leaves, except }) => leaves(it) && !except?.test(it));
    if (found !== undefined) return found.why;
  }
  return undefined;
}

/** Code and expressions that only run later. */
const isDefinition =
  /^\s*(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE|VIEW|RULE|POLICY)\s(?!\s*"?pg_temp\b)|COMMENT\s+ON\s)/i;

/** What comes before a statement in the code of a DO. */
const beforeStatement =
  /;|\b(?:BEGIN|THEN|ELSE|LOOP)\b|\bEXECUTE\s+(?:format\s*\(\s*)?(?:E?'+|\$\w*\$)|^\s*DO\b[^'$]*(?:E?'|\$\w*\$)/i;

interface Kind {
  readonly leaves: (sql: string) => boolean;
  readonly except?: RegExp;
  readonly why: string;
}

const kinds: readonly Kind[] = [
  {
    leaves: matches(/^\s*SET\b/i),
    except: /^\s*SET\s+(?:LOCAL|TRANSACTION|CONSTRAINTS)\s/i,
    why: "SET would stay in a session that others use next; SET LOCAL would not",
  },
  {
    leaves: setsForSession,
    why: "set_config(…, false) would stay in a session that others use next; true would not",
  },
  {
    leaves: matches(
      /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\s+(?:RECURSIVE\s+)?VIEW\b/i,
    ),
    why: "a temporary view would stay in a session that others use next",
  },
  {
    leaves: matches(/^\s*CREATE\s+(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\s/i),
    except: /\bON\s+COMMIT\s+DROP\b/i,
    why: "a temporary table would stay in a session that others use next; ON COMMIT DROP ends it",
  },
  {
    leaves: matches(
      /^\s*(?:CREATE\b[^(]*|(?:SELECT|WITH)\b[^]*(?<!\b(?:INSERT|MERGE)\s+)\bINTO\s+(?:TABLE\s+)?)\bpg_temp\s*\./i,
    ),
    except: /\bON\s+COMMIT\s+DROP\b/i,
    why: "what is in pg_temp would stay in a session that others use next",
  },
  {
    // INSERT INTO and MERGE INTO name a table, and so does "INTO temp FROM".
    leaves: matches(
      /^\s*(?:SELECT|WITH)\b[^]*(?<!\b(?:INSERT|MERGE)\s+)\bINTO\s+(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\s+(?!FROM\b)/i,
    ),
    why:
      "a temporary table would stay in a session that others use next; CREATE TEMP TABLE … ON COMMIT DROP AS would not",
  },
  {
    leaves: matches(/\bpg_(?:try_)?advisory_lock(?:_shared)?\s*\(/i),
    why:
      "a session-level advisory lock would stay in a session that others use next; pg_advisory_xact_lock would not",
  },
  {
    leaves: matches(/^\s*(?:LISTEN|PREPARE|LOAD|DISCARD)\s/i),
    why: "what it does would stay in a session that others use next",
  },
  {
    leaves: matches(/^\s*DECLARE\b[^]*\bWITH\s+HOLD\b/i),
    why: "a cursor WITH HOLD would stay in a session that others use next",
  },
];

function matches(pattern: RegExp): (sql: string) => boolean {
  return (sql) => pattern.test(sql);
}
