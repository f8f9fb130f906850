/**
 * Drivers move statements and rows. This folder knows no schema, no dialect and no version table.
 *
 * @module
 */
import type { Queryable, Statement } from "../sql/statement.ts";

/** Where a database is, parsed from a URL by `parseDatabaseUrl`. */
export type DatabaseUrl =
  | {
    readonly kind: "postgres";
    /** In the order to try them; a host that begins with `/` is a socket's folder. Never empty. */
    readonly hosts: readonly { readonly host: string; readonly port: number }[];
    readonly database: string;
    readonly user?: string;
    readonly password?: string;
    /** What follows the `?`: `sslmode`, `options`, `target_session_attrs` … */
    readonly parameters: Readonly<Record<string, string>>;
  }
  | { readonly kind: "sqlite"; readonly path: string } // ":memory:" or a file, absolute or relative to the working directory
  | { readonly kind: "libsql"; readonly url: string; readonly authToken?: string };

/** One session with the database: what runs in it sees what ran before. */
export interface Session extends Queryable {
  /**
   * Sends `statements` without waiting for one another's answers where the protocol can, and returns
   * how many rows each changed, in order. Use it only where one failure undoes all: in a transaction.
   *
   * @throws {DatabaseError} Of the first statement that failed, with its `index`; those behind it have no effect.
   */
  send(statements: readonly Statement[]): Promise<readonly number[]>;
  /**
   * Runs a `COPY … FROM STDIN` with `data` as its input, in chunks of any size, without the closing `\.` line.
   *
   * @throws {ToolError} `operation/unsupported` where the database has no COPY.
   */
  copyIn(statement: Statement, data: AsyncIterable<string>): Promise<void>;
}

/** A session that is ours until it is disposed of. */
export interface Connection extends Session, AsyncDisposable {
  readonly kind: DatabaseUrl["kind"];
  /** Runs `body` between BEGIN and COMMIT; a throw rolls back and is thrown on. On SQLite the transaction is immediate. */
  transaction<Result>(body: (transaction: Session) => Promise<Result>): Promise<Result>;
  /** Runs `statements` as one transaction in one message where the protocol has one, and returns the rows that each changed. */
  batch(statements: readonly Statement[]): Promise<readonly number[]>;
  /** Asks the server to stop the statement that is running now, if there is one. Its caller gets the error. */
  cancel(): Promise<void>;
}

/** How a connection is opened. */
export interface ConnectOptions {
  readonly signal?: AbortSignal;
  /** Takes the server's notices, a line each. */
  readonly onNotice?: (text: string) => void;
  /**
   * Whether a SQLite file may be created. Where it may not, a file that does not exist reads as an
   * empty database, and nothing is left on disk. PostgreSQL and libSQL servers ignore it.
   */
  readonly create: boolean;
  /** SQLite: whether foreign keys are enforced. Default false, as `sqlite3` has it. */
  readonly foreignKeys?: boolean;
  /** Shown by the server for this session. PostgreSQL only. */
  readonly applicationName?: string;
}

/** One way of reaching a database. */
export interface Driver<Kind extends DatabaseUrl["kind"] = DatabaseUrl["kind"]> {
  readonly kind: Kind;
  /** @throws {ToolError} `database/unreachable` if no session can be had. */
  connect(url: Extract<DatabaseUrl, { kind: Kind }>, options: ConnectOptions): Promise<Connection>;
}
