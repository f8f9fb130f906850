import { operationView } from "../autogenerate/operation_view.ts";
import { formatDatabaseUrl } from "../database/format_database_url.ts";
import { ToolError } from "../error.ts";
import type { Report } from "../report/event.ts";
import type { RevisionId } from "../revision/revision.ts";
import { DifferenceError } from "./comparison/difference_error.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { type Likeness, likenesses } from "./comparison/likenesses.ts";
import { quietly } from "./quietly.ts";
import { readDatabaseState } from "./database/read_database_heads.ts";
import type { RunResult } from "./views/result.ts";
import type { RunCommandOptions } from "./run/run_options.ts";
import { showSide } from "./comparison/side.ts";
import { stamp } from "./stamp.ts";

/**
 * Stamps the revision that the database matches.
 *
 * @throws {DifferenceError} If it matches none: with the nearest.
 * @throws {ToolError} `revision/ambiguous` if it matches several.
 */
export async function stampDetected(
  environment: Environment,
  options: RunCommandOptions = {},
  report: Report = () => {},
): Promise<RunResult> {
  const started = performance.now();
  const { map } = openScriptDirectory(environment.config);
  const { heads, interrupted } = await readDatabaseState(environment, map);
  const found = await likenesses(environment, report);
  const rows = chosen(found, heads, formatDatabaseUrl(environment.config.databaseUrl()));
  report({ kind: "notice", text: `The database matches ${shown(rows)}` });
  const isThere = rows.join() === heads.join();
  if (isThere && interrupted.length === 0) {
    const durationMs = Math.round(performance.now() - started);
    const dryRun = options.dryRun ?? false;
    return { kind: "run", dryRun, steps: [], from: heads, to: heads, durationMs };
  }
  const targets = rows.length === 0 ? ["base"] : rows;
  return await stamp(
    environment,
    { ...options, targets, purge: heads.length > 0 && !isThere },
    quietly(report),
  );
}

function chosen(
  found: readonly Likeness[],
  heads: readonly RevisionId[],
  database: string,
): readonly RevisionId[] {
  const same = found.filter((it) => it.operations.length === 0).map((it) => it.rows);
  const stamped = same.find((it) => it.join() === heads.join());
  const [first, ...others] = stamped ? [stamped] : same;
  if (first === undefined) {
    // The later of two that are equally near.
    const nearest = found.toSorted((a, b) => b.operations.length - a.operations.length).at(-1);
    throw new DifferenceError(
      `Cannot find a revision that ${database} matches. The nearest is ${
        shown(nearest?.rows ?? [])
      }; compared with it:`,
      (nearest?.operations ?? []).map(operationView),
      "Bring the database there by hand, or stamp it anyway: migrate stamp REVISION",
    );
  }
  if (others.length === 0) return first;
  throw new ToolError(
    "revision/ambiguous",
    `Cannot tell which revision ${database} matches: ${
      [first, ...others].map(shown).join("; ")
    } make the same schema`,
    {
      hint: `Stamp the last one whose rows are in it, as in: migrate stamp ${
        first.join(" ") || "base"
      }`,
    },
  );
}

function shown(rows: readonly RevisionId[]): string {
  return showSide({ kind: "rows", rows });
}
