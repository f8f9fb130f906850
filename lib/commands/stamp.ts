import { ToolError } from "../error.ts";
import type { Report } from "../report/event.ts";
import type { InterruptedWork } from "../migrate/journal/journal_state.ts";
import type { RevisionId } from "../revision/revision.ts";
import { type Move, stampRoute } from "../revision/route.ts";
import { unknownRows } from "../revision/rows.ts";
import { parseOfflineTarget, parseTarget, type Target } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import { type PrintOptions, printSql } from "./run/print_sql.ts";
import type { RunResult, ScriptResult } from "./views/result.ts";
import type { Way } from "./run/move_planner.ts";
import { runMoves } from "./run/run_moves.ts";
import type { RunCommandOptions } from "./run/run_options.ts";

/** What is stamped, and how. */
export interface StampOptions extends RunCommandOptions {
  readonly targets: readonly string[];
  /** Delete all rows first. */
  readonly purge?: boolean;
}

/**
 * Writes `targets` into the version table without running anything. That settles what is half done,
 * even if the table names them already.
 */
export function stamp(
  environment: Environment,
  options: StampOptions,
  report: Report = () => {},
): Promise<RunResult> {
  const way = wayTo(options.targets.map(parseTarget), options, report);
  return runMoves(environment, way, { ...options, runsNothing: true }, report);
}

/** Returns the SQL of a stamp, on a database at base or, with `START:END`, at its start. */
export function stampSql(
  environment: Environment,
  options: Pick<StampOptions, "targets"> & PrintOptions,
  report: Report = () => {},
): Promise<ScriptResult> {
  const parsed = options.targets.map(parseOfflineTarget);
  const [first, ...others] = parsed.map((it) => it.start).filter((it) => it !== undefined);
  if (others.length > 0) {
    throw new ToolError(
      "usage",
      "Stamp operation with --sql can only have a single start revision",
    );
  }
  const way = wayTo(parsed.map((it) => it.target), {}, report);
  return printSql(environment, { start: first, way }, options, report);
}

function wayTo(
  targets: readonly Target[],
  { purge = false }: Pick<StampOptions, "purge">,
  report: Report,
): Way {
  return (map, heads) => {
    const route = (
      rows: readonly RevisionId[],
      unfinished: readonly InterruptedWork[] = [],
    ): readonly Move[] => {
      const moves = stampRoute(map, rows, targets, { purge });
      const settles = moves.length === 0 && unfinished.length > 0;
      return settles ? [{ direction: "stamp", from: rows, to: rows }] : moves;
    };
    route(heads); // throws before the warning if the target is invalid
    const unknown = unknownRows(map, heads);
    if (unknown.length > 0 && unknown.length === heads.length && !purge) {
      const named = unknown.map((it) => `'${it}'`).join(", ");
      const message = `Replacing ${named} in the version table: no such revision is on disk`;
      report({ kind: "warned", message });
    }
    return route;
  };
}
