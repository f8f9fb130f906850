import { nameOf, sameName } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema } from "../../schema/schema.ts";
import { wordsIn } from "../../sql/words.ts";

/**
 * Says whether something in `schema` may depend on the object `name`: a foreign key of another table, a
 * table that inherits from it, or an object whose definition contains the name. True without a schema.
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
