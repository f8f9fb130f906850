import { ToolError } from "../../../error.ts";
import type { TableChange } from "../../../operations/table_change.ts";
import { showName } from "../../../schema/qualified_name.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import { parseTable } from "../parse_table.ts";
import { tokenize } from "../tokens.ts";
import { replaceRange } from "./edit_text.ts";
import { allConstraints } from "./find_parts.ts";
import { rowidColumn } from "./rowid.ts";

/** Returns the text of a CREATE TABLE with other options after its parentheses. */
export function alterOptions(sql: string, change: TableChange): string {
  const { options, inside } = parseTable(sql);
  const strict = change.strict === undefined ? options.strict : change.strict !== null;
  const withoutRowid = change.withoutRowid === undefined
    ? options.withoutRowid
    : change.withoutRowid !== null;
  if (strict === options.strict && withoutRowid === options.withoutRowid) return sql;
  const words = [...withoutRowid ? ["WITHOUT ROWID"] : [], ...strict ? ["STRICT"] : []].join(", ");
  return `${sql.slice(0, inside.end + 1)}${words && " "}${words}`;
}

/**
 * Returns the text of a changed table, with AUTOINCREMENT on its key if `counts` and the key can have it.
 *
 * @throws {ToolError} `operation/invalid` if the table lacks a primary key that it needs, or AUTOINCREMENT
 * was `asked` for and its key cannot have it.
 */
export function finishKey(
  sql: string,
  table: QualifiedName,
  { counts, asked }: { readonly counts: boolean; readonly asked: boolean },
): string {
  const parsed = parseTable(sql);
  const key = allConstraints(parsed).find((it) => it.constraint.kind === "primaryKey");
  if (key === undefined) {
    if (!parsed.options.withoutRowid) return sql;
    throw new ToolError(
      "operation/invalid",
      `Cannot drop the primary key of "${showName(table)}": a table WITHOUT ROWID needs it`,
      { hint: "Add another one, or create a new table, copy the rows, and drop this one" },
    );
  }
  const { clause } = key;
  const word = clause.tokens.find((it) => it.word === "AUTOINCREMENT");
  if (word && !counts) {
    const before = tokenize(sql).findLast((it) => it.end <= word.start)?.end ?? word.start;
    return replaceRange(sql, { start: before, end: word.end }, "");
  }
  if (word || !counts) return sql;
  if (rowidColumn(parsed) === undefined) {
    if (!asked) return sql;
    throw new ToolError(
      "operation/invalid",
      `Cannot make "${showName(table)}" autoincrement: only an integer primary key can be`,
      { hint: "Make the key one integer column" },
    );
  }
  const at = clause.tokens.find((it) => it.text === ")")?.start ?? clause.end;
  return replaceRange(sql, { start: at, end: at }, " AUTOINCREMENT");
}
