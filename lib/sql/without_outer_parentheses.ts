import { anyOf, wholes } from "./lexemes.ts";

const token = anyOf(...wholes, "[()]");

/** Returns `sql` without the pair of parentheses that encloses all of it, if there is one. */
export function withoutOuterParentheses(sql: string): string {
  if (!sql.startsWith("(") || !sql.endsWith(")")) return sql;
  let depth = 0;
  for (const { 0: text, index } of sql.matchAll(token)) {
    depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    if (depth === 0 && index < sql.length - 1) return sql;
  }
  return depth === 0 ? sql.slice(1, -1) : sql;
}
