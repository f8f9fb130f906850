import { nameOf, sameName } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema } from "../../schema/schema.ts";
import { wordsIn } from "../../sql/words.ts";

/**
 * Says whether something of `schema` may stand on what has `name`: a foreign key of another table, one that
 * inherits from it, or an object whose definition has the word. Without a schema, that may be.
 */
export function mayGoWith(name: QualifiedName, schema: Schema | undefined): boolean {
  if (schema === undefined) return true;
  const own = nameOf(name);
  return schema.tables.some((table) =>
    !sameName(table, own) &&
    (table.constraints.some((it) => it.kind === "foreignKey" && sameName(it.references, own)) ||
      table.options?.inherits?.some((it) => sameName(it, own)))
  ) || schema.objects.some((it) =>
    !sameName(it, own) && !(it.on && sameName(it.on, own)) &&
    wordsIn(it.definition.sql).has(own.name)
  );
}
