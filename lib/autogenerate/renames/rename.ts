import type { Operation } from "../../operations/operation.ts";
import type { QualifiedName } from "../../schema/schema.ts";

/** A rename of something. */
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

/** Returns the operations of `renames`: tables first, as columns go by the new names of their tables. */
export function renameOperations(renames: readonly Rename[]): readonly Operation[] {
  const isTable = (it: Rename) => it.kind === "table";
  const ordered = [...renames.filter(isTable), ...renames.filter((it) => !isTable(it))];
  return ordered.map((it): Operation => {
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
  });
}
