import { DatabaseError } from "../database_error.ts";
import type { Connection } from "../driver.ts";
import type { Row, Statement } from "../../sql/statement.ts";

/**
 * A session for queries while another is busy, opened on first use. If it cannot be opened, or is
 * lost, the next query opens it again: that a server has too many connections is soon over.
 */
export class BesideSession implements AsyncDisposable {
  readonly #open: (signal: AbortSignal) => Promise<Connection>;
  readonly #disposed = new AbortController();
  #session: Promise<Connection> | undefined;

  /** @param open Stops when the signal is aborted. */
  constructor(open: (signal: AbortSignal) => Promise<Connection>) {
    this.#open = open;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    const session = this.#session ??= this.#open(this.#disposed.signal);
    try {
      return await (await session).query(statement);
    } catch (error) {
      if (!(error instanceof DatabaseError) && this.#session === session) {
        this.#session = undefined;
        await disposeOf(session);
      }
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort();
    if (this.#session !== undefined) await disposeOf(this.#session);
  }
}

/** Disposes of the session, unless it could not be opened. */
async function disposeOf(session: Promise<Connection>): Promise<void> {
  await session.then((it) => it[Symbol.asyncDispose](), () => {});
}
