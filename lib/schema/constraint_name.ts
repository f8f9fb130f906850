import { ToolError } from "../error.ts";
import { isName } from "./is_name.ts";

/** The name of a constraint. The naming convention applies to a string, not to a final name. */
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
 * Returns the properties of a constraint that hold its name; none if it has no name.
 *
 * @throws {ToolError} `operation/invalid` if `name` is not a name, which JavaScript permits.
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
