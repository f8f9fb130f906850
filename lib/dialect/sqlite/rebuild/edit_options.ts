import { ToolError } from "../../../error.ts";
import type { TableChange } from "../../../operations/table_change.ts";
import { showName } from "../../../schema/qualified_name.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import { parseTable } from "../parse_table.ts";
import { tokenize } from "../tokens.ts";
import { replaceRange } from "./edit_text.ts";
import { allConstraints } from "./find_parts.ts";

/**
 * Returns the text of a CREATE TABLE with other options; those that are PostgreSQL's change nothing.
 *
 * @throws {ToolError} `operation/invalid` if a table without a primary key shall count it up.
 */
export function alterOptions(sql: string, table: QualifiedName, change: TableChange): string {
  const { options, inside } = parseTable(sql);
  const strict = change.strict === undefined ? options.strict : change.strict !== null;
  const withoutRowid = change.withoutRowid === undefined
    ? options.withoutRowid
    : change.withoutRowid !== null;
  const isSame = strict === options.strict && withoutRowid === options.withoutRowid;
  const words = [...withoutRowid ? ["WITHOUT ROWID"] : [], ...strict ? ["STRICT"] : []].join(", ");
  const close = inside.end + 1;
  const altered = isSame ? sql : `${sql.slice(0, close)}${words && " "}${words}`;
  return change.autoincrement === undefined
    ? altered
    : counting(altered, table, change.autoincrement !== null);
}

function counting(sql: string, table: QualifiedName, counts: boolean): string {
  const key = allConstraints(parseTable(sql)).find((it) => it.constraint.kind === "primaryKey");
  if (key === undefined) {
    throw new ToolError(
      "operation/invalid",
      `Cannot count up the primary key of "${showName(table)}": it has none`,
    );
  }
  const { clause, item } = key;
  const word = clause.tokens.find((it) => it.word === "AUTOINCREMENT");
  if (word) {
    if (counts) return sql;
    const before = tokenize(sql).findLast((it) => it.end <= word.start)?.end ?? word.start;
    return replaceRange(sql, { start: before, end: word.end }, "");
  }
  if (!counts) return sql;
  const at = item.column
    ? clause.end
    : clause.tokens.find((it) => it.text === ")")?.start ?? clause.end;
  return replaceRange(sql, { start: at, end: at }, " AUTOINCREMENT");
}
