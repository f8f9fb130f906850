import type { DialectName } from "./dialect.ts";

/**
 * Says whether a statement may be one that cannot run inside a transaction, by its first words.
 *
 * It errs on the side of yes: it decides only how work outside a transaction is journalled.
 */
export function standsAlone(sql: string, dialect: DialectName): boolean {
  return firstWords[dialect].test(sql);
}

const firstWords: Readonly<Record<DialectName, RegExp>> = {
  postgres:
    /^\s*(?:VACUUM|CLUSTER|REINDEX|CALL|DO|DISCARD|CHECKPOINT|(?:CREATE|DROP|ALTER)\s+(?:DATABASE|TABLESPACE|SYSTEM|SUBSCRIPTION|TYPE)|(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY|ALTER\s+TABLE\b[^]*\bCONCURRENTLY|COMMIT|BEGIN|ROLLBACK|START)\b/i,
  sqlite: /^\s*(?:VACUUM|PRAGMA|ATTACH|DETACH)\b/i,
};
