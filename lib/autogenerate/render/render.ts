import type { Operation } from "../../operations/operation.ts";
import type { NamingConvention } from "../../schema/naming.ts";
import type { CodeStatement } from "./code.ts";
import { layOut } from "./lay_out.ts";
import { statementOf } from "./operation_code.ts";

/** What decides how code is written. */
export interface RenderOptions {
  /** The project's: a name that it would change is marked with `f()`. */
  readonly naming?: NamingConvention;
}

/**
 * Returns the call of `op` that records `operation` again, below comments that say what it destroys.
 *
 * What an operation carries of that which it replaces (`existing`) is said where it decides what is done, and by
 * `alterColumn` and `alterTable`: for the others no call says it, so that what is generated has an explicit
 * `downgrade`. The key of a table is recorded as not null, whatever the table says.
 *
 * @throws {TypeError} For a `run`, whose function has no text, and for rows that hold what no literal says.
 */
export function render(operation: Operation, options: RenderOptions = {}): string {
  return layOut([statementFor(operation, options)], 0).join("\n");
}

/** Returns the statement, before it is laid out. */
export function statementFor(
  operation: Operation,
  { naming = {} }: RenderOptions,
): CodeStatement {
  return statementOf(operation, { convention: naming });
}
