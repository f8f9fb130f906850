import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import type postgres from "postgres";
import { ToolError } from "../../error.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import { BesideSession } from "./beside_session.ts";
import { isCopy, refuseStream } from "./client_copy.ts";
import { CommandCounter } from "./command_counter.ts";
import { DatabaseError } from "../database_error.ts";
import { commitInDoubt, isLoss } from "../commit_in_doubt.ts";
import type { Connection, LockWait, Session } from "../driver.ts";
import { inChunks } from "./in_chunks.ts";
import { JoinedStatements } from "./joined_statements.ts";
import { errorCode, isServerAnswer, postgresError } from "./postgres_error.ts";
import { postgresParameter } from "./postgres_values.ts";

type Pending = ReturnType<postgres.Sql["unsafe"]>;
type Answer = Awaited<Pending>;

/** The parts of a session. */
export interface PostgresSession {
  readonly sql: postgres.Sql;
  /** The socket of `sql`. */
  readonly socket: Duplex;
  readonly pooled: boolean;
  /** Why writing is impossible; absent: it is possible. */
  readonly readOnly?: "standby" | "session" | undefined;
  /** The pid of the server process. */
  readonly backend?: number;
  /** How long to wait for a lock on a table of the tool's own; absent: without a limit. */
  readonly lockWait?: LockWait;
  /** Opens another session with the same server, in the same way; absent: the server only takes one. */
  readonly openAnother?: (signal: AbortSignal) => Promise<Connection>;
  /** Returns the error for a lost session. */
  readonly lost: (cause?: unknown) => ToolError;
  /** Asks the server to stop what the session is running. */
  readonly cancel: () => Promise<void>;
}

/** One session with PostgreSQL. */
export class PostgresConnection implements Connection {
  readonly kind = "postgres";
  readonly pooled: boolean;
  readonly readOnly: "standby" | "session" | undefined;
  readonly backend: number | undefined;
  readonly lockWait: LockWait | undefined;
  readonly #session: PostgresSession;
  readonly #counter: CommandCounter;
  readonly #beside: BesideSession | undefined;
  /** Queries without an answer yet, in the order sent. */
  readonly #pending = new Set<Pending>();
  #lost: ToolError | undefined;
  #inTransaction = false;
  /** The statement that makes a transaction assume a role. */
  #role: Statement | undefined;

  constructor(session: PostgresSession) {
    this.#session = session;
    this.#counter = new CommandCounter(session.socket);
    this.#beside = session.openAnother && new BesideSession(session.openAnother);
    this.pooled = session.pooled;
    this.backend = session.backend;
    this.lockWait = session.lockWait;
    this.readOnly = session.readOnly;
  }

