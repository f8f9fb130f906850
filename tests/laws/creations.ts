import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";

/** The kinds of objects to create before any table; the others may depend on one. */
const before = ["schema", "extension", "sequence", "domain", "compositeType"];

/**
 * Returns the operations that create `schema` from scratch, its tables in their order in it. A
 * routine is created after the tables, unless a table calls it.
 */
export function creations({ tables, enums, objects }: Schema): readonly Operation[] {
  const text = JSON.stringify(tables, (_, it: unknown) => typeof it === "bigint" ? `${it}` : it);
  const isCalled = (name: string) => text.includes(`${name}(`);
  const early = objects.filter((it) => before.includes(it.kind) || isCalled(it.name));
  const make = (object: Schema["objects"][number]): Operation => ({ kind: "createObject", object });
  const schemas = early.filter((it) => it.kind === "schema");
  return [
    ...schemas.map(make),
    ...enums.map((it): Operation => ({ kind: "createEnum", enum: it })),
    ...early.filter((it) => it.kind !== "schema").map(make),
    ...tables.map((table): Operation => ({ kind: "createTable", table })),
    ...objects.filter((it) => !early.includes(it)).map(make),
  ];
}
