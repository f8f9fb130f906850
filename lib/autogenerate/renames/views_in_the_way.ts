import type { Operation } from "../../operations/operation.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { Schema, SchemaObject } from "../../schema/schema.ts";

/** Returns the views in `schema` that have the new name of a table. */
export function viewsInTheWay(
  renames: readonly Operation[],
  { objects }: Schema,
): readonly SchemaObject[] {
  const isView = ({ kind }: SchemaObject) => kind === "view" || kind === "materializedView";
  return objects.filter((it) =>
    isView(it) &&
    renames.some((one) => one.kind === "renameTable" && sameName(it, { ...one.name, name: one.to }))
  );
}
