import { nameOf, sameName } from "../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { wordsIn } from "../sql/words.ts";

/** What CASCADE is dropped with: an object, a table, or the table of a constraint. */
export type Dropped = QualifiedName & { readonly kind?: ObjectKind };

/**
 * Says whether CASCADE may drop something else of `schema`: a foreign key of another table, a table that
 * inherits, what is in a schema, or what {@linkcode mayUse} it. True without a schema.
 */
export function mayGoWith(dropped: Dropped, schema: Schema | undefined): boolean {
  if (schema === undefined) return true;
  const own = nameOf(dropped);
  const { tables, enums, objects } = schema;
  const isBound = ({ constraints, options }: Table) =>
    constraints.some((it) => it.kind === "foreignKey" && sameName(it.references, own)) ||
    options?.inherits?.some((it) => sameName(it, own));
  const isIn = (it: QualifiedName) => dropped.kind === "schema" && it.schema === own.name;
  return [...tables, ...enums, ...objects].some(isIn) ||
    tables.some((it) => !sameName(it, own) && isBound(it)) ||
    mayUse(schema, dropped);
}

/**
 * Says whether `schema` has an expression, a type or a definition that contains the name of what is
 * dropped; always for an extension, whose members have other names.
 */
export function mayUse({ tables, objects }: Schema, dropped: Dropped): boolean {
  const own = nameOf(dropped);
  const names = (sql: string) => wordsIn(sql).has(own.name);
  const usable = (it: Table) =>
    relations.has(dropped.kind) ? it.columns.map(({ type }) => type) : it;
  return dropped.kind === "extension" ||
    tables.some((it) => !sameName(it, own) && sqlIn(usable(it)).some(names)) ||
    objects.some((it) =>
      !sameName(it, own) && !(it.on && sameName(it.on, own)) && names(it.definition.sql)
    );
}

/** Of these, a table can use only the type of their rows. */
const relations: ReadonlySet<ObjectKind | undefined> = new Set([
  "view",
  "materializedView",
  undefined,
]);

/** Returns all SQL in `part`, at any depth. */
function sqlIn(part: unknown): readonly string[] {
  if (typeof part !== "object" || part === null) return [];
  return "sql" in part && typeof part.sql === "string"
    ? [part.sql]
    : Object.values(part).flatMap(sqlIn);
}
