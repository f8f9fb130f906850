import { DatabaseError } from "../../driver/database_error.ts";
import type { Session } from "../../driver/driver.ts";
import type { Step } from "../../plan/plan.ts";
import type { Location, Statement } from "../../sql/statement.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import type { SessionKeeper } from "./session_keeper.ts";
import type { StepProgress } from "./step_progress.ts";
import { isUniqueViolation, VersionConflict } from "../version_conflict.ts";

/** A statement waiting to be sent. */
export interface Queued {
  readonly step: Step;
  readonly statement: Statement;
  readonly at?: Location | undefined;
  /** It changes the version table, and must affect one row. */
  readonly version?: true;
  /** It sets how the step is run, and is not one of its own statements. */
  readonly setting?: true;
}

/** A statement of the queue, with the steps that have ended when it is answered. */
type Waiting = Queued & { ends?: Step[] };

/**
 * Limits on what is sent together: enough to hide the round trips, little enough to hold in memory.
 */
const mostStatements = 500;
const mostCharacters = 64 * 1024;

/**
 * Collects the statements of a transaction to send them together, and knows where each came from
 * when one fails.
 */
export class StatementQueue {
  readonly #session: Session;
  readonly #progress: StepProgress;
  readonly #keeper: SessionKeeper;
  readonly #signal: AbortSignal | undefined;
  #waiting: Waiting[] = [];
  #characters = 0;
  /** How many of the statements sent last have been answered. */
  #answers = 0;

  constructor(
    session: Session,
    { progress, keeper, signal }: {
      readonly progress: StepProgress;
      readonly keeper: SessionKeeper;
      readonly signal: AbortSignal | undefined;
    },
  ) {
    this.#session = session;
    this.#progress = progress;
    this.#keeper = keeper;
    this.#signal = signal;
  }

  /** Returns `undefined` if there is nothing to wait for. */
  add(queued: Queued): Promise<void> | undefined {
    if (!queued.setting) this.#keeper.note(queued.statement);
    this.#waiting.push(queued);
    this.#characters += queued.statement.sql.length;
    const isFull = this.#waiting.length >= mostStatements || this.#characters >= mostCharacters;
    return isFull ? this.flush() : undefined;
  }

  /** Ends `step` when everything that was added before it is done. */
  end(step: Step): void {
    const last = this.#waiting.at(-1);
    if (last === undefined) this.#progress.end(step);
    else (last.ends ??= []).push(step);
  }

  /** Runs `work` of `step` after everything that was added before it. */
  async alone(step: Step, at: Location | undefined, work: () => Promise<void>): Promise<void> {
    await this.flush();
    this.#progress.begin(step);
    try {
      await work();
    } catch (error) {
      throw explainFailure(error, step, at);
    }
    this.#progress.advance();
  }

  /** @throws {VersionConflict} If the version table is not as a step expects. */
  async flush(): Promise<void> {
    this.#signal?.throwIfAborted();
    const sent = this.#waiting;
    const [first] = sent;
    if (first === undefined) return;
    this.#waiting = [];
    this.#characters = 0;
    this.#answers = 0;
    this.#progress.begin(first.step);
    this.#progress.working(first.statement.sql);
    let counts: readonly number[];
    try {
      counts = await this.#sendAll(sent);
    } catch (error) {
      // A lost connection's error has no index: the first statement without an answer was running.
      const index = error instanceof DatabaseError ? error.answer.index : undefined;
      const failed = sent[index ?? this.#answers] ?? first;
      if (failed.version && isUniqueViolation(error)) throw new VersionConflict();
      throw explainFailure(error, failed.step, failed.at);
    }
    if (sent.some((it, index) => it.version && counts[index] !== 1)) throw new VersionConflict();
  }

  async #sendAll(sent: readonly Waiting[]): Promise<readonly number[]> {
    const statements = sent.map((it) => it.statement);
    const asksCounts = sent.some((it) => it.version || it.statement.parameters);
    const onAnswer = (index: number) => this.#answered(sent, index);
    if (asksCounts || sent.length === 1) return await this.#session.send(statements, onAnswer);
    await this.#session.sendScript(statements, onAnswer);
    return [];
  }

  #answered(sent: readonly Waiting[], index: number): void {
    this.#answers = index + 1;
    const [answered, next] = [sent[index], sent[index + 1]];
    if (!answered?.version && !answered?.setting) this.#progress.advance();
    for (const step of answered?.ends ?? []) this.#progress.end(step);
    if (next) this.#progress.begin(next.step);
    if (next && !next.version) this.#progress.working(next.statement.sql);
  }
}
