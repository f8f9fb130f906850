/** The server puts an expression in parentheses unless it is a call; we always put them there ourselves. */
export function withoutParentheses(sql: string): string {
  return sql.startsWith("(") && sql.endsWith(")") ? sql.slice(1, -1) : sql;
}
