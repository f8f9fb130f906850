import { find } from "../../schema/lookup.ts";
import { nameOf, sameName } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema, SchemaObject } from "../../schema/schema.ts";
import { sequenceOf, spelledOut } from "../../schema/serial.ts";
import type { Operation } from "../operation.ts";

/** A column that owns a sequence. */
export interface Owner {
  readonly on: QualifiedName;
  readonly column: string;
}

/** Returns the sequences in `objects` that a column for which `isMeant` owns, and the ownership itself. */
export function ownedBy(
  objects: readonly SchemaObject[],
  isMeant: (owner: Owner) => boolean,
): readonly SchemaObject[] {
  const owned = objects.filter(({ kind, on, arguments: column = "" }) =>
    kind === "ownedSequence" && on && isMeant({ on, column })
  );
  return objects.filter((it) =>
    owned.includes(it) || (it.kind === "sequence" && owned.some((one) => sameName(one, it)))
  );
}

/** Returns `objects` without the sequences that are dropped along with the columns that own them. */
export function withoutOwned(
  objects: readonly SchemaObject[],
  isGone: (owner: Owner) => boolean,
): readonly SchemaObject[] {
  const gone = ownedBy(objects, isGone);
  return objects.filter((it) => !gone.includes(it));
}

/**
 * Returns the sequence that `operation` concerns, if the operation may make a column SERIAL, or a SERIAL
 * column an ordinary one.
 */
export function counterIn(operation: Operation, before: Schema): QualifiedName | undefined {
  switch (operation.kind) {
    case "createObject":
    case "dropObject":
    case "replaceObject": {
      const { object } = operation;
      return object.kind === "sequence" || object.kind === "ownedSequence"
        ? nameOf(object)
        : undefined;
    }
    case "alterColumn": {
      const { table: on, column, change } = operation;
      if (change.default === undefined || change.identity !== undefined) return undefined;
      const table = find(before, on);
      const there = table?.columns.find((it) => it.name === column);
      if (table && there?.identity === "serial") return sequenceOf(table, there);
      const isOwner = (it: Owner) => it.column === column && sameName(it.on, on);
      const owned = ownedBy(before.objects, isOwner)[0];
      return owned && nameOf(owned);
    }
    default:
      return undefined;
  }
}

/** Returns `before` with the SERIAL column spelled out whose sequence `operation` concerns. */
export function spelledFor(operation: Operation, before: Schema): Schema {
  const counter = counterIn(operation, before);
  return counter ? spelledOut(before, (it) => sameName(it, counter)) : before;
}
