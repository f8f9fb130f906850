import type { Operation } from "../../operations/operation.ts";
import type { NamingConvention } from "../../schema/naming.ts";
import type { CodeStatement } from "./code.ts";
import { layOut } from "./lay_out.ts";
import { statementOf } from "./operation_code.ts";

/** Options of how code is written. */
export interface RenderOptions {
  /** The project's convention: a name that it would change is marked with `f()`. */
  readonly naming?: NamingConvention;
}

/**
 * Returns the call of `op` that records `operation` again, below comments on what it destroys.
 *
 * `alterColumn` and `alterTable` state what an operation replaces (`existing`), and other calls do where
 * that decides what is done. Otherwise no call states it, which is why generated revisions have an explicit
 * `downgrade`. The key of a table is recorded as not null, whatever the table says.
 *
 * @throws {TypeError} For a `run`, whose function has no text, and for rows with values that no literal can express.
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
