import { readGrant } from "../../schema/objects.ts";
import { nameOf, sameName } from "../../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, SchemaObject } from "../../schema/schema.ts";
import { isNumbered, sequenceOf } from "../../schema/serial.ts";
import { namesTable } from "../../sql/names_table.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import { renameWord } from "../../sql/words.ts";
import { isNoTable } from "./other_names.ts";
import { changeFollowing } from "./rename_in_object.ts";

/** Returns `schema` after `old`, a column of `table`, became `made`: what names its sequence follows. */
export function followSequence(
  schema: Schema,
  table: QualifiedName,
  { old, made }: { readonly old: Column; readonly made: Column },
): Schema {
  const isKept = isNumbered(old) && isNumbered(made) &&
    (old.identity === "serial") === (made.identity === "serial");
  const [from, to] = [sequenceOf(table, old), sequenceOf(table, made)];
  if (!isKept || sameName(from, to)) return schema;
  return {
    ...schema,
    tables: schema.tables.map((it) => ({
      ...it,
      columns: it.columns.map((column) =>
        column.default
          ? { ...column, default: { sql: renameLiteral(column.default.sql, from, to) } }
          : column
      ),
    })),
    objects: schema.objects.map((it) => renameInObject(it, from, to)),
  };
}

function renameInObject(
  object: SchemaObject,
  from: QualifiedName,
  to: QualifiedName,
): SchemaObject {
  const { arguments: said = "", definition: { sql } } = object;
  if (object.kind === "grant") {
    const { privileges, on } = readGrant(object);
    if (on !== `SEQUENCE ${quoteName(from)}`) return object;
    const changed = `${privileges} ON SEQUENCE ${quoteName(to)}`;
    return { ...object, arguments: changed, definition: { sql: sql.replace(said, () => changed) } };
  }
  const stays = (before: string, after: string) => isNoTable(before) || !namesTable(before, after);
  return changeFollowing(
    object,
    (text) => renameLiteral(renameWord(text, from.name, to.name, stays), from, to),
  );
}

/** Returns `sql` with another sequence in `nextval('…'::regclass)`. */
function renameLiteral(sql: string, from: QualifiedName, to: QualifiedName): string {
  const [old, made] = [from, to].map((it) =>
    `${quoteLiteral(quoteName(nameOf(it)), "postgres")}::regclass`
  );
  return sql.replaceAll(old ?? "", () => made ?? "");
}
