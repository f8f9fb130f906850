import { ToolError } from "../error.ts";
import { workSql } from "../migrate/offline/to_sql.ts";
import { stepsOf } from "../plan/plan.ts";
import { describeMove } from "../report/describe_move.ts";
import { resolveRevisions } from "../revision/resolve.ts";
import type { RevisionMove } from "../revision/route.ts";
import { parseTarget } from "../revision/target.ts";
import type { Environment } from "./environment.ts";
import { type OfflinePlanner, offlinePlanner } from "./run/offline_planner.ts";
import type { ScriptResult } from "./views/result.ts";

/** Returns what revisions do, in both directions, as SQL for people to read: code is only named. */
export async function showSql(
  environment: Environment,
  { revision: symbol, tag }: { readonly revision: string; readonly tag?: string | undefined },
): Promise<ScriptResult> {
  const planner = await offlinePlanner(environment, { tag, warn: () => {} });
  const revisions = resolveRevisions(planner.map, parseTarget(symbol));
  async function* pieces(): AsyncGenerator<string> {
    for (const revision of revisions) {
      const up = { direction: "upgrade", revision } as const;
      const down = { direction: "downgrade", revision } as const;
      yield* lastOf([up], planner);
      try {
        yield* lastOf([up, down], planner);
      } catch (error) {
        if (!(error instanceof ToolError) || error.code !== "script/irreversible") throw error;
        yield `-- ${error.message}\n\n`;
      }
    }
  }
  return { kind: "script", pieces: pieces() };
}

/** Yields what the last of `moves` does; the first is the revision's upgrade. */
async function* lastOf(
  moves: readonly [RevisionMove, ...RevisionMove[]],
  { map, dialect, plan, printable }: OfflinePlanner,
): AsyncGenerator<string> {
  const rows = map.parents(moves[0].revision.id).map((it) => it.id);
  const step = stepsOf(await printable(await plan(rows, moves, { perStep: true }))).at(-1);
  if (step === undefined) return;
  yield `-- ${describeMove(step.move)}\n\n`;
  if (step.work.length === 0) yield "-- Nothing\n\n";
  for (const work of step.work) yield* workSql(work, { dialect: dialect.name });
}
