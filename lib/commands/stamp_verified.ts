import { operationView } from "../autogenerate/operation_view.ts";
import type { Report } from "../report/event.ts";
import { compareSides } from "./comparison/compare_sides.ts";
import { DifferenceError } from "./comparison/difference_error.ts";
import type { Environment } from "./environment.ts";
import { quietly } from "./quietly.ts";
import type { RunResult } from "./views/result.ts";
import { parseSide, showSide } from "./comparison/side.ts";
import { warnOfSchemas } from "./comparison/warn_of_schemas.ts";
import { stamp, type StampOptions } from "./stamp.ts";

/**
 * Stamps, if the database matches what the revisions make that the version table will then name.
 *
 * @throws {DifferenceError} If it does not. Nothing is written then.
 */
export async function stampVerified(
  environment: Environment,
  options: StampOptions,
  report: Report = () => {},
): Promise<RunResult> {
  const { to: rows } = await stamp(environment, { ...options, dryRun: true });
  const from = { kind: "rows", rows } as const;
  const to = parseSide("database", environment);
  await compareSides({ from, to }, environment, report, (compared) => {
    const { operations, uncomparedSchemas } = compared;
    const schemas = [...uncomparedSchemas.from, ...uncomparedSchemas.to];
    warnOfSchemas("Not compared: what there is", schemas, { ...compared, report });
    if (operations.length === 0) return;
    throw new DifferenceError(
      `Cannot stamp: ${showSide(to)} does not match ${showSide(from)}. Compared with it:`,
      operations.map(operationView),
      `Type "migrate stamp --detect --dry-run" to see which revision it matches`,
    );
  });
  return await stamp(environment, options, quietly(report));
}
