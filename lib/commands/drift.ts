import { operationView } from "../autogenerate/operation_view.ts";
import type { Report } from "../report/event.ts";
import { compareSides } from "./comparison/compare_sides.ts";
import type { Environment } from "./environment.ts";
import type { ComparisonResult } from "./views/result.ts";
import { parseSide, showSide } from "./comparison/side.ts";

/**
 * Returns manual changes: the operations that turn a replay of the revisions that the database
 * records into its actual schema.
 */
export function drift(
  environment: Environment,
  report: Report = () => {},
): Promise<ComparisonResult> {
  const [from, to] = [parseSide("current", environment), parseSide("database", environment)];
  return compareSides({ from, to }, environment, report, ({ operations }) => ({
    kind: "comparison",
    title: operations.length === 0
      ? `No drift: ${showSide(to)} matches what its revisions make`
      : `${showSide(to)} does not match what its revisions make. Since then:`,
    operations: [],
    drift: operations.map(operationView),
    pending: operations.length > 0,
  }));
}
