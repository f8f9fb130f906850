import { columnsOf } from "../../../schema/columns_of.ts";
import type { ParsedTable } from "../parse_table.ts";
import { columnNames } from "../read_table_text.ts";
import { sameIdentifier } from "../same_identifier.ts";
import { allConstraints, findColumn } from "./find_parts.ts";

/**
 * Returns the column that is an alias of the rowid: only the exact word INTEGER makes one, and DESC on the
 * column prevents it, https://www.sqlite.org/lang_createtable.html#rowid
 */
export function rowidColumn(parsed: ParsedTable): string | undefined {
  const key = allConstraints(parsed).find((it) => it.constraint.kind === "primaryKey");
  const [name, second] = key ? columnsOf(key.constraint) : [];
  if (!key || name === undefined || second !== undefined || parsed.options.withoutRowid) {
    return undefined;
  }
  const found = findColumn(parsed, name);
  const type = found?.item.column.type;
  const isInteger = type &&
    /^["'`[]?integer["'`\]]?$/i.test(parsed.sql.slice(type.start, type.end));
  const isBackwards = key.item.column && key.clause.tokens.some((it) => it.word === "DESC");
  return isInteger && !isBackwards ? found?.item.column.name.name : undefined;
}

/** Returns a name by which the rowid can be read and written; undefined if columns have taken them all. */
export function rowidName(parsed: ParsedTable): string | undefined {
  if (parsed.options.withoutRowid) return undefined;
  const columns = columnNames(parsed);
  return ["rowid", "_rowid_", "oid"].find((it) => !columns.some((one) => sameIdentifier(one, it)));
}

export function isAutoincrement(parsed: ParsedTable): boolean {
  return allConstraints(parsed).some(({ clause }) =>
    clause.tokens.some((it) => it.word === "AUTOINCREMENT")
  );
}
