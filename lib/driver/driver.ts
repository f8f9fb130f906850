/**
 * Drivers send statements and return rows. This folder does not depend on schemas, dialects or the
 * version table.
 *
 * @module
 */
import type { Queryable, Row, Statement } from "../sql/statement.ts";

/** The location of a database, parsed from a URL by `parseDatabaseUrl`. */
export type DatabaseUrl =
  | {
    readonly kind: "postgres";
    /**
     * In the order to try them; a host that begins with `/` is the directory of a Unix socket. Never
     * empty.
     */
    readonly hosts: readonly PostgresHost[];
    readonly database: string;
    readonly user: string;
    readonly password?: string;
    /** The query parameters: `sslmode`, `options`, `target_session_attrs` … */
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

/** One of several servers. */
export interface PostgresHost {
  readonly host: string;
  readonly port: number;
  /** Its own password, if it has one. */
  readonly password?: string;
}

/** One session with the database: statements in it see the effects of earlier ones. */
export interface Session extends Queryable {
  /**
   * Sends `statements`, without waiting for each answer if the protocol allows that, and returns how
   * many rows each changed, in order. Use it only where one failure undoes everything: in a
   * transaction.
   *
   * @throws {DatabaseError} For the first statement that failed, with its `index`; those after it have
   * no effect.
   */
  send(
    statements: readonly Statement[],
    /** Called with the index of each statement when its answer arrives, in order. */
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]>;
  /**
   * Runs `statements`, which have no parameters, as a single message if the protocol allows that. For
   * the many statements of a script, whose row counts are of no interest. Use it only in a transaction,
   * like `send`.
   *
   * @throws {DatabaseError} Like `send`.
   */
  sendScript(
    statements: readonly Statement[],
    /** Like that of `send`, but possibly for all of them at the end. */
    onAnswer?: (index: number) => void,
  ): Promise<void>;
  /**
   * Runs a `COPY … FROM STDIN` with `data` as its input, in chunks of any size, without the closing
   * `\.` line.
   *
   * @throws {ToolError} `operation/unsupported` if the database has no COPY.
   */
  copyIn(statement: Statement, data: AsyncIterable<string>): Promise<void>;
}

/**
 * A session that is ours until it is disposed of. Once the server has ended it, it stays ended: there
 * is no reconnecting.
 */
export interface Connection extends Session, AsyncDisposable {
  readonly kind: DatabaseUrl["kind"];
  /**
   * Whether there is a pooler between us and PostgreSQL, so that outside a transaction, the settings
   * and locks of the session may end up in another's.
   */
  readonly pooled: boolean;
  /** Why writing is impossible, as far as known; absent: it is possible. */
  readonly readOnly?: "standby" | "session" | "file" | undefined;
  /**
   * PostgreSQL: the pid of our server process; behind a pooler, it may change with each transaction.
   */
  readonly backend?: number | undefined;
  /** PostgreSQL: how long to wait for a lock on a table of the tool's own, and whom to tell. */
  readonly lockWait?: LockWait | undefined;
  /**
   * Runs `body` between BEGIN and COMMIT; if it throws, rolls back and rethrows. On SQLite, the
   * transaction is immediate, and waits while another connection writes to the database.
   *
   * @throws {ToolError} `lock/busy` if SQLite's file stays locked for longer than the connection waits.
   */
  transaction<Result>(
    body: (transaction: Session) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /**
   * Runs `statements` as one transaction, in one message if the protocol allows that, and returns how
   * many rows each changed.
   */
  batch(statements: readonly Statement[], options?: TransactionOptions): Promise<readonly number[]>;
  /**
   * Runs `statement` in a session of its own while this one is busy. That session is opened on first
   * use; without a server to open it on, this session is used.
   */
  beside(statement: Statement): Promise<readonly Row[]>;
  /** PostgreSQL behind a pooler: makes each transaction, and each query outside one, assume `role`. */
  takeOn?(role: string): void;
  /**
   * Asks the server to stop the statement that is currently running, if any. Its caller gets the error.
   */
  cancel(): Promise<void>;
}

/** How long to wait for a lock of another connection. */
export interface LockWait {
  readonly milliseconds: number;
  /** Called when the wait gets long, with who holds the lock. */
  readonly onLocked?: ((holder: string) => void) | undefined;
}

/** How a transaction differs from the connection's others. */
export interface TransactionOptions {
  /**
   * SQLite and libSQL: whether foreign keys are enforced, which cannot be changed inside a transaction.
   * For a remote libSQL server, only `false` is possible, and only for a batch.
   */
  readonly foreignKeys?: boolean;
}

/** How a connection is opened. */
export interface ConnectOptions {
  /** Aborts waiting for the server or for a lock. To stop a statement, use `cancel`. */
  readonly signal?: AbortSignal | undefined;
  /** Receives each notice of the server as one line. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /**
   * Whether a SQLite file may be created. If not, a file that does not exist reads as an empty
   * database, and nothing is left on disk. Ignored for PostgreSQL and libSQL servers.
   */
  readonly create: boolean;
  /** SQLite: whether foreign keys are enforced. Default: false, as in `sqlite3`. */
  readonly foreignKeys?: boolean | undefined;
  /**
   * SQLite and libSQL: how long to wait for a database that another connection writes to. PostgreSQL:
   * how long for a table of the tool's own. Default: 60,000.
   */
  readonly lockWaitMilliseconds?: number | undefined;
  /**
   * Called when that wait gets long, with who has the database, or the table, locked, as far as known.
   */
  readonly onLocked?: ((holder: string) => void) | undefined;
  /** PostgreSQL: the name that the server shows for this session. */
  readonly applicationName?: string | undefined;
}

/** A way to connect to a kind of database. */
export interface Driver<Kind extends DatabaseUrl["kind"] = DatabaseUrl["kind"]> {
  readonly kind: Kind;
  /** @throws {ToolError} `database/unreachable` if no session can be opened. */
  connect(url: Extract<DatabaseUrl, { kind: Kind }>, options: ConnectOptions): Promise<Connection>;
}
