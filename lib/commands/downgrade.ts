import type { Report } from "../report/event.ts";
import { absoluteTarget, downgradeRoute } from "../revision/route.ts";
import { downgradeWarning } from "../revision/downgrade_warning.ts";
import { parseTarget } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import type { RunResult } from "./result.ts";
import { type RunCommandOptions, runMoves } from "./run_moves.ts";

/** Takes the database back to `target`: a revision, `base`, `-N`, `label@-N` … */
export function downgrade(
  environment: Environment,
  options: { readonly target: string } & RunCommandOptions,
  report: Report = () => {},
): Promise<RunResult> {
  const target = parseTarget(options.target);
  return runMoves(
    environment,
    (map, heads) => {
      const warning = downgradeWarning(heads, target);
      if (warning !== undefined) report({ kind: "warned", message: warning });
      const fixed = absoluteTarget(map, heads, target, "downgrade");
      return (rows) => downgradeRoute(map, rows, fixed);
    },
    options,
    report,
  );
}
