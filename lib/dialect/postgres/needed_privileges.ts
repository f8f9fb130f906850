import { keptSetting } from "./compile/belongings.ts";

/** A privilege that a role needs to run a statement. */
export interface NeededPrivilege {
  /**
   * "create": CREATE on the schema in which `name` is created; "createBeside": CREATE on the schema of the
   * relation `name`; "own", "drop": ownership of `name`.
   */
  readonly kind: "create" | "createBeside" | "own" | "drop";
  /** As written in the statement, quotes included. */
  readonly name: string;
}

/**
 * Returns what `sql` needs, as far as its first words tell, or "opaque" for a statement after which nothing
 * is certain: it may change the session's role, what names resolve to, or privileges.
 */
export function neededPrivileges(sql: string): readonly NeededPrivilege[] | "opaque" {
  // Belongings are the same after an object is recreated as before.
  if (opaque.test(sql)) return sql.includes(keptSetting) ? [] : "opaque";
  for (const { pattern, kinds } of patterns) {
    const name = pattern.exec(sql)?.[1];
    if (name !== undefined) return kinds.map((kind) => ({ kind, name }));
  }
  return [];
}

const opaque =
  /^\s*(?:SET|RESET|GRANT|REVOKE|REASSIGN|DO|CALL|EXECUTE|SELECT|WITH|CREATE\s+(?:ROLE|USER|GROUP|SCHEMA|(?:OR\s+REPLACE\s+)?(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?)|ALTER\s+(?:ROLE|USER|GROUP|SCHEMA|DEFAULT)|DROP\s+OWNED)\b|\bOWNER\s+TO\b/i;

const identifier = String.raw`(?:"(?:[^"]|"")+"|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*)`;
const name = String.raw`(${identifier}(?:\.${identifier})?)(?![\w$."])`;
const relation = String.raw`(?:TABLE|VIEW|MATERIALIZED\s+VIEW|SEQUENCE|INDEX)`;

const patterns = [
  {
    pattern: statement(
      String
        .raw`CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+)?(?:RECURSIVE\s+)?(?:TABLE|VIEW|MATERIALIZED\s+VIEW|SEQUENCE|TYPE|DOMAIN|FUNCTION|PROCEDURE|AGGREGATE)\s+(?:IF\s+NOT\s+EXISTS\s+)?`,
    ),
    kinds: ["create"],
  },
  {
    pattern: statement(
      String
        .raw`CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?:${identifier}\s+)?ON\s+(?:ONLY\s+)?`,
    ),
    kinds: ["own", "createBeside"],
  },
  {
    pattern: statement(
      String
        .raw`(?:ALTER\s+${relation}\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?|COMMENT\s+ON\s+${relation}\s+)`,
    ),
    kinds: ["own"],
  },
  {
    pattern: statement(
      String.raw`DROP\s+${relation}\s+(?:CONCURRENTLY\s+)?(?:IF\s+EXISTS\s+)?`,
    ),
    kinds: ["drop"],
  },
] as const;

function statement(words: string): RegExp {
  return new RegExp(String.raw`^\s*${words}${name}`, "i");
}
