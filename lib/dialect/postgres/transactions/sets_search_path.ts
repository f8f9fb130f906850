/** Says whether a statement may change what unqualified names resolve to. */
export function setsSearchPath(sql: string): boolean {
  return /^\s*(?:SET|SELECT)\b/i.test(sql) &&
    /\b(?:search_path|SET\s+(?:LOCAL\s+)?SCHEMA)\b/i.test(sql);
}
