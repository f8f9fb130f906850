import { DatabaseError } from "../../driver/database_error.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Statement } from "../../sql/statement.ts";
import type { Segment, Step } from "../../plan/plan.ts";
import { changeVersion, type VersionTable } from "../../plan/version_table.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import { hasCommitted, untilBatchEnded } from "./has_committed.ts";
import { insertHistory } from "../history/history.ts";
import { historyRow } from "../history/record_step.ts";
import { compileAhead, type PlacedStatement } from "../offline/compile_ahead.ts";
import { interrupted } from "../interrupted.ts";
import { notArrived } from "./expect_arrival.ts";
import { isKnownAhead } from "../is_known_ahead.ts";
import type { RunLock } from "../lock/run_lock.ts";
import type { RunOptions } from "../run_options.ts";
import { VersionConflict } from "../version_conflict.ts";

/**
 * Returns whether `segment` is a single step whose statements are all known ahead, so that they can
 * be sent as one batch.
 */
export function fitsBatch(segment: Segment): boolean {
  return segment.steps.length === 1 &&
    segment.steps.every(isKnownAhead);
}

/**
 * Executes a step as one batch. A remote libSQL server requires this: it ends a transaction that
 * has been open for more than five seconds as soon as another connection wants to write.
 */
export async function executeBatch(step: Step, lock: RunLock, options: RunOptions): Promise<void> {
  const { versionTable, history, dialect, runner, report, database, signal } = options;
  if (signal?.aborted) throw interrupted(signal);
  report({ kind: "stepStarted", move: step.move });
  await options.hooks?.beforeStep?.(step);
  const started = options.now();
  const clock = performance.now();
  const rebuilds = step.work.some((it) => it.kind === "deferred");
  const work = rebuilds
    ? await compileAhead(step, database.connection, dialect)
    : step.work.flatMap((it): readonly PlacedStatement[] => it.kind === "statement" ? [it] : []);
  const record = history
    ? [insertHistory(versionTable, dialect.name, runner, [
      historyRow(step, {
        outcome: "done",
        started,
        milliseconds: lock.renewed ?? 0,
        statementsDone: work.length,
      }),
    ])]
    : [];
  const guard = guardVersions(versionTable, step.before);
  const changes = step.changes.map((it) => changeVersion(versionTable, it));
  const arrived = guardVersions(versionTable, step.after);
  const statements = [
    guard,
    ...lock.renewal,
    ...work.map((it) => it.statement),
    ...changes,
    arrived,
    ...record,
  ];
  try {
    options.progress?.beginCommit();
    await database.connection.batch(statements, { foreignKeys: !rebuilds && options.foreignKeys });
  } catch (error) {
    const index = error instanceof DatabaseError ? error.answer.index : undefined;
    if (index === 0) throw new VersionConflict();
    if (index === statements.indexOf(arrived)) throw notArrived(step);
    await untilBatchEnded(options);
    if (!await hasCommitted(error, step, options)) {
      throw explainFailure(error, step, work[(index ?? 0) - 1 - lock.renewal.length]?.at);
    }
  }
  report({ kind: "stepFinished", move: step.move, milliseconds: performance.now() - clock });
}

/**
 * Returns a query that fails, and its batch with it, unless the version table holds exactly
 * `expected`.
 */
export function guardVersions(table: VersionTable, expected: readonly RevisionId[]): Statement {
  const name = quoteName(table);
  const ids = expected.map((it) => quoteLiteral(it, "sqlite")).join(", ");
  const matching = `(SELECT count(*) FROM ${name} WHERE version_num IN (${ids}))`;
  const all = `(SELECT count(*) FROM ${name})`;
  // json() of an invalid text is an error; its argument must not be constant, or it would be
  // evaluated when the statement is prepared.
  return {
    sql:
      `SELECT CASE WHEN ${matching} = ${expected.length} AND ${all} = ${expected.length} THEN 1 ` +
      `ELSE json('conflict ' || ${all}) END`,
  };
}
