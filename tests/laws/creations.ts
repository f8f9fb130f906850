import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";

/** What has to be there before any table, and what may stand on one. */
const before = ["schema", "extension", "sequence", "domain", "compositeType"];

/**
 * Returns the operations that make `schema` from nothing, its tables in the order that they have. A
 * routine is made as late as what comes before it in `schema` lets it, unless a table calls it.
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
