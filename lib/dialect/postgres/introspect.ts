import type { QualifiedName, Schema } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";
import { catalogueOf, type FoundObject } from "./introspect/catalogue.ts";
import { inOrderOfNeed } from "./introspect/in_order_of_need.ts";

/**
 * Returns the contents of the requested schemas, in a handful of queries whatever their size. Names in the
 * schema in which new tables are created are unqualified. Objects that belong to an extension are left out.
 */
export async function introspect(
  connection: Queryable,
  { schemas, exclude = [], grants = false }: IntrospectOptions = {},
): Promise<Schema> {
  const catalogue = catalogueOf(connection, schemas ?? "default");
  const here = exclude.some((it) => it.schema !== undefined)
    ? await defaultSchema(connection)
    : undefined;
  const isKept = (name: QualifiedName | undefined) =>
    !exclude.some((it) =>
      it.name === name?.name && (it.schema === undefined || it.schema === (name.schema ?? here))
    );
  const tables = (await catalogue.tables()).filter(isKept);
  const enums = await catalogue.enums();
  const found = (await catalogue.objects()).filter(({ object }) => isKept(object.on));
  const ordered = found.length < 2
    ? found
    : inOrderOfNeed(found.toSorted(byIdentity), await catalogue.needs());
  const made = ordered.toSorted((a, b) => Number(isOwned(a)) - Number(isOwned(b)));
  const granted = grants ? await catalogue.grants() : [];
  return {
    tables,
    enums,
    objects: [...made, ...granted.filter((it) => isKept(it.table))].map((it) => it.object),
  };
}

async function defaultSchema(connection: Queryable): Promise<unknown> {
  const [row] = await connection.query({ sql: "SELECT current_schema() AS schema" });
  return row?.["schema"];
}

/** Says whether it is ownership of a sequence, which must exist first. */
function isOwned({ object }: FoundObject): boolean {
  return object.kind === "ownedSequence";
}

/** Orders objects alike, whatever the order in which they were created. */
function byIdentity(a: FoundObject, b: FoundObject): number {
  const [one, other] = [a, b].map(({ object: { definition: _, kind, ...it } }) =>
    [kind, it.schema, it.name, it.arguments, it.on?.schema, it.on?.name].join("\0")
  );
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
