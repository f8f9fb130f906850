import type { Session } from "../../driver/driver.ts";
import { lossOf } from "../../driver/commit_in_doubt.ts";
import type { Step } from "../../plan/plan.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Location, Queryable } from "../../sql/statement.ts";
import { isSettled } from "../execute/has_committed.ts";
import { revisionOf } from "../explain/explain_failure.ts";
import { explainNotRecorded } from "../explain/explain_not_recorded.ts";
import { belongsTo, type HistoryRow, historyTable, insertHistory } from "../history/history.ts";
import type { Item } from "./items.ts";
import {
  type Doing,
  type InterruptedWork,
  interruptedWork,
  type JournalEntry,
  type JournalPlace,
} from "./journal_state.ts";
import { expectRows, lockedTransaction } from "../lock/locked_transaction.ts";
import { queryHistory } from "../history/read_history.ts";
import { progressRow } from "../history/record_step.ts";
import type { RunLock } from "../lock/run_lock.ts";
import type { RunOptions } from "../run_options.ts";
import { VersionConflict } from "../version_conflict.ts";

/** What a journal needs to know of its step. */
export type JournalStep = Pick<Step, "move" | "source" | "before">;

/**
 * The progress of a step that is not transactional, as rows of the history written with the work or
 * around it. A row is written only if the newest one is still the one that this journal has seen
 * last: so no statement runs twice, even where there is no lock that keeps other runs out.
 */
export class Journal {
  readonly #step: JournalStep;
  readonly #statements: number;
  readonly #lock: RunLock;
  readonly #options: RunOptions;
  readonly #started: Date;
  readonly #clock = performance.now();
  #seen: string | undefined;
  #done: number;
  #inDoubt = false;
  /** What an earlier run has left unfinished. */
  readonly left: InterruptedWork | undefined;

  private constructor(
    { step, statements, lock, options, seen, left }: {
      readonly step: JournalStep;
      readonly statements: number;
      readonly lock: RunLock;
      readonly options: RunOptions;
      readonly seen: string | undefined;
      readonly left: InterruptedWork | undefined;
    },
  ) {
    this.#step = step;
    this.#statements = statements;
    this.#lock = lock;
    this.#options = options;
    this.#started = options.now();
    this.#seen = seen;
    this.#done = left?.digests.length ?? 0;
    this.left = left;
  }

  /** Reads what is recorded of `step`, which has that many `statements`. */
  static async open(
    step: JournalStep,
    statements: number,
    { lock, options }: { readonly lock: RunLock; readonly options: RunOptions },
  ): Promise<Journal> {
    const { connection } = options.database;
    const seen = await lastRow(connection, step, options);
    const [work] = await interruptedWork(connection, options, revisionOf(step));
    const left = work?.direction === step.move.direction ? work : undefined;
    return new Journal({ step, statements, lock, options, seen, left });
  }

  /** How many statements are known to be done. */
  get statementsDone(): number {
    return this.#done;
  }

  /** Whether only a person can tell what the failed statement did. */
  get inDoubt(): boolean {
    return this.#inDoubt;
  }

  get milliseconds(): number {
    return performance.now() - this.#clock;
  }

  get started(): Date {
    return this.#started;
  }

  /**
   * Does `work`, if there is any, and records in the same transaction what is then done, and what
   * is about to run.
   *
   * @throws {VersionConflict} If another run has continued the step meanwhile, or moved the
   *   database.
   * @throws {ToolError} If the work fails, or cannot be recorded.
   */
  async note(
    { done = [], doing, decision }: {
      readonly done?: readonly Item[];
      readonly doing?: Doing;
      readonly decision?: JournalEntry["decision"];
    },
    work?: { readonly run: (session: Session) => Promise<void>; readonly foreignKeys?: false },
  ): Promise<void> {
    const foreignKeys = work?.foreignKeys;
    const more = decision === "done" ? 1 : done.length;
    let written: string | undefined;
    await lockedTransaction(this.#lock, this.#options, async (session) => {
      if (await lastRow(session, this.#step, this.#options) !== this.#seen) {
        throw new VersionConflict();
      }
      // Between two transactions on SQLite, nothing keeps another run from undoing what the step
      // builds on.
      if (work || doing) await expectRows(session, this.#step.before, this.#options);
      await work?.run(session);
      const last = done.at(-1)?.at;
      const entry: JournalEntry = {
        ...done.length > 0 && { done: done.map((it) => it.digest()) },
        ...last && { last: this.place(last) },
        ...doing && { doing },
        ...decision && { decision },
      };
      written = await this.#insert(session, entry, this.#done + more);
    }, foreignKeys === undefined ? undefined : { foreignKeys }).catch(async (error: unknown) => {
      const find = async (session: Queryable) => {
        const last = await lastRow(session, this.#step, this.#options);
        return last === this.#seen ? false : last === written ? true : undefined;
      };
      if (await isSettled(error, this.#options, find)) return;
      throw explainNotRecorded(lossOf(error), this.#step, this.#options.versionTable);
    });
    this.#seen = written;
    this.#done += more;
  }

  /** Leaves the statement recorded as started to a person's decision. */
  leaveInDoubt(): void {
    this.#inDoubt = true;
  }

  /** Returns `at` as the journal records it, for runs on other hosts, too. */
  place({ file, line }: Location): JournalPlace {
    return file === this.#step.source?.file ? { line } : { file, line };
  }

  async #insert(
    session: Session,
    entry: JournalEntry,
    statementsDone: number,
  ): Promise<string | undefined> {
    const { versionTable, dialect, runner } = this.#options;
    const row: HistoryRow = {
      ...progressRow(this.#step, {
        outcome: entry.decision === undefined ? "started" : "resumed",
        started: this.#started,
        milliseconds: this.milliseconds,
        statements: this.#statements,
        statementsDone: entry.decision === "restart" ? 0 : statementsDone,
      }),
      journal: JSON.stringify(entry),
      ...entry.decision && { reason: `--${entry.decision}` },
    };
    await session.send([insertHistory(versionTable, dialect.name, runner, [row])]);
    return await lastRow(session, this.#step, this.#options);
  }
}

/** Returns the key of the newest row that records the progress of `step`. */
async function lastRow(
  session: Pick<Session, "query">,
  step: JournalStep,
  { versionTable, dialect }: RunOptions,
): Promise<string | undefined> {
  const [row] = await queryHistory(session, versionTable, {
    sql: `SELECT max(id) AS id FROM ${quoteName(historyTable(versionTable))} WHERE revision = ${
      quoteLiteral(revisionOf(step), dialect.name)
    } AND outcome IN ('started', 'resumed', 'done') AND ${belongsTo(versionTable, dialect.name)}`,
  });
  const id = row?.["id"];
  return id === null || id === undefined ? undefined : String(id);
}
