/**
 * Drivers move statements and rows. This folder knows no schema, no dialect and no version table.
 *
 * @module
 */
import type { Queryable, Row, Statement } from "../sql/statement.ts";

/** Where a database is, parsed from a URL by `parseDatabaseUrl`. */
export type DatabaseUrl =
  | {
    readonly kind: "postgres";
    /** In the order to try them; a host that begins with `/` is a socket's folder. Never empty. */
    readonly hosts: readonly PostgresHost[];
    readonly database: string;
    readonly user?: string;
    readonly password?: string;
    /** What follows the `?`: `sslmode`, `options`, `target_session_attrs` … */
    readonly parameters: Readonly<Record<string, string>>;
  }
  | { readonly kind: "sqlite"; readonly path: string } // ":memory:" or a file, absolute or relative to the working directory
  | {
    readonly kind: "libsql";
    readonly url: string;
    readonly authToken?: string;
    /** In seconds. */
    readonly connectTimeout?: string;
  };

export type PostgresUrl = Extract<DatabaseUrl, { kind: "postgres" }>;

/** One server of several. */
export interface PostgresHost {
  readonly host: string;
  readonly port: number;
  /** Where it has one of its own. */
  readonly password?: string;
}

/** One session with the database: what runs in it sees what ran before. */
export interface Session extends Queryable {
  /**
   * Sends `statements` without waiting for one another's answers where the protocol can, and returns
   * how many rows each changed, in order. Use it only where one failure undoes all: in a transaction.
   *
   * @throws {DatabaseError} Of the first statement that failed, with its `index`; those behind it have no effect.
   */
  send(
    statements: readonly Statement[],
    /** Called with the index of each statement when its answer is there, in order. */
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]>;
  /**
   * Runs `statements`, which have no parameters, as one message where the protocol can: for the many of
   * a script, of which nobody asks what each changed. Use it only in a transaction, as `send`.
   *
   * @throws {DatabaseError} As `send`.
   */
  sendScript(statements: readonly Statement[]): Promise<void>;
  /**
   * Runs a `COPY … FROM STDIN` with `data` as its input, in chunks of any size, without the closing `\.` line.
   *
   * @throws {ToolError} `operation/unsupported` where the database has no COPY.
   */
  copyIn(statement: Statement, data: AsyncIterable<string>): Promise<void>;
}

/** A session that is ours until it is disposed of. Once the server has ended it, it stays ended: nothing connects anew. */
export interface Connection extends Session, AsyncDisposable {
  readonly kind: DatabaseUrl["kind"];
  /**
   * Whether a pooler stands between us and PostgreSQL, so that a session's settings and locks may be
   * another's as soon as no transaction is open.
   */
  readonly pooled: boolean;
  /** Why nothing can be written, as far as that is known; absent: it can. */
  readonly readOnly?: "standby" | "session" | "file" | undefined;
  /** PostgreSQL: the pid of the server process that works for us; behind a pooler it may be another in each transaction. */
  readonly backend?: number | undefined;
  /**
   * Runs `body` between BEGIN and COMMIT; a throw rolls back and is thrown on. On SQLite the transaction
   * is immediate, and a database that others write to is waited for.
   *
   * @throws {ToolError} `lock/busy` if SQLite's file stays locked for longer than the connection waits.
   */
  transaction<Result>(
    body: (transaction: Session) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Runs `statements` as one transaction, in one message where the protocol has one, and returns the rows that each changed. */
  batch(statements: readonly Statement[], options?: TransactionOptions): Promise<readonly number[]>;
  /**
   * Answers `statement` over a session of its own, opened when it is first asked for, while this one is
   * at work. Where there is no server to open another at, this one answers.
   */
  beside(statement: Statement): Promise<readonly Row[]>;
  /** PostgreSQL behind a pooler: has each transaction take `role` on, and each query outside of one. */
  takeOn?(role: string): void;
  /** Asks the server to stop the statement that is running now, if there is one. Its caller gets the error. */
  cancel(): Promise<void>;
}

/** How one transaction differs from the connection's others. */
export interface TransactionOptions {
  /**
   * SQLite and libSQL: whether foreign keys are enforced, which cannot be changed inside a transaction.
   * A remote libSQL server can only be told `false`, and only for a batch.
   */
  readonly foreignKeys?: boolean;
}

/** How a connection is opened. */
export interface ConnectOptions {
  /** Ends the waiting, for the server or for a lock. It does not stop a statement: that is `cancel`. */
  readonly signal?: AbortSignal | undefined;
  /** Takes the server's notices, a line each. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /**
   * Whether a SQLite file may be created. Where it may not, a file that does not exist reads as an
   * empty database, and nothing is left on disk. PostgreSQL and libSQL servers ignore it.
   */
  readonly create: boolean;
  /** SQLite: whether foreign keys are enforced. Default false, as `sqlite3` has it. */
  readonly foreignKeys?: boolean | undefined;
  /** SQLite and libSQL: how long to wait for a database that others write to. Default 60,000. */
  readonly lockWaitMilliseconds?: number | undefined;
  /** SQLite and libSQL: told who has the database locked, as far as that is known, where the waiting gets long. */
  readonly onLocked?: ((holder: string) => void) | undefined;
  /** Shown by the server for this session. PostgreSQL only. */
  readonly applicationName?: string | undefined;
}

/** One way of reaching a database. */
export interface Driver<Kind extends DatabaseUrl["kind"] = DatabaseUrl["kind"]> {
  readonly kind: Kind;
  /** @throws {ToolError} `database/unreachable` if no session can be had. */
  connect(url: Extract<DatabaseUrl, { kind: Kind }>, options: ConnectOptions): Promise<Connection>;
}
