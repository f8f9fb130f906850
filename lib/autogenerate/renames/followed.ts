import { follows, isNoColumn, isNoTable } from "../../operations/apply/rename_in_object.ts";
import type { Operation } from "../../operations/operation.ts";
import { findObject } from "../../schema/lookup.ts";
import type { Schema } from "../../schema/schema.ts";
import { plainColumns } from "../../sql/select_list.ts";
import { renameWord } from "../../sql/words.ts";

/**
 * Returns `renamed`, a schema after `renames`, with those views, triggers and policies replaced by the ones
 * of `b` that differ only in the renamed names and return columns of the same names: the database adapts
 * them to a rename by itself, and knows which of several columns of a name is meant.
 */
export function followed(renamed: Schema, b: Schema, renames: readonly Operation[]): Schema {
  if (renames.length === 0) return renamed;
  const old = (sql: string) => renames.reduceRight(takeBack, withShownNames(sql));
  const objects = renamed.objects.map((it) => {
    const made = follows(it) ? findObject(b, it) : undefined;
    return made && old(made.definition.sql) === old(it.definition.sql) ? made : it;
  });
  return { ...renamed, objects };
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
