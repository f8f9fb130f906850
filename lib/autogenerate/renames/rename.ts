import type { Operation } from "../../operations/operation.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import { inTurn } from "./in_turn.ts";

/** A rename of something. Several apply all at once, so that two names can be swapped. */
export type Rename =
  | {
    readonly kind: "table";
    /** The schema of both names. */
    readonly schema?: string;
    readonly from: string;
    readonly to: string;
  }
  | {
    readonly kind: "column";
    /** By its new name, if it has one. */
    readonly table: QualifiedName;
    readonly from: string;
    readonly to: string;
  }
  | {
    readonly kind: "enumValue";
    readonly enum: QualifiedName;
    readonly from: string;
    readonly to: string;
  };

/** Returns the place within which the names of `rename` are unique. */
export function placeOf(rename: Rename): string {
  switch (rename.kind) {
    case "table":
      return JSON.stringify([rename.kind, rename.schema]);
    case "column":
      return JSON.stringify([rename.kind, rename.table.schema, rename.table.name]);
    case "enumValue":
      return JSON.stringify([rename.kind, rename.enum.schema, rename.enum.name]);
  }
}

/**
 * Returns the operations of `renames`, which apply all at once: tables first, because the renames of columns
 * use the new names of their tables.
 */
export function renameOperations(renames: readonly Rename[]): readonly Operation[] {
  const isTable = (it: Rename) => it.kind === "table";
  const ordered = [...renames.filter(isTable), ...renames.filter((it) => !isTable(it))];
  const places = Map.groupBy(ordered, placeOf);
  return [...places.values()].flatMap((it) => inTurn(it)).map(
    (it): Operation => {
      switch (it.kind) {
        case "table": {
          const { schema, from, to } = it;
          const name = { ...(schema !== undefined && { schema }), name: from };
          return { kind: "renameTable", name, to };
        }
        case "column":
          return { kind: "renameColumn", table: it.table, column: it.from, to: it.to };
        case "enumValue":
          return { kind: "renameEnumValue", name: it.enum, value: it.from, to: it.to };
      }
    },
  );
}
