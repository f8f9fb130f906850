import type { OperationView } from "../../autogenerate/operation_view.ts";
import { ToolError } from "../../error.ts";

/**
 * A database that is not as it should be, with the operations that turn the expected schema into
 * the actual one.
 */
export class DifferenceError extends ToolError {
  override readonly name = "DifferenceError";
  readonly operations: readonly OperationView[];

  constructor(message: string, operations: readonly OperationView[], hint: string) {
    super("database/differs", message, { hint, detail: linesOf(operations).join("\n") });
    this.operations = operations;
  }
}

const shownLines = 20;

function linesOf(operations: readonly OperationView[]): readonly string[] {
  const lines = operations.flatMap((it) => it.description).map((it) => `  ${it}`);
  const left = lines.length - shownLines;
  return left > 1 ? [...lines.slice(0, shownLines), `  … and ${left} more`] : lines;
}
