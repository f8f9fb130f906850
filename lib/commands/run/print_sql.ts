import { refuseCode } from "../../migrate/offline/printable.ts";
import { toSql } from "../../migrate/offline/to_sql.ts";
import type { Report } from "../../report/event.ts";
import { resolveRevisions } from "../../revision/resolve.ts";
import type { Target } from "../../revision/target.ts";
import type { Environment } from "../environment.ts";
import { offlinePlanner } from "./offline_planner.ts";
import type { ScriptResult } from "../views/result.ts";
import type { Way } from "./move_planner.ts";

/** How SQL is printed instead of run. */
export interface PrintOptions {
  readonly tag?: string | undefined;
  /** Stop the script unless the database is at the revisions where it begins. */
  readonly guarded?: boolean;
}

/**
 * Returns the script that makes the moves of `way`, on a database at `start`. It connects to none;
 * the URL only determines the dialect.
 *
 * @throws {ToolError} Before anything is printed, if a part of it can't be.
 */
export async function printSql(
  environment: Environment,
  { start, way }: { readonly start: Target | undefined; readonly way: Way },
  { tag, guarded = false }: PrintOptions,
  report: Report,
): Promise<ScriptResult> {
  const { versionTable, transactionPerMigration, foreignKeys } = environment.config;
  const planner = await offlinePlanner(environment, {
    tag,
    warn: (message) => report({ kind: "warned", message }),
  });
  const { map } = planner;
  const rows = start === undefined ? [] : resolveRevisions(map, start).map((it) => it.id);
  const plan = await planner.plan(rows, way(map, rows)(rows), {
    perStep: transactionPerMigration,
  });
  refuseCode(plan);
  const dialect = planner.dialect.name;
  return {
    kind: "script",
    pieces: toSql(await planner.printable(plan), { dialect, versionTable, guarded, foreignKeys }),
  };
}