  /**
   * To be called when the socket has closed. Queries that have not been sent must not wait for another
   * one.
   */
  end(): void {
    this.#lost ??= this.#session.lost();
    for (const query of this.#pending) query.cancel();
  }

  takeOn(role: string): void {
    this.#role = { sql: `SET LOCAL ROLE ${quoteIdentifier(role)}` };
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    if (this.#role === undefined || this.#inTransaction) return [...await this.#execute(statement)];
    // Sent together, so that concurrent queries come after them.
    const alone = [{ sql: "BEGIN" }, this.#role, statement, { sql: "COMMIT" }];
    const [, , rows = []] = await all(alone.map((it) => this.#execute(it)));
    return [...rows];
  }

  async send(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]> {
    const run = async (it: Statement, index: number): Promise<Answer> => {
      const answer = await this.#execute(it, index);
      onAnswer?.(index);
      return answer;
    };
    if (statements.some(isCopy)) {
      const counts: number[] = [];
      for (const [index, it] of statements.entries()) {
        counts.push(changedRows(await run(it, index)));
      }
      return counts;
    }
    return (await all(statements.map(run))).map(changedRows);
  }

  async sendScript(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<void> {
    if (statements.some(isCopy)) {
      await this.send(statements, onAnswer);
      return;
    }
    const script = new JoinedStatements(statements);
    const query = this.#start(script);
    this.#counter.reset();
    try {
      await query;
    } catch (error) {
      if (!isServerAnswer(error)) throw this.#failure(error, script, undefined);
      const { position, ...answer } = postgresError(error, script, undefined).answer;
      const failed = position === undefined
        ? { index: this.#counter.failedAfter, position }
        : script.locate(position);
      const statement = statements[failed.index] ?? script;
      throw new DatabaseError({ ...answer, ...failed, statement }, { cause: error });
    } finally {
      this.#pending.delete(query);
    }
    for (const index of statements.keys()) onAnswer?.(index);
  }

  async copyIn(statement: Statement, data: AsyncIterable<string>): Promise<void> {
    const query = this.#start(statement);
    // The library has no other way to report a refusal that comes after the last byte.
    const refused = Promise.withResolvers<never>();
    Object.assign(query, { reject: refused.reject });
    try {
      const input = await Promise.race([query.writable(), refused.promise]);
      await Promise.race([pipeline(inChunks(data), input), refused.promise]);
    } catch (error) {
      throw this.#failure(error, statement, undefined);
    } finally {
      this.#pending.delete(query);
    }
  }

  async transaction<Result>(body: (transaction: Session) => Promise<Result>): Promise<Result> {
    if (this.#inTransaction) throw new TypeError("A transaction is open already");
    this.#inTransaction = true;
    try {
      return await this.#transact(body);
    } finally {
      this.#inTransaction = false;
    }
  }

  async #transact<Result>(body: (transaction: Session) => Promise<Result>): Promise<Result> {
    await this.#execute({ sql: "BEGIN" });
    let result: Result;
    try {
      if (this.#role !== undefined) await this.#execute(this.#role);
      result = await body(this);
    } catch (error) {
      await this.#execute({ sql: "ROLLBACK" }).catch((cause) => this.#giveUp(cause));
      throw error;
    }
    const { command } = await this.#execute({ sql: "COMMIT" }).catch((error: unknown) => {
      throw isLoss(error) ? commitInDoubt(error) : error;
    });
    if (command === "ROLLBACK") {
      throw new ToolError(
        "database/failed",
        "Cannot commit: a statement of the transaction failed, and PostgreSQL rolled it back",
        {
          hint:
            "Do not catch a statement's error, or put the statement into a savepoint of its own",
        },
      );
    }
    return result;
  }

  /** Ends a session that is in an unknown state: the server then rolls back by itself. */
  #giveUp(cause: unknown): void {
    this.#lost ??= this.#session.lost(cause);
    this.#session.socket.destroy();
  }

  async batch(statements: readonly Statement[]): Promise<readonly number[]> {
    return await this.transaction((transaction) => transaction.send(statements));
  }

  async beside(statement: Statement): Promise<readonly Row[]> {
    return await (this.#beside ?? this).query(statement);
  }

  async cancel(): Promise<void> {
    if (this.#pending.size === 0 || this.#lost !== undefined) return;
    await this.#session.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A statement that nobody waits for any more would keep the server, and us, busy until it ends.
    await this.cancel().catch(() => {});
    await this.#beside?.[Symbol.asyncDispose]();
    // Once the Terminate message is sent, there is no need to wait for the server to hang up as well.
    const { socket, sql } = this.#session;
    const sent = new Promise((resolve) => socket.once("finish", resolve));
    await Promise.race([sent, sql.end({ timeout: this.#lost === undefined ? 2 : 0 })]);
  }

  async #execute(statement: Statement, index?: number): Promise<Answer> {
    const query = this.#start(statement);
    try {
      return await refuseStream(await query);
    } catch (error) {
      throw this.#failure(error, statement, index);
    } finally {
      this.#pending.delete(query);
    }
  }

  #start({ sql, parameters = [] }: Statement): Pending {
    if (this.#lost !== undefined) throw this.#lost;
    const query = this.#session.sql.unsafe(sql, parameters.map(postgresParameter));
    this.#pending.add(query);
    return query;
  }

  #failure(error: unknown, statement: Statement, index: number | undefined): unknown {
    if (isServerAnswer(error)) return postgresError(error, statement, index);
    return this.#lost ?? (isSocketError(error) ? this.#lost = this.#session.lost(error) : error);
  }
}

/** Codes that the library and the operating system have for a lost socket. */
function isSocketError(error: unknown): boolean {
  return /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT)/.test(errorCode(error) ?? "");
}

/**
 * Returns all `answers` once the last has arrived, so that after a failure nothing is still running.
 */
async function all(answers: readonly Promise<Answer>[]): Promise<readonly Answer[]> {
  const settled = await Promise.allSettled(answers);
  return settled.map((it) => {
    if (it.status === "rejected") throw it.reason;
    return it.value;
  });
}

/** The command tag of a SELECT has a count, too, though it changes nothing. */
function changedRows({ command, count }: Answer): number {
  return ["INSERT", "UPDATE", "DELETE", "MERGE"].includes(command) ? count : 0;
}
