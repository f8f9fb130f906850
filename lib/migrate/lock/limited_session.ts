import {
  setsLockTimeout,
  waitsForTables,
} from "../../dialect/postgres/transactions/waits_for_tables.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Session } from "../../driver/driver.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { OwnLockTimeout } from "./own_lock_timeout.ts";
import { Savepoints } from "./savepoints.ts";

/** Watches the statements that may be waiting for a lock. */
export interface LockWatch {
  begin(): void;
  end(): void;
}

/** The limit in milliseconds, and what it applies to. */
export interface LimitOptions {
  readonly limit: number;
  readonly watch: LockWatch;
  readonly scope: "transaction" | "session";
  /** What the script has set in earlier transactions. */
  readonly own?: OwnLockTimeout | undefined;
}

interface LimitState {
  /** The limit now in effect is ours. */
  readonly limited: boolean;
  /** The script has set its own limit, which holds until the transaction ends. */
  readonly own: boolean;
}

/**
 * A session on PostgreSQL, usually an open transaction, in which schema changes, and what concerns
 * the tool's own tables, wait for a lock no longer than the limit, and everything else as long as the
 * session's own setting allows. What runs outside a transaction, such as a CONCURRENTLY statement, is watched even
 * so: the session's own setting may end its wait.
 * `SET LOCAL` is sent along with the statements: it costs no round trip, and ends with the
 * transaction even behind a pooler.
 */
export class LimitedSession implements Session {
  readonly #session: Session;
  readonly #options: LimitOptions;
  readonly #savepoints = new Savepoints<LimitState>();
  #state: LimitState;

  constructor(session: Session, options: LimitOptions) {
    this.#session = session;
    this.#options = options;
    this.#state = { limited: false, own: options.own?.holds ?? false };
  }

  /** Whether the limit now in effect is ours. */
  get limits(): boolean {
    return this.#state.limited;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    const { setting, watched } = this.#prepare(statement);
    return await this.#watched(watched, async () => {
      // Both are on their way before the first is answered.
      const set = setting && this.#session.send([setting]);
      const [rows] = await Promise.all([this.#session.query(statement), set]);
      return rows;
    });
  }

  async send(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]> {
    const { sent, ours, waiting } = this.#prepareAll(statements);
    const answered = answersTo(ours, onAnswer);
    const { watch } = this.#options;
    // Only the statement that runs now can be waiting.
    let running = 0;
    const begins = () => waiting.has(running) && watch.begin();
    const ends = () => waiting.has(running) && watch.end();
    begins();
    const counts = await this.#session.send(sent, (place) => {
      ends();
      running = place + 1;
      begins();
      answered(place);
    }).catch((error) => {
      throw inOurs(error, ours);
    }).finally(ends);
    return counts.filter((_, place) => ours.has(place));
  }

  async sendScript(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<void> {
    const { sent, ours, waiting } = this.#prepareAll(statements);
    const answered = answersTo(ours, onAnswer);
    await this.#watched(waiting.size > 0, () => this.#session.sendScript(sent, answered)).catch(
      (error) => {
        throw inOurs(error, ours);
      },
    );
  }

  async copyIn(statement: Statement, data: AsyncIterable<string>): Promise<void> {
    const { setting } = this.#prepare(statement);
    if (setting) await this.#session.send([setting]);
    await this.#session.copyIn(statement, data);
  }

  /**
   * Returns `statements` with the settings needed between them, the caller's index for each of them,
   * and the places of those that may be waiting for a lock.
   */
  #prepareAll(statements: readonly Statement[]): {
    readonly sent: readonly Statement[];
    readonly ours: ReadonlyMap<number, number>;
    readonly waiting: ReadonlySet<number>;
  } {
    const sent: Statement[] = [];
    const ours = new Map<number, number>();
    const waiting = new Set<number>();
    for (const [index, it] of statements.entries()) {
      const { setting, watched } = this.#prepare(it);
      if (setting) sent.push(setting);
      if (watched) waiting.add(sent.length);
      ours.set(sent.length, index);
      sent.push(it);
    }
    return { sent, ours, waiting };
  }

  #prepare(
    { sql, ownTable, restoresSettings }: OwnStatement,
  ): { readonly setting?: Statement; readonly watched: boolean } {
    const { limit, scope } = this.#options;
    // Nothing else can be sent before the script returns from a failure to its savepoint.
    const after = this.#savepoints.note(sql, this.#state);
    if (after !== undefined) {
      this.#state = after;
      return { watched: false };
    }
    // Outside a transaction, code may have committed half of its work.
    const waits = ownTable !== undefined ||
      waitsForTables(sql) && (scope === "transaction" || !/^\s*DO\b/i.test(sql));
    const watched = waits || scope === "session";
    this.#options.own?.note(sql);
    if (restoresSettings || /^\s*RESET\s+ALL\b/i.test(sql)) {
      this.#state = { limited: false, own: false };
      return { watched };
    }
    const { limited } = this.#state;
    const own = this.#state.own || setsLockTimeout(sql);
    this.#state = { own, limited: own ? limited : waits };
    if (own || waits === limited) return { watched };
    const set = scope === "transaction" ? "SET LOCAL" : "SET";
    return {
      watched,
      setting: { sql: `${set} lock_timeout = ${waits ? `'${limit}ms'` : "DEFAULT"}` },
    };
  }

  async #watched<Result>(watched: boolean, action: () => Promise<Result>): Promise<Result> {
    if (!watched) return await action();
    const { watch } = this.#options;
    watch.begin();
    try {
      return await action();
    } finally {
      watch.end();
    }
  }
}

/** Calls `onAnswer` for the caller's statements alone, by the caller's index. */
function answersTo(
  ours: ReadonlyMap<number, number>,
  onAnswer: ((index: number) => void) | undefined,
): (place: number) => void {
  return (place) => {
    const index = ours.get(place);
    if (index !== undefined) onAnswer?.(index);
  };
}

/** Returns `error` with the index of the statement as counted by the caller. */
function inOurs(error: unknown, ours: ReadonlyMap<number, number>): unknown {
  if (!(error instanceof DatabaseError) || error.answer.index === undefined) return error;
  const index = ours.get(error.answer.index) ?? 0;
  return new DatabaseError({ ...error.answer, index }, error.facts);
}
