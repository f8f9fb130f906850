import { showName } from "../../schema/qualified_name.ts";
import type { ObjectKind, Table } from "../../schema/schema.ts";
import type { Part } from "../part.ts";

/** The position of a step among others: numbers and texts, compared one after the other. */
export type Place = readonly [stage: number, table: string, turn: number, name: string];

export function comparePlaces(a: Place, b: Place): number {
  for (const [at, it] of a.entries()) {
    const other = b[at] ?? it;
    if (it !== other) return it < other ? -1 : 1;
  }
  return 0;
}

/** Objects on tables are dropped first and created last; what tables depend on is created first and dropped last. */
const stages = {
  dropObject: 0,
  namespace: 1,
  type: 2,
  routine: 3,
  /** The partition that replaces it has the same rows, and only one may. */
  dropPartition: 4,
  createTable: 5,
  /** Everything in tables that exist before and after, table by table. */
  alterTable: 6,
  attach: 7,
  view: 8,
  standing: 9,
  grant: 10,
  dropTable: 11,
  dropRoutine: 12,
  dropType: 13,
  dropNamespace: 14,
} as const;

/** Tables become partitions once they have been altered. */
export const placeOfAttachments: Place = [stages.attach, "", 0, ""];

const objectStages: Readonly<Record<ObjectKind, { readonly make: number; readonly drop: number }>> =
  {
    schema: { make: stages.namespace, drop: stages.dropNamespace },
    extension: { make: stages.namespace, drop: stages.dropNamespace },
    sequence: { make: stages.type, drop: stages.dropType },
    ownedSequence: { make: stages.standing, drop: stages.dropObject },
    domain: { make: stages.type, drop: stages.dropType },
    compositeType: { make: stages.type, drop: stages.dropType },
    function: { make: stages.routine, drop: stages.dropRoutine },
    procedure: { make: stages.routine, drop: stages.dropRoutine },
    view: { make: stages.view, drop: stages.dropObject },
    materializedView: { make: stages.view, drop: stages.dropObject },
    index: { make: stages.standing, drop: stages.dropObject },
    trigger: { make: stages.standing, drop: stages.dropObject },
    policy: { make: stages.standing, drop: stages.dropObject },
    grant: { make: stages.grant, drop: stages.dropObject },
  };

/** Returns the place of the step that creates or alters `part`. */
export function placeToMake(part: Part): Place {
  switch (part.kind) {
    case "table":
      return [stages.createTable, "", 0, showName(part.table)];
    case "enum":
      return [stages.type, "", 0, showName(part.enum)];
    case "object":
      return [objectStages[part.object.kind].make, "", 0, showName(part.object)];
    case "column":
      return inside(part.table, 3, "");
    case "default":
      return inside(part.table, 4, part.column.name);
    case "constraint": {
      const { kind, name } = part.constraint;
      return inside(part.table, kind === "foreignKey" ? 10 : kind === "primaryKey" ? 7 : 8, name);
    }
    case "index":
      return inside(part.table, 9, part.index.name);
  }
}

/**
 * What an alteration does to a table that becomes STRICT, or no longer is. SQLite stores other types in such a
 * table: its columns get theirs before it becomes STRICT, and after it no longer is.
 */
export type Effect = "tightens" | "loosens";

/** Returns the place of the step that alters `part`. */
export function placeToAlter(part: Part, effect?: Effect): Place {
  switch (part.kind) {
    case "table":
      return inside(part.table, effect === "loosens" ? 0 : 6, "");
    case "column":
      return inside(part.table, 4, part.column.name);
    case "constraint":
      return inside(part.table, 2, part.constraint.name);
    case "index":
      return inside(part.table, 2, part.index.name);
    default:
      return placeToMake(part);
  }
}

/** Returns the place of the step that drops `part`. */
export function placeToDrop(part: Part): Place {
  switch (part.kind) {
    case "table": {
      const stage = part.table.options?.partitionOf ? stages.dropPartition : stages.dropTable;
      return [stage, "", 0, showName(part.table)];
    }
    case "enum":
      return [stages.dropType, "", 0, showName(part.enum)];
    case "object":
      return [objectStages[part.object.kind].drop, "", 0, showName(part.object)];
    case "column":
      return inside(part.table, 5, part.column.name);
    case "default":
      return inside(part.table, 0, part.column.name);
    case "constraint": {
      const { kind, name } = part.constraint;
      return inside(part.table, kind === "foreignKey" ? 0 : 1, name);
    }
    case "index":
      return inside(part.table, 1, part.index.name);
  }
}

function inside(table: Table, turn: number, name: string): Place {
  return [stages.alterTable, showName(table), turn, name];
}
