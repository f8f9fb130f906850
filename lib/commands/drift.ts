import { operationView } from "../autogenerate/operation_view.ts";
import type { Report } from "../report/event.ts";
import { compareSides } from "./comparison/compare_sides.ts";
import type { Environment } from "./environment.ts";
import type { ComparisonResult } from "./views/result.ts";
import { parseSide, showSide } from "./comparison/side.ts";
import { warnOfSchemas } from "./comparison/warn_of_schemas.ts";

/**
 * Returns manual changes: the operations that turn a replay of the revisions that the database
 * records into its actual schema.
 */
export function drift(
  environment: Environment,
  report: Report = () => {},
): Promise<ComparisonResult> {
  const [from, to] = [parseSide("current", environment), parseSide("database", environment)];
  return compareSides({ from, to }, environment, report, (compared) => {
    const { operations, uncomparedSchemas } = compared;
    // What others have beside the project's own is no concern of a check that runs every day.
    warnOfSchemas("Not compared: what the revisions make", uncomparedSchemas.from, {
      ...compared,
      report,
    });
    return {
      kind: "comparison",
      title: operations.length === 0
        ? `No drift: ${showSide(to)} matches what its revisions make`
        : `${showSide(to)} does not match what its revisions make. Since then:`,
      operations: [],
      drift: operations.map(operationView),
      pending: operations.length > 0,
    };
  });
}
