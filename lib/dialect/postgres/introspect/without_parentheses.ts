/** The server puts an expression in parentheses unless it is a function call; we always add them ourselves. */
export function withoutParentheses(sql: string): string {
  return sql.startsWith("(") && sql.endsWith(")") ? sql.slice(1, -1) : sql;
}
