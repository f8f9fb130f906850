import { type Part, tableKey } from "../part.ts";

/**
 * Returns the names that `part` occupies. Tables, views, types and indexes share theirs; checks share those
 * of the tables that their table is a part of. A table has room for one primary key, whatever its name.
 */
export function slotsOf(part: Part): readonly string[] {
  const slot = (schema: string | undefined, name: string) => [`${schema ?? ""}\0${name}`];
  switch (part.kind) {
    case "table":
      return slot(part.table.schema, part.table.name);
    case "enum":
      return slot(part.enum.schema, part.enum.name);
    case "index":
      return slot(part.table.schema, part.index.name);
    case "constraint":
      if (part.constraint.kind === "check") {
        const { partitionOf, inherits = [] } = part.table.options ?? {};
        return [part.table, ...inherits, ...partitionOf ? [partitionOf.table] : []]
          .map((it) => tableKey(it, "check", part.constraint.name));
      }
      return part.constraint.kind === "foreignKey" ? [] : [
        ...slot(part.table.schema, part.constraint.name),
        ...part.constraint.kind === "primaryKey" ? [tableKey(part.table, "primaryKey")] : [],
      ];
    case "object":
      if (part.object.kind === "index") return slot(part.object.on?.schema, part.object.name);
      return part.object.on ? [] : slot(part.object.schema, part.object.name);
    default:
      return [];
  }
}
