import { identifiersIn } from "../sql/identifiers.ts";
import type { Sql } from "../sql/statement.ts";
import { partsOf } from "./index_element.ts";
import type { Constraint, Index } from "./schema.ts";

/**
 * Returns the columns of its own table that `part` depends on, including those named in its
 * expressions.
 */
export function columnsOf(part: Constraint | Index): ReadonlySet<string> {
  if (!("kind" in part)) {
    const on = part.on.map((it) => partsOf(it).on);
    return named([...on, ...part.include ?? [], ...part.where ? [part.where] : []]);
  }
  switch (part.kind) {
    case "check":
      return identifiersIn(part.expression);
    case "exclude":
      return named([
        ...part.elements.map((it) => it.on),
        ...part.include ?? [],
        ...part.where ? [part.where] : [],
      ]);
    case "foreignKey":
      return new Set(part.columns);
    default:
      return new Set([...part.columns, ...part.include ?? []]);
  }
}

function named(parts: readonly (string | Sql)[]): ReadonlySet<string> {
  return new Set(parts.flatMap((it) => typeof it === "string" ? [it] : [...identifiersIn(it)]));
}
