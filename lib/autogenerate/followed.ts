import { follows } from "../operations/rename_in_object.ts";
import type { Operation } from "../operations/operation.ts";
import { findObject } from "../schema/lookup.ts";
import type { Schema } from "../schema/schema.ts";
import { renameWord } from "../sql/words.ts";

/**
 * Returns `renamed`, a schema after `renames`, with the views, triggers and policies of `b` that say the same
 * but for the names: the database makes them follow, and knows which of several columns of a name is meant.
 */
export function followed(renamed: Schema, b: Schema, renames: readonly Operation[]): Schema {
  if (renames.length === 0) return renamed;
  const old = (sql: string) => renames.reduce(takeBack, sql).replaceAll(ownName, "$1");
  const objects = renamed.objects.map((it) => {
    const made = follows(it) ? findObject(b, it) : undefined;
    return made && old(made.definition.sql) === old(it.definition.sql) ? made : it;
  });
  return { ...renamed, objects };
}

const ownName = /("(?:[^"]|"")*"|\b[\w$]+) AS \1(?![\w$])/g;

function takeBack(sql: string, operation: Operation): string {
  switch (operation.kind) {
    case "renameTable":
      return renameWord(sql, operation.to, operation.name.name);
    case "renameColumn":
      return renameWord(sql, operation.to, operation.column);
    default:
      return sql;
  }
}
