import { setTimeout as sleep } from "node:timers/promises";
import type Database from "libsql";
import type { Statement } from "../../sql/statement.ts";
import type { PreparedStatements } from "./prepared_statements.ts";
import { sqliteParameters } from "./sqlite_values.ts";

/**
 * The library's own thread: a statement on it does not block signals and timers, and can be stopped. It
 * takes a tenth of a millisecond longer than on this thread. While it runs, nothing else may use the
 * connection.
 */
export class SqliteThread {
  readonly #database: Database.Database;
  readonly #prepared: PreparedStatements;

  constructor(database: Database.Database, prepared: PreparedStatements) {
    this.#database = database;
    this.#prepared = prepared;
  }

  /**
   * Interrupts what runs until `last` is answered: it fails with SQLITE_INTERRUPT. A statement that has
   * not started yet does not notice an interrupt, so this repeats it.
   */
  async interruptUntil(last: Promise<unknown>): Promise<void> {
    let isAnswered = false;
    const note = () => {
      isAnswered = true;
    };
    const answered = last.then(note, note);
    const { interrupt } = await otherFace();
    while (!isAnswered) {
      interrupt.call(this.#database);
      await Promise.race([answered, sleep(10)]);
    }
  }

  /** Runs `statement`, and returns its rows. */
  async run(statement: Statement): Promise<readonly unknown[]> {
    const values = sqliteParameters(statement);
    await this.#prepared.settle();
    const prepared = await (await otherFace()).prepare.call(this.#database, statement.sql);
    const rows = await prepared.safeIntegers(true).all(values);
    this.#prepared.keep(prepared);
    return rows;
  }
}

/**
 * The library has two APIs for the same addon, and methods of the asynchronous one work on connections
 * of this one, too.
 */
async function otherFace() {
  const { default: { prototype } } = await import("libsql/promise");
  return prototype;
}
