import type { Operation } from "../../../operations/operation.ts";
import { showName } from "../../../schema/qualified_name.ts";
import { didYouMean } from "../../../sql/closest.ts";
import { sameIdentifier } from "../same_identifier.ts";
import type { Reference } from "./read_references.ts";

/**
 * Returns why `operation` is refused, which has made or broken `reference`, and what to do.
 *
 * @param tables The names of all tables.
 */
export function refusedReference(
  operation: Operation,
  reference: Reference,
  tables: readonly string[],
): { readonly message: string; readonly hint: string } {
  const { child, from, parent, to, columns } = reference;
  const cannot = `Cannot ${doing(operation)}`;
  if (operation.kind === "dropTable" && columns.length === 0) {
    return {
      message: `${cannot}: a foreign key of "${child}" refers to it`,
      hint: "Drop that foreign key first",
    };
  }
  const refers = `${cannot}: the foreign key on ${shown(from)} of "${child}" refers to`;
  if (columns.length === 0) {
    return {
      message: `${refers} "${parent}", which does not exist`,
      hint: didYouMean(parent, tables) ||
        `Create "${parent}" in this revision or in one before it`,
    };
  }
  const missing = to.find((it) => !columns.some((one) => sameIdentifier(one, it)));
  if (missing !== undefined) {
    return {
      message: `${refers} "${missing}" of "${parent}", which does not exist`,
      hint: didYouMean(missing, columns) || `The columns of "${parent}" are ${shown(columns)}`,
    };
  }
  return to.length === 0
    ? {
      message: `${refers} the primary key of "${parent}", which has another number of columns`,
      hint: "Name the columns that it refers to",
    }
    : {
      message: `${refers} ${shown(to)} of "${parent}", which ${
        to.length === 1 ? "is" : "are together"
      } not unique`,
      hint: operation.kind === "dropIndex"
        ? "Drop that foreign key first"
        : `Give "${parent}" a unique constraint on ${shown(to)} first`,
    };
}

function doing(operation: Operation): string {
  switch (operation.kind) {
    case "createTable":
      return `create the table "${showName(operation.table)}"`;
    case "addColumn":
      return `add the column "${operation.column.name}"`;
    case "dropTable":
      return `drop the table "${showName(operation.name)}"`;
    case "dropIndex":
      return `drop the index "${operation.index}"`;
    default:
      return "add the constraint";
  }
}

function shown(names: readonly string[]): string {
  return names.map((it) => `"${it}"`).join(", ");
}
