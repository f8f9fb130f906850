import type { ObjectKind } from "./schema.ts";

export function isRoutine(kind: ObjectKind): boolean {
  return kind === "function" || kind === "procedure";
}

/**
 * Returns the part of a routine's definition before its body; undefined if the body is not a string but
 * SQL, bound to the objects that it names.
 */
export function routineHead(sql: string): string | undefined {
  const body = sql.search(/\bAS\s+(?:\$|')/i);
  return body < 0 ? undefined : sql.slice(0, body);
}
