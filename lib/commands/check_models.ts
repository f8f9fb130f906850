import { operationView } from "../autogenerate/operation_view.ts";
import type { Report } from "../report/event.ts";
import { type DetectOptions, withDetected } from "./comparison/detect.ts";
import type { Environment } from "./environment.ts";
import type { ComparisonResult } from "./views/result.ts";

/**
 * Returns the operations that lead from the database to the models.
 *
 * @throws {ToolError} `database/not_at_heads` unless the database is at the heads.
 */
export function checkModels(
  environment: Environment,
  options: DetectOptions = {},
  report: Report = () => {},
): Promise<ComparisonResult> {
  return withDetected(environment, options, report, ({ operations }) =>
    Promise.resolve({
      kind: "comparison",
      title: operations.length === 0
        ? "No new upgrade operations detected."
        : "New upgrade operations detected:",
      operations: operations.map(operationView),
      drift: [],
      pending: operations.length > 0,
    }));
}
