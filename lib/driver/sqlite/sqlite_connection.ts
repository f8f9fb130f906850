import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "libsql";
import { ToolError } from "../../error.ts";
import { firstKeyword } from "../../sql/first_keyword.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { Connection, ConnectOptions, Session, TransactionOptions } from "../driver.ts";
import { fileLocked, whoHasLocked } from "./file_lock_holders.ts";
import { noCopy } from "./no_copy.ts";
import { closeDropped, PreparedStatements } from "./prepared_statements.ts";
import { type RetryOptions, retryWhileBusy } from "../retry_while_busy.ts";
import { OpenedFile } from "./opened_file.ts";
import { isBusy, isFileError, isSqliteError, sqliteError } from "./sqlite_error.ts";
import { SlowStatements } from "./slow_statements.ts";
import { SqliteThread } from "./sqlite_thread.ts";
import { refuseUnbound, sqliteParameters, sqliteRow } from "./sqlite_values.ts";
import { Turns } from "./turns.ts";

/** The result of a statement. */
interface Outcome {
  readonly rows: readonly Row[];
  /** Absent: ask SQLite, before the next statement runs. */
  readonly changed?: number;
}

/**
 * A connection to a SQLite file. Most statements run synchronously; those that may take long run on a
 * thread and can be cancelled.
 */
export class SqliteConnection implements Connection {
  readonly kind = "sqlite";
  readonly pooled = false;
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #file: OpenedFile;
  readonly #options: ConnectOptions;
  #inTransaction = false;
  #wrote = false;
  /** Prepared once, as preparing it costs more than most statements do. */
  #countChanges: Database.Statement | undefined;
  readonly #prepared: PreparedStatements;
  readonly #thread: SqliteThread;
  readonly #slow: SlowStatements;
  readonly #turns = new Turns();

  constructor(database: Database.Database, path: string, options: ConnectOptions) {
    this.#database = database;
    this.#prepared = new PreparedStatements();
    this.#thread = new SqliteThread(database, this.#prepared);
    this.#slow = new SlowStatements(database, this.#prepared);
    this.#path = path;
    this.#file = new OpenedFile(path);
    this.#options = options;
    this.#enforceForeignKeys(options.foreignKeys ?? false);
  }

