import { ToolError } from "../error.ts";
import { isName } from "./is_name.ts";

/** The name of a constraint: a string goes through the naming convention, a final name does not. */
export type ConstraintName = string | FinalName;

/** A name that no convention changes. */
export interface FinalName {
  readonly final: string;
}

/** Marks a name as final: `check("age > 0", { name: f("positive_age") })`. */
export function f(name: string): FinalName {
  return { final: name };
}

/**
 * Returns the properties that give a constraint its name; none where it says no name.
 *
 * @throws {ToolError} `operation/invalid` if it is no name, as JavaScript may have it.
 */
export function named(
  name: ConstraintName | null | undefined,
): { readonly name?: string; readonly final?: true } {
  if (name === undefined || name === null) return {};
  const said = typeof name === "string" ? name : name.final;
  if (!isName(said)) {
    throw new ToolError(
      "operation/invalid",
      "Cannot read the name of a constraint: it is not text",
    );
  }
  return typeof name === "string" ? { name } : { name: said, final: true };
}
