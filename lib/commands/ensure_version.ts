import { dialectOf } from "../database/dialect_of.ts";
import { ensureTables } from "../migrate/run.ts";
import { acquireRunLock } from "../migrate/lock/acquire_run_lock.ts";
import { refuseWithoutPlace } from "../migrate/guard/usable_path.ts";
import type { Report } from "../report/event.ts";
import type { Environment } from "./environment.ts";
import { versionTableSql } from "../migrate/offline/to_sql.ts";
import type { MessageResult, ScriptResult } from "./views/result.ts";
import { runOptions } from "./run/run_options.ts";
import { withDatabase } from "./database/with_database.ts";

/** Returns the SQL that creates the version table if it is missing. */
export function ensureVersionSql({ config }: Environment): ScriptResult {
  const dialect = dialectOf(config.databaseUrl());
  const { versionTable } = config;
  return {
    kind: "script",
    pieces: inPieces(versionTableSql({ dialect, versionTable })),
  };
}

async function* inPieces(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

/** Creates the version table, and the history, where they are missing. */
export function ensureVersion(
  environment: Environment,
  report: Report = () => {},
): Promise<MessageResult> {
  return withDatabase(environment, { changes: true, create: true, report }, async (open) => {
    report({ kind: "connected", database: open.shown });
    const options = await runOptions(environment, open, {}, report);
    await using lock = await acquireRunLock(options);
    const { connection } = open.database;
    if (connection.kind === "postgres") await refuseWithoutPlace(connection, options.versionTable);
    await ensureTables(lock, options);
    return {
      kind: "message",
      lines: [],
      json: { versionTable: environment.config.versionTable.name },
    };
  });
}
