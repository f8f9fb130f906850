import type { DialectName } from "./dialect.ts";
import {
  mayRefuseTransaction,
  whyNotInTransaction,
} from "./postgres/transactions/not_in_transaction.ts";

/** Says whether `standsAlone` is worth asking; true of few statements, and cheap. */
export function mayStandAlone(sql: string, dialect: DialectName): boolean {
  if (dialect === "sqlite") return /^(?:VACUUM|PRAGMA|ATTACH|DETACH)\b/i.test(sql);
  return /^(?:CALL|DO)\b/i.test(sql) || mayRefuseTransaction(sql);
}

/**
 * Says whether a statement runs outside any transaction if its revision has none: one that the database
 * refuses inside a transaction, or code that may end it.
 */
export async function standsAlone(sql: string, dialect: DialectName): Promise<boolean> {
  if (!mayStandAlone(sql, dialect)) return false;
  if (dialect === "sqlite" || /^CALL\b/i.test(sql)) return true;
  if (/^DO\b/i.test(sql)) return /\b(?:commit|rollback|call|execute)\b/i.test(sql);
  // These two depend on the catalogue: they are refused for a partitioned table.
  if (/^(?:CLUSTER|REINDEX)\b/i.test(sql)) return true;
  const { loadGrammar } = await import("./postgres/transactions/grammar.ts");
  const grammar = await loadGrammar();
  return whyNotInTransaction(sql, grammar) !== undefined || grammar.parse(sql) === undefined;
}

/** Says whether a statement's effect is lost with the session, so that a new session must repeat it. */
export function belongsToSession(sql: string, dialect: DialectName): boolean {
  return dialect === "sqlite"
    ? /^(?:PRAGMA|ATTACH)\b/i.test(sql)
    : /^(?:SET(?!\s+(?:LOCAL|TRANSACTION|CONSTRAINTS)\b)|RESET|SELECT\s+(?:pg_catalog\.)?set_config\s*\()/i
      .test(sql);
}
