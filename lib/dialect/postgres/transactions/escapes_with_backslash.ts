/**
 * Says whether a statement lets backslashes escape in plain literals: the script was split, and literals are written,
 * as if they did not, which is the default since PostgreSQL 9.1.
 */
export function escapesWithBackslash(sql: string): boolean {
  return /^SET\s+(?:(?:SESSION|LOCAL)\s+)?standard_conforming_strings\s*(?:=|\bTO\b)\s*'?(?:off|false|no|0)\b/i
    .test(sql) ||
    /^SELECT\s+(?:pg_catalog\s*\.\s*)?set_config\s*\(\s*'standard_conforming_strings'\s*,\s*'(?:off|false|no|0)'/i
      .test(sql);
}
