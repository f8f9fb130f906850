import { identifiersIn } from "../sql/identifiers.ts";
import type { Constraint, Index } from "./schema.ts";

/** Returns the columns of its own table that `part` stands on, those that its expressions name included. */
export function columnsOf(part: Constraint | Index): ReadonlySet<string> {
  if (!("kind" in part)) {
    const expressions = [
      ...part.on.filter((it) => typeof it !== "string"),
      part.where ?? { sql: "" },
    ];
    const named = expressions.flatMap((it) => [...identifiersIn(it)]);
    return new Set([...part.on.filter((it) => typeof it === "string"), ...named]);
  }
  return part.kind === "check" ? identifiersIn(part.expression) : new Set(part.columns);
}
