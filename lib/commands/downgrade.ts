import { ToolError } from "../error.ts";
import type { Report } from "../report/event.ts";
import { absoluteTarget, downgradeRoute } from "../revision/route.ts";
import { downgradeWarning } from "../revision/downgrade_warning.ts";
import { parseOfflineTarget, parseTarget, type Target } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import { type PrintOptions, printSql } from "./run/print_sql.ts";
import type { RunResult, ScriptResult } from "./views/result.ts";
import type { Way } from "./run/move_planner.ts";
import { runMoves } from "./run/run_moves.ts";
import type { RunCommandOptions } from "./run/run_options.ts";

/** Takes the database back to `target`: a revision, `base`, `-N`, `label@-N` … */
export function downgrade(
  environment: Environment,
  options: { readonly target: string } & RunCommandOptions,
  report: Report = () => {},
): Promise<RunResult> {
  return runMoves(environment, wayDown(parseTarget(options.target), report), options, report);
}

/** Returns the SQL of a downgrade, whose target includes the start: `START:END`. */
export function downgradeSql(
  environment: Environment,
  options: { readonly target: string } & PrintOptions,
  report: Report = () => {},
): Promise<ScriptResult> {
  const { start, target } = parseOfflineTarget(options.target);
  if (start === undefined) {
    throw new ToolError("usage", "Downgrade with --sql requires <fromrev>:<torev>", {
      hint: "Give both ends, as in head:base",
    });
  }
  return printSql(environment, { start, way: wayDown(target, report) }, options, report);
}

function wayDown(target: Target, report: Report): Way {
  return (map, heads) => {
    const warning = downgradeWarning(heads, target);
    if (warning !== undefined) report({ kind: "warned", message: warning });
    const fixed = absoluteTarget(map, heads, target, "downgrade");
    return (rows) => downgradeRoute(map, rows, fixed);
  };
}
