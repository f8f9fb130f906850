import type { Report } from "../report/event.ts";
import { absoluteTarget, upgradeRoute } from "../revision/route.ts";
import { parseOfflineTarget, parseTarget, type Target } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import { type PrintOptions, printSql } from "./run/print_sql.ts";
import type { RunResult, ScriptResult } from "./views/result.ts";
import type { Way } from "./run/move_planner.ts";
import { runMoves } from "./run/run_moves.ts";
import type { RunCommandOptions } from "./run/run_options.ts";

/** Brings the database up to `target`: a revision, `head`, `heads`, `+N`, `label@head` … */
export function upgrade(
  environment: Environment,
  options: { readonly target: string } & RunCommandOptions,
  report: Report = () => {},
): Promise<RunResult> {
  return runMoves(environment, wayUp(parseTarget(options.target)), options, report);
}

/** Returns the SQL of an upgrade to `target`, from base or, with `START:END`, from its start. */
export function upgradeSql(
  environment: Environment,
  options: { readonly target: string } & PrintOptions,
  report: Report = () => {},
): Promise<ScriptResult> {
  const { start, target } = parseOfflineTarget(options.target);
  if (start === undefined && target.kind === "relative" && target.from.kind === "current") {
    report({
      kind: "warned",
      message: `"${options.target}" is counted from base: no database is asked where it is`,
      hint: `Write where it is, as in START:${options.target}`,
    });
  }
  return printSql(environment, { start, way: wayUp(target) }, options, report);
}

function wayUp(target: Target): Way {
  return (map, heads) => {
    const fixed = absoluteTarget(map, heads, target, "upgrade");
    return (rows) => upgradeRoute(map, rows, fixed);
  };
}
