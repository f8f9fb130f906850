import type { Dialect } from "../../dialect/dialect.ts";
import type { PlanFrom } from "../../migrate/allowed_plan.ts";
import type { InterruptedWork } from "../../migrate/journal/journal_state.ts";
import { enforcementOf } from "../../migrate/guard/foreign_keys_switch.ts";
import { sourcesAt } from "../../migrate/history/script_drift.ts";
import { stepContents } from "../../migrate/step_contents.ts";
import { makePlan } from "../../plan/make_plan.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Report } from "../../report/event.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import type { Move } from "../../revision/route.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { Environment } from "../environment.ts";
import { operationsContext } from "./operations_context.ts";

/**
 * Called once, with the heads before any waiting, to settle what a relative target means; the
 * function that it returns is called again whenever another run has moved the database meanwhile,
 * with the work that is half done there, as far as it was looked for.
 */
export type Way = (
  map: RevisionMap,
  heads: readonly RevisionId[],
) => (
  heads: readonly RevisionId[],
  unfinished?: readonly InterruptedWork[],
) => readonly Move[];

/** What moves are planned with. */
export interface PlannerInput {
  readonly environment: Environment;
  readonly directory: ScriptDirectory;
  readonly dialect: Dialect;
  /** Whether each step commits by itself. */
  readonly perStep: boolean;
  readonly tag: string | undefined;
  readonly report: Report;
}

/** The state of the database before any waiting. */
export interface StartingPoint {
  readonly heads: readonly RevisionId[];
  /** Whether all files that are applied there are as recorded. */
  readonly unchanged: boolean;
}

/**
 * Returns a function that settles `way` where a run starts, and returns one that then plans it from
 * whatever heads are found.
 */
export async function movePlanner(
  way: Way,
  { environment, directory, dialect, perStep, tag, report }: PlannerInput,
): Promise<(start: StartingPoint) => PlanFrom> {
  const { map } = directory;
  const contents = stepContents({
    directory,
    dialect,
    operations: await operationsContext(environment, dialect.name, tag),
    enforcement: enforcementOf(environment.config, environment.config.databaseUrl().kind),
    signal: environment.context.signal,
    warn: (message) => report({ kind: "warned", message }),
  });
  const known = new Map<string, Promise<Plan>>();
  return ({ heads, unchanged }) => {
    const movesFrom = way(map, heads);
    const plan: PlanFrom = async (rows, unfinished) => {
      const moves = movesFrom(rows, unfinished);
      const contentOf = await contents(moves, { perStep });
      const boundaries = perStep ? "step" : "run";
      // What another run has applied meanwhile is unknown.
      const isKnown = unchanged && `${heads}` === `${rows}`;
      return makePlan({
        ...{ map, rows, moves, contentOf, boundaries },
        ...(isKnown && { sourcesAt: (after) => sourcesAt(directory, after) }),
      });
    };
    return (rows, unfinished = []) => {
      // The same plan is requested before and after the lock is taken, and usually nothing has
      // changed in between.
      const key = `${heads} ${rows} ${unfinished.length}`;
      const made = known.get(key) ?? plan(rows, unfinished);
      known.set(key, made);
      return made;
    };
  };
}
