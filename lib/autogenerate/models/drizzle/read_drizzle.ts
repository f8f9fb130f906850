import { policy } from "../../../schema/objects.ts";
import type { Enum, QualifiedName, SchemaObject, Table } from "../../../schema/schema.ts";
import { readEnum } from "./column_type.ts";
import { field, internal, isEntity } from "./entity.ts";
import type { DrizzleContext } from "./read_column.ts";
import { readPolicy, readSchema, readSequence, readView } from "./read_objects.ts";
import { readTable } from "./read_table.ts";

/** What one Drizzle value declares. */
export interface DrizzleModels {
  readonly tables?: readonly Table[];
  readonly enums?: readonly Enum[];
  readonly objects?: readonly SchemaObject[];
  /** Views that it declares as existing, created by other means. */
  readonly existing?: readonly QualifiedName[];
}

/**
 * Returns what `value` declares, if it is Drizzle's; undefined otherwise. Values that only programs use,
 * such as relations, declare nothing.
 */
export function readDrizzle(value: unknown, context: DrizzleContext): DrizzleModels | undefined {
  const made = readEnum(value);
  if (made !== undefined) return { enums: [made] };
  if (internal(value, "IsDrizzleTable") === true) {
    const { table, policies } = readTable(value, context);
    return { tables: [table], objects: policies };
  }
  if (internal(value, "IsDrizzleView") === true || isEntity(value, "View")) {
    const view = readView(value, context);
    return "definition" in view ? { objects: [view] } : { existing: [view] };
  }
  if (isEntity(value, "PgSchema")) return { objects: [readSchema(value)] };
  if (isEntity(value, "PgSequence")) return { objects: [readSequence(value)] };
  if (isEntity(value, "PgPolicy")) return { objects: linkedPolicy(value, context) };
  return isEntity(value, "Relations", "PgRole", "SQL", "Column") ? {} : undefined;
}

/** An exported policy is on a table only if it is linked to one. */
function linkedPolicy(value: unknown, context: DrizzleContext): readonly SchemaObject[] {
  const table = field(value, "_linkedTable");
  const [name, schema] = [internal(table, "Name"), internal(table, "Schema")];
  if (typeof name !== "string") return [];
  const { name: called, options } = readPolicy(value, context);
  return [policy(called, { ...(typeof schema === "string" && { schema }), name }, options)];
}
