import { ToolError } from "../error.ts";

/**
 * Returns the table and the column in `text`; the column is what follows the last dot.
 *
 * @throws {ToolError} `operation/invalid` if it names no table.
 */
export function parseReference(text: string): { readonly table: string; readonly column: string } {
  const dot = typeof text === "string" ? text.lastIndexOf(".") : -1;
  if (dot > 0) return { table: text.slice(0, dot), column: text.slice(dot + 1) };
  throw new ToolError(
    "operation/invalid",
    `Cannot read the reference "${text}": it names no table`,
    {
      hint: 'Write "table.column"',
    },
  );
}
