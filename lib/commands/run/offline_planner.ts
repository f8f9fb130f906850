import { dialectOf } from "../../database/dialect_of.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { enforcementOf } from "../../migrate/guard/foreign_keys_switch.ts";
import { printable } from "../../migrate/offline/printable.ts";
import { stepContents } from "../../migrate/step_contents.ts";
import { makePlan } from "../../plan/make_plan.ts";
import type { Plan } from "../../plan/plan.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import type { Move } from "../../revision/route.ts";
import { openScriptDirectory } from "../../script/script_directory.ts";
import type { Environment } from "../environment.ts";
import { operationsContext } from "./operations_context.ts";
import { loadDialect } from "../database/with_database.ts";

/** Makes plans for the dialect of the project's database, without connecting to it. */
export interface OfflinePlanner {
  readonly map: RevisionMap;
  readonly dialect: Dialect;
  plan(
    rows: readonly RevisionId[],
    moves: readonly Move[],
    options: { readonly perStep: boolean },
  ): Promise<Plan>;
  /** Returns `plan` with a statement for everything but code. */
  printable(plan: Plan): Promise<Plan>;
}

export async function offlinePlanner(
  environment: Environment,
  { tag, warn }: {
    readonly tag: string | undefined;
    readonly warn: (message: string) => void;
  },
): Promise<OfflinePlanner> {
  const { config } = environment;
  const directory = openScriptDirectory(config);
  const { map } = directory;
  const dialect = await loadDialect(dialectOf(config.databaseUrl()));
  const operations = await operationsContext(environment, dialect.name, tag);
  // A script depends on nothing of a server's own, only on the configuration.
  const enforcement = enforcementOf(config, dialect.name);
  const contents = stepContents({
    ...{ directory, dialect, operations, enforcement, warn },
    offline: true,
    signal: environment.context.signal,
  });
  return {
    map,
    dialect,
    plan: async (rows, moves, { perStep }) => {
      const contentOf = await contents(moves, { perStep });
      return makePlan({ map, rows, moves, contentOf, boundaries: perStep ? "step" : "run" });
    },
    printable: (plan) =>
      printable(plan, {
        map,
        dialect,
        versionTable: config.versionTable,
        operations,
        workOf: async (moves) => {
          const contentOf = await contents(moves, { perStep: true });
          return moves.map((move) => ({ move, work: contentOf(move).work }));
        },
      }),
  };
}