  get readOnly(): "file" | undefined {
    if (this.#path === ":memory:") return undefined;
    return isWritable(this.#path) && isWritable(dirname(this.#path)) ? undefined : "file";
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    const outcome = this.#execute(statement);
    return (outcome instanceof Promise ? await outcome : outcome).rows;
  }

  async send(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]> {
    const changed: number[] = [];
    for (const [index, statement] of statements.entries()) {
      const outcome = this.#execute(statement, index);
      changed.push(
        (outcome instanceof Promise ? await outcome : outcome).changed ?? this.#changes(),
      );
      onAnswer?.(index);
    }
    return changed;
  }

  async sendScript(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<void> {
    for (const [index, statement] of statements.entries()) {
      const outcome = this.#execute(statement, index);
      if (outcome instanceof Promise) await outcome;
      onAnswer?.(index);
    }
  }

  async copyIn(statement: Statement): Promise<void> {
    throw noCopy("SQLite", statement);
  }

  async transaction<Result>(
    body: (transaction: Session) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    // The pragma has no effect inside a transaction. The library's own default is ON.
    this.#enforceForeignKeys(options.foreignKeys ?? this.#options.foreignKeys ?? false);
    await this.#execute({ sql: "BEGIN IMMEDIATE" });
    this.#inTransaction = true;
    try {
      const result = await body(this);
      this.#file.expectInPlace();
      await this.#execute({ sql: "COMMIT" });
      this.#file.expectInPlace();
      return result;
    } catch (error) {
      // Statements that the body did not await would be committed on their own.
      await this.#turns.rest();
      // Some errors roll back by themselves: a full disk, RAISE(ROLLBACK).
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  async batch(
    statements: readonly Statement[],
    options: TransactionOptions = {},
  ): Promise<readonly number[]> {
    return await this.transaction((transaction) => transaction.send(statements), options);
  }

  async beside(statement: Statement): Promise<readonly Row[]> {
    return await this.query(statement);
  }

  async cancel(): Promise<void> {
    const { newest } = this.#turns;
    if (newest !== undefined) await this.#thread.interruptUntil(newest);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // SQLite checkpoints the WAL when the last connection closes, but the library keeps ours half open
    // until its statements are garbage-collected, which may not happen before the process ends.
    if (this.#wrote && existsSync(`${this.#path}-wal`)) this.#checkpoint();
    this.#database.close();
  }

  #checkpoint(): void {
    try {
      this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // Whoever opens the file next does it.
    }
  }

  #enforceForeignKeys(enforce: boolean): void {
    this.#database.exec(`PRAGMA foreign_keys = ${enforce ? "ON" : "OFF"}`);
  }

  #execute(statement: Statement, index?: number): Outcome | Promise<Outcome> {
    return this.#turns.take(() => this.#start(statement, index));
  }

  /** Runs synchronously, unless the file is busy or the statement may take long. */
  #start(statement: Statement, index: number | undefined): Outcome | Promise<Outcome> {
    if (this.#inTransaction && !this.#database.inTransaction) {
      throw new ToolError(
        "database/failed",
        "Cannot continue: the transaction has ended, and what follows would commit by itself",
        { hint: "Leave COMMIT and ROLLBACK out", detail: statement.sql },
      );
    }
    const keyword = firstKeyword(statement.sql);
    const long = (this.#inTransaction || keyword === "VACUUM") &&
      this.#slow.mayTakeLong(statement, keyword);
    if (long) return this.#executeOnThread(statement, keyword, index);
    try {
      return this.#run(statement, keyword);
    } catch (error) {
      if (!isBusy(error)) throw this.#failure(error, statement, index);
    }
    return this.#executeWhenFree(statement, keyword, index);
  }

  async #executeOnThread(
    statement: Statement,
    keyword: string,
    index: number | undefined,
  ): Promise<Outcome> {
    this.#wrote ||= !readers.has(keyword);
    const attempt = () => this.#thread.run(statement);
    const started = performance.now();
    try {
      const rows = (await retryWhileBusy(attempt, isBusy, this.#patience())).map(rowOf);
      this.#slow.took(performance.now() - started, statement.sql);
      return writers.has(keyword) ? { rows } : { rows, changed: 0 };
    } catch (error) {
      throw this.#failure(error, statement, index);
    } finally {
      this.#turns.hadTurn();
    }
  }

  async #executeWhenFree(
    statement: Statement,
    keyword: string,
    index: number | undefined,
  ): Promise<Outcome> {
    const attempt = async () => {
      // Statements that failed before may block the connection that holds the lock.
      await closeDropped();
      return this.#run(statement, keyword);
    };
    try {
      return await retryWhileBusy(attempt, isBusy, this.#patience());
    } catch (error) {
      throw this.#failure(error, statement, index);
    }
  }

  #patience(): RetryOptions {
    const { onLocked } = this.#options;
    return { ...this.#options, onWait: onLocked && (() => onLocked(whoHasLocked(this.#path))) };
  }

  #run(statement: Statement, keyword: string): Outcome {
    const { sql, parameters } = statement;
    this.#wrote ||= !readers.has(keyword);
    // Preparing a CREATE costs as much as running it.
    if (parameters === undefined && !readers.has(keyword) && !/\breturning\b/i.test(sql)) {
      refuseUnbound(sql, 0);
      this.#database.exec(sql);
      return writers.has(keyword) ? noRows : nothing;
    }
    const values = sqliteParameters(statement);
    const prepared = this.#database.prepare<Record<string, unknown>>(sql).safeIntegers(true);
    if (!prepared.reader) {
      const { changes } = prepared.run(values);
      this.#prepared.keep(prepared);
      return { rows: [], changed: changes };
    }
    const rows = prepared.all(values).map(rowOf);
    // The library leaves an EXPLAIN open, which would prevent a table from being dropped; this closes
    // it.
    if (keyword === "EXPLAIN") prepared.get(values);
    this.#prepared.keep(prepared);
    return readers.has(keyword) ? { rows, changed: 0 } : { rows };
  }

  #changes(): number {
    this.#countChanges ??= this.#database.prepare("SELECT changes()").raw();
    const row = this.#countChanges.get();
    return Array.isArray(row) ? Number(row[0]) : 0;
  }

  #failure(error: unknown, statement: Statement, index: number | undefined): unknown {
    if (isBusy(error)) return fileLocked(this.#path, error);
    // SQLite looks as well, before it first writes.
    if (isFileError(error) && this.#file.isReplaced) return this.#file.replaced(error);
    return isSqliteError(error) ? sqliteError(error, statement, index) : error;
  }
}

/** A file that does not exist counts as writable, since it can be created. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return !existsSync(path);
  }
}

/** Statements that return rows; a WITH may also write. */
const readers = new Set(["SELECT", "VALUES", "WITH", "PRAGMA", "EXPLAIN"]);
const writers = new Set(["INSERT", "UPDATE", "DELETE", "REPLACE"]);

const noRows: Outcome = { rows: [] };
const nothing: Outcome = { rows: [], changed: 0 };

function rowOf(row: unknown): Row {
  return typeof row === "object" && row !== null ? sqliteRow(row) : {};
}
