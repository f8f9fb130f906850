import { isNoColumn, isNoTable } from "../../operations/apply/other_names.ts";
import { follows } from "../../operations/apply/rename_in_object.ts";
import type { Operation } from "../../operations/operation.ts";
import { findObject } from "../../schema/lookup.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { Schema } from "../../schema/schema.ts";
import { plainColumns } from "../../sql/select_list.ts";
import { renameWord } from "../../sql/words.ts";

/**
 * Returns `renamed`, which is predicted for a schema after `renames`, with those views, triggers and policies
 * replaced by the ones of `b` that differ only in the renamed names and return columns of the same names: the
 * database adapts them to a rename by itself, and knows which of several columns of a name is meant. If `b`
 * uses an old name again, they may mean either.
 */
export function followed(renamed: Schema, b: Schema, renames: readonly Operation[]): Schema {
  if (renames.some((it) => isUsedAgain(it, b))) return renamed;
  const old = (sql: string) => renames.reduceRight(takeBack, withShownNames(sql));
  const objects = renamed.objects.map((it) => {
    const made = follows(it) ? findObject(b, it) : undefined;
    return made && old(made.definition.sql) === old(it.definition.sql) ? made : it;
  });
  return { ...renamed, objects };
}

function isUsedAgain(rename: Operation, { tables, objects }: Schema): boolean {
  switch (rename.kind) {
    case "renameTable":
      return [...tables, ...objects].some((it) => sameName(it, rename.name));
    case "renameColumn":
      return tables.some((it) =>
        sameName(it, rename.table) && it.columns.some((one) => one.name === rename.column)
      );
    default:
      return false;
  }
}

/** `SELECT users.email` becomes `SELECT users.email AS email`. */
function withShownNames(sql: string): string {
  let [shown, at] = ["", 0];
  for (const { name, alias, end } of plainColumns(sql)) {
    shown += sql.slice(at, end) + (alias === undefined ? ` AS ${name}` : "");
    at = end;
  }
  return shown + sql.slice(at);
}

function takeBack(sql: string, operation: Operation): string {
  switch (operation.kind) {
    case "renameTable":
      return renameWord(sql, operation.to, operation.name.name, isNoTable);
    case "renameColumn":
      return renameWord(sql, operation.to, operation.column, isNoColumn);
    default:
      return sql;
  }
}
