import { canReplace } from "../../operations/invert/can_replace.ts";
import { partsOf } from "../../schema/index_element.ts";
import { sameName } from "../../schema/qualified_name.ts";
import { isRoutine } from "../../schema/routine.ts";
import { comparedAlike, sameFamily } from "../../schema/type_family.ts";
import type { ColumnType } from "../../schema/types.ts";
import type { Capabilities } from "../capabilities.ts";
import type { Change } from "../change.ts";
import type { Part } from "../part.ts";

/**
 * What a change does to the dependents of its part. `gone`: all must be dropped meanwhile; `fleeting`: all
 * must be dropped when the change is undone; `retyped`: those that are bound to the column's type must be
 * dropped; `recompared`: also foreign keys; `converted`: also what else compares its values; `carried`: also its
 * default; `replaced`: those attached to it must be.
 */
export type Disturbance =
  | "gone"
  | "fleeting"
  | "retyped"
  | "recompared"
  | "converted"
  | "carried"
  | "replaced";

/** Returns what `change` does to the dependents of its part, if anything. */
export function disturbanceOf(
  change: Change,
  { rebuildsTables }: Capabilities,
): Disturbance | undefined {
  switch (change.how) {
    case "drop":
    case "remake":
      return "gone";
    case "alter":
      if (rebuildsTables && isView(change.before)) return "replaced";
      if (isFleeting(change.before, change.after)) return "fleeting";
      return change.operations.some((it) => it.kind === "changeEnum")
        ? "converted"
        : retyping(change.before, change.after);
    default:
      return undefined;
  }
}

/** Without CREATE OR REPLACE, the triggers on a view are dropped with the view that is replaced. */
function isView(part: Part): boolean {
  return part.kind === "object" && part.object.kind === "view";
}

/** A generated column can become plain, and a view gain columns, but undoing that recreates them. */
function isFleeting(before: Part, after: Part): boolean {
  if (before.kind === "column" && after.kind === "column") {
    return before.column.generated !== undefined && after.column.generated === undefined;
  }
  return before.kind === "object" && after.kind === "object" &&
    !canReplace(after.object, before.object);
}

function retyping(before: Part, after: Part): Disturbance | undefined {
  if (before.kind !== "column" || after.kind !== "column") return undefined;
  const [old, made] = [before.column, after.column];
  if (!sameFamily(old.type, made.type)) return "converted";
  const same = JSON.stringify([old.type, old.collation]) ===
    JSON.stringify([made.type, made.collation]);
  if (same || isEnum(old.type)) return undefined;
  return comparedAlike(old.type, made.type) ? "retyped" : "recompared";
}

/** Says whether `part` must be recreated when `cause`, which it depends on, is disturbed. */
export function mustYield(part: Part, disturbance: Disturbance, cause: Part): boolean {
  if (disturbance === "replaced") return standsOn(part, cause);
  const isGone = disturbance === "gone" || disturbance === "fleeting";
  const isCarried = disturbance === "carried";
  const isConverted = disturbance === "converted" || isCarried;
  switch (part.kind) {
    case "table":
    case "enum":
      return isGone;
    case "column":
      return part.column.generated !== undefined;
    case "default":
      return isGone || isCarried || cause.kind === "enum";
    case "constraint":
      return isGone || (isConverted && comparesValues(part.constraint.kind)) ||
        (disturbance === "recompared" && part.constraint.kind === "foreignKey");
    case "index":
      return isGone || (isConverted && hasExpression(part.index));
    case "object":
      if (part.object.kind === "ownedSequence") return isGone;
      // Only a routine whose body is not a string depends on a column.
      return isGone || !isRoutine(part.object.kind) || ["enum", "column"].includes(cause.kind);
  }
}

function standsOn(part: Part, cause: Part): boolean {
  const on = part.kind === "object" ? part.object.on : undefined;
  return on !== undefined && cause.kind === "object" && sameName(on, cause.object);
}

function comparesValues(
  kind: Extract<Part, { kind: "constraint" }>["constraint"]["kind"],
): boolean {
  return kind === "foreignKey" || kind === "check" || kind === "exclude";
}

function hasExpression({ on, where }: Extract<Part, { kind: "index" }>["index"]): boolean {
  return where !== undefined || on.some((it) => typeof partsOf(it).on !== "string");
}

function isEnum(type: ColumnType): boolean {
  return type.kind === "array" ? isEnum(type.of) : type.kind === "enum";
}

/** Says whether a column of `type` has the enum type of `part`. */
export function hasEnum(type: ColumnType, part: Part): boolean {
  if (type.kind === "array") return hasEnum(type.of, part);
  return type.kind === "enum" && part.kind === "enum" && sameName(type.name, part.enum);
}
