import type { Report } from "../report/event.ts";
import { stampRoute } from "../revision/route.ts";
import { unknownRows } from "../revision/rows.ts";
import { parseTarget } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import type { RunResult } from "./result.ts";
import { type RunCommandOptions, runMoves } from "./run_moves.ts";

/** Writes `targets` into the version table without running anything. */
export function stamp(
  environment: Environment,
  options: { readonly targets: readonly string[]; readonly purge?: boolean } & RunCommandOptions,
  report: Report = () => {},
): Promise<RunResult> {
  const targets = options.targets.map(parseTarget);
  return runMoves(
    environment,
    (map, heads) => {
      const route = (rows: readonly string[]) =>
        stampRoute(map, rows, targets, { purge: options.purge ?? false });
      route(heads); // what cannot be stamped replaces nothing
      const unknown = unknownRows(map, heads);
      if (unknown.length > 0 && unknown.length === heads.length && !options.purge) {
        report({
          kind: "warned",
          message: `Replacing ${
            unknown.map((it) => `'${it}'`).join(", ")
          } in the version table: no such revision is on disk`,
        });
      }
      return route;
    },
    options,
    report,
  );
}
