import { ToolError } from "../../../error.ts";
import type { Operation, OperationOf } from "../../../operations/operation.ts";
import { renameColumnIn } from "../../../operations/apply/rename.ts";
import type { Column, Constraint, Index } from "../../../schema/schema.ts";
import { renameIdentifier } from "../../../sql/identifiers.ts";
import { sameIdentifier } from "../same_identifier.ts";

/** Returns `operation` with the name that a column had before it was renamed. */
export function callOld(
  operation: Operation,
  { table, column: old, to }: OperationOf<"renameColumn">,
): Operation {
  const name = (it: string) => sameIdentifier(it, to) ? old : it;
  const constraintOf = (it: Constraint) =>
    renameColumnIn({ ...only, ...table, constraints: [it] }, table, to, old).constraints[0] ?? it;
  switch (operation.kind) {
    case "addColumn": {
      const { column, constraints, position } = operation;
      if (sameIdentifier(column.name, old)) {
        throw new ToolError(
          "operation/unsupported",
          `Cannot add the column "${old}" together with the change that renamed another column of that name`,
          { hint: "Put the rename into a revision of its own" },
        );
      }
      return {
        ...operation,
        column: { ...column, ...inGenerated(column, to, old) },
        constraints: constraints.map(constraintOf),
        ...(position && {
          position: "before" in position
            ? { before: name(position.before) }
            : { after: name(position.after) },
        }),
      };
    }
    case "alterColumn": {
      const change = { ...operation.change, ...inGenerated(operation.change, to, old) };
      return { ...operation, column: name(operation.column), change };
    }
    case "dropColumn":
    case "renameColumn":
      return { ...operation, column: name(operation.column) };
    case "addConstraint":
      return { ...operation, constraint: constraintOf(operation.constraint) };
    case "dropConstraint": {
      const { existing } = operation;
      return { ...operation, ...(existing && { existing: constraintOf(existing) }) };
    }
    case "createIndex":
      return { ...operation, index: inIndex(operation.index, to, old) };
    default:
      return operation;
  }
}

function inGenerated(
  { generated }: { readonly generated?: Column["generated"] | null },
  from: string,
  to: string,
): Pick<Column, "generated"> {
  if (!generated) return {};
  const expression = renameIdentifier(generated.expression, from, to);
  return { generated: { ...generated, expression } };
}

const only = { name: "only", columns: [], constraints: [], indexes: [] };

function inIndex(index: Index, from: string, to: string): Index {
  const table = { ...only, indexes: [index] };
  return renameColumnIn(table, only, from, to).indexes[0] ?? index;
}
