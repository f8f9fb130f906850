import type { Report } from "../report/event.ts";
import { absoluteTarget, upgradeRoute } from "../revision/route.ts";
import { parseTarget } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import type { RunResult } from "./result.ts";
import { type RunCommandOptions, runMoves } from "./run_moves.ts";

/** Brings the database up to `target`: a revision, `head`, `heads`, `+N`, `label@head` … */
export function upgrade(
  environment: Environment,
  options: { readonly target: string } & RunCommandOptions,
  report: Report = () => {},
): Promise<RunResult> {
  const target = parseTarget(options.target);
  return runMoves(
    environment,
    (map, heads) => {
      const fixed = absoluteTarget(map, heads, target, "upgrade");
      return (rows) => upgradeRoute(map, rows, fixed);
    },
    options,
    report,
  );
}
