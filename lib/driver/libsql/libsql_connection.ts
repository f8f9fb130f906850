import type { Client, InStatement, ResultSet, Transaction } from "@libsql/client/http";
import { ToolError } from "../../error.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { Connection, ConnectOptions, Session, TransactionOptions } from "../driver.ts";
import { isUnparsable, libsqlError } from "./libsql_error.ts";
import type { LibsqlRequests } from "./libsql_requests.ts";
import { retryWhileBusy, waitLonger } from "../retry_while_busy.ts";
import { noCopy } from "../sqlite/no_copy.ts";
import { isBusy, sqliteError } from "../sqlite/sqlite_error.ts";
import { sqliteParameters, sqliteRow } from "../sqlite/sqlite_values.ts";

/**
 * A database on a libSQL server. Only the statements of one transaction or batch share a session:
 * between two queries, the server forgets pragmas and temporary tables.
 */
export class LibsqlConnection implements Connection {
  readonly kind = "libsql";
  readonly pooled = false;
  readonly #client: Client;
  readonly #requests: LibsqlRequests;
  readonly #options: ConnectOptions;
  /** While a transaction is open, the connection's own statements are part of it. */
  #transaction: LibsqlTransaction | undefined;

  constructor(client: Client, requests: LibsqlRequests, options: ConnectOptions) {
    this.#client = client;
    this.#requests = requests;
    this.#options = options;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    if (this.#transaction !== undefined) return await this.#transaction.query(statement);
    const [result] = await this.#guarded(
      [statement],
      () => this.#client.execute(inStatement(statement)).then((it) => [it]),
    );
    return rowsOf(result);
  }

  async send(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]> {
    const changed = await (this.#transaction?.send(statements) ?? this.batch(statements));
    for (const index of changed.keys()) onAnswer?.(index);
    return changed;
  }

  async sendScript(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<void> {
    await this.send(statements, onAnswer);
  }

  async copyIn(statement: Statement): Promise<void> {
    throw noCopy("libSQL", statement);
  }

  async transaction<Result>(body: (transaction: Session) => Promise<Result>): Promise<Result> {
    if (this.#transaction !== undefined) throw new TypeError("A transaction is open already");
    const transaction = new LibsqlTransaction(
      await this.#guarded([{ sql: "BEGIN IMMEDIATE" }], () => this.#begin()),
      (statements, error) => this.#failure(statements, error),
    );
    this.#transaction = transaction;
    try {
      const result = await body(transaction);
      await this.#requests.keeping(() => transaction.commit());
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    } finally {
      this.#transaction = undefined;
    }
  }

  async batch(
    statements: readonly Statement[],
    { foreignKeys }: TransactionOptions = {},
  ): Promise<readonly number[]> {
    const sent = statements.map(inStatement);
    const results = await this.#guarded(
      statements,
      // `migrate` is the client's name for a batch with foreign keys off.
      () => foreignKeys === false ? this.#client.migrate(sent) : this.#client.batch(sent, "write"),
    );
    return results.map((it) => it.rowsAffected);
  }

  async beside(statement: Statement): Promise<readonly Row[]> {
    return await this.query(statement);
  }

  async cancel(): Promise<void> {
    this.#requests.giveUp();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
  }

  /**
   * The client only sends BEGIN with the first statement. This sends one, to find out whether to wait.
   */
  async #begin(): Promise<Transaction> {
    const transaction = await this.#client.transaction("write");
    try {
      await transaction.execute("SELECT 1");
      return transaction;
    } catch (error) {
      transaction.close();
      throw error;
    }
  }

  async #guarded<Result>(
    statements: readonly Statement[],
    action: () => Promise<Result>,
  ): Promise<Result> {
    try {
      const onWait = () => this.#options.onLocked?.("another connection");
      return await retryWhileBusy(action, isBusy, { ...this.#options, onWait });
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      if (isBusy(error)) {
        throw new ToolError(
          "lock/busy",
          "Cannot use the database: another connection has it locked",
          {
            hint: waitLonger,
            cause: error,
          },
        );
      }
      throw await this.#failure(statements, error);
    }
  }

  async #failure(statements: readonly Statement[], error: unknown): Promise<Error> {
    const index = isUnparsable(error) ? await this.#firstUnparsable(statements, 0) : undefined;
    return libsqlError(error, statements, index);
  }

  /**
   * A message with a statement that does not parse is refused as a whole, and the server does not tell
   * which one it is. This finds it by bisection, with EXPLAIN.
   */
  async #firstUnparsable(statements: readonly Statement[], start: number): Promise<number> {
    if (statements.length <= 1) return start;
    const half = statements.slice(0, Math.ceil(statements.length / 2));
    const explained = await this.#client.batch(half.map(({ sql }) => `EXPLAIN ${sql}`), "read")
      .then(() => undefined, (error) => error);
    return isUnparsable(explained)
      ? await this.#firstUnparsable(half, start)
      : await this.#firstUnparsable(statements.slice(half.length), start + half.length);
  }
}

/** An open write transaction; after a failure, nothing more is sent in it. */
class LibsqlTransaction implements Session {
  readonly #transaction: Transaction;
  readonly #explain: (statements: readonly Statement[], error: unknown) => Promise<Error>;
  #failed = false;

  constructor(
    transaction: Transaction,
    explain: (statements: readonly Statement[], error: unknown) => Promise<Error>,
  ) {
    this.#transaction = transaction;
    this.#explain = explain;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    const [result] = await this.#batch([statement]);
    return rowsOf(result);
  }

  async send(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]> {
    const changed = (await this.#batch(statements)).map((it) => it.rowsAffected);
    for (const index of changed.keys()) onAnswer?.(index);
    return changed;
  }

  async sendScript(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<void> {
    await this.send(statements, onAnswer);
  }

  async copyIn(statement: Statement): Promise<void> {
    throw noCopy("libSQL", statement);
  }

  async commit(): Promise<void> {
    if (this.#failed) throw this.#ended();
    try {
      await this.#transaction.commit();
    } catch (error) {
      this.#failed = true;
      throw await this.#explain([{ sql: "COMMIT" }], error);
    }
  }

  async rollback(): Promise<void> {
    // The server has already rolled back a transaction that it aborted, and rolls back one that is
    // closed.
    if (!this.#failed) await this.#transaction.rollback().catch(() => {});
    this.#transaction.close();
  }

  /**
   * Once a server has aborted a transaction, it commits each later statement of its stream on its own.
   * So any failure ends the transaction, as on PostgreSQL.
   */
  async #batch(statements: readonly Statement[]): Promise<readonly ResultSet[]> {
    if (this.#failed) throw this.#ended();
    if (statements.length === 0) return [];
    try {
      return await this.#transaction.batch(statements.map(inStatement));
    } catch (error) {
      this.#failed = true;
      throw await this.#explain(statements, error);
    }
  }

  #ended(): ToolError {
    return new ToolError(
      "database/failed",
      "Cannot continue: a statement of the transaction failed, and it was rolled back",
      { hint: "Do not catch a statement's error" },
    );
  }
}

/** @param index The position of the statement among those sent with it. */
function inStatement(statement: Statement, index?: number): InStatement {
  const { sql, parameters } = statement;
  try {
    const args = sqliteParameters(statement);
    return parameters === undefined ? sql : { sql, args };
  } catch (error) {
    throw error instanceof ToolError ? error : sqliteError(error, statement, index);
  }
}

function rowsOf(result: ResultSet | undefined): readonly Row[] {
  return (result?.rows ?? []).map(sqliteRow);
}
