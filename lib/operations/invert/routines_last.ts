import { isRoutine, routineHead } from "../../schema/routine.ts";
import type { Operation, OperationOf, Recorded } from "../operation.ts";
import { renameTableInObject } from "../apply/rename_in_object.ts";

/**
 * Returns `inverse` with replacements of routines moved after the renames at its end: only then do the
 * objects that a routine names in the string of its body have their old names.
 */
export function routinesLast(inverse: readonly Recorded[]): readonly Recorded[] {
  const start = inverse.findLastIndex((it) => !renames.has(it.operation.kind)) + 1;
  const renamed = inverse.slice(start);
  if (renamed.length === 0) return inverse;
  const before = Map.groupBy(inverse.slice(0, start), (it) => replacesText(it.operation));
  const routines = (before.get(true) ?? []).map(({ operation, at }): Recorded => ({
    operation: renamed.reduce((it, { operation }) => followed(it, operation), operation),
    at,
  }));
  return [...before.get(false) ?? [], ...renamed, ...routines];
}

const renames: ReadonlySet<Operation["kind"]> = new Set([
  "renameTable",
  "renameColumn",
  "renameEnumValue",
]);

function replacesText(operation: Operation): operation is OperationOf<"replaceObject"> {
  return operation.kind === "replaceObject" && isRoutine(operation.object.kind) &&
    routineHead(operation.object.definition.sql) !== undefined;
}

function followed(operation: Operation, rename: Operation): Operation {
  if (operation.kind !== "replaceObject" || rename.kind !== "renameTable") return operation;
  const { object, existing } = operation;
  const renamed = (it: typeof object) => renameTableInObject(it, rename.name, rename.to);
  return {
    ...operation,
    object: renamed(object),
    ...(existing && { existing: renamed(existing) }),
  };
}
