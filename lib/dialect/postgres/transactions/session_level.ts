/**
 * Returns why a statement leaves something behind in its session, if it does: a pooler would pass that on
 * to another client after the transaction.
 */
export function sessionLevel(sql: string): string | undefined {
  return kinds.find(({ pattern, except }) => pattern.test(sql) && !except?.test(sql))?.why;
}

interface Kind {
  readonly pattern: RegExp;
  readonly except?: RegExp;
  readonly why: string;
}

const kinds: readonly Kind[] = [
  {
    pattern: /^\s*SET\s/i,
    except: /^\s*SET\s+(?:LOCAL|TRANSACTION|CONSTRAINTS)\s/i,
    why: "SET would stay in a session that others use next; SET LOCAL would not",
  },
  {
    pattern: /^\s*SELECT\b[^]*\bset_config\s*\([^]*,\s*(?:false|'f(?:alse)?'|'off')\s*\)/i,
    why: "set_config(…, false) would stay in a session that others use next; true would not",
  },
  {
    pattern: /^\s*CREATE\s+(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\s+(?!VIEW)/i,
    except: /\bON\s+COMMIT\s+DROP\b/i,
    why: "a temporary table would stay in a session that others use next; ON COMMIT DROP ends it",
  },
  {
    pattern: /\bpg_(?:try_)?advisory_lock(?:_shared)?\s*\(/i,
    why:
      "a session-level advisory lock would stay in a session that others use next; pg_advisory_xact_lock would not",
  },
  {
    pattern: /^\s*(?:LISTEN|PREPARE|LOAD|DISCARD)\s/i,
    why: "what it does would stay in a session that others use next",
  },
  {
    pattern: /^\s*DECLARE\b[^]*\bWITH\s+HOLD\b/i,
    why: "a cursor WITH HOLD would stay in a session that others use next",
  },
];
