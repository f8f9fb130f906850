import type { Dialect } from "../dialect/dialect.ts";
import { ToolError } from "../error.ts";
import type { Recorded } from "../operations/operation.ts";
import type { Work } from "../plan/plan.ts";

/** Returns the work of what a script recorded. @throws {ToolError} With the line that asked for what the dialect can't do. */
export function compileRecorded(recorded: readonly Recorded[], dialect: Dialect): readonly Work[] {
  return recorded.flatMap(({ operation, at }): readonly Work[] => {
    if (operation.kind === "run") return [{ kind: "body", operation, at }];
    try {
      return dialect.compile(operation).map((statement) => ({ kind: "statement", statement, at }));
    } catch (error) {
      throw error instanceof ToolError ? error.with({ ...at }) : error;
    }
  });
}
