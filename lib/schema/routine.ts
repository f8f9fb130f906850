import type { ObjectKind } from "./schema.ts";

export function isRoutine(kind: ObjectKind): boolean {
  return kind === "function" || kind === "procedure";
}

/** Returns what stands before the body of a routine; undefined where the body is no string, but SQL that is bound to what it names. */
export function routineHead(sql: string): string | undefined {
  const body = sql.search(/\bAS\s+(?:\$|')/i);
  return body < 0 ? undefined : sql.slice(0, body);
}
