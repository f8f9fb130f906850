import type { Session } from "../../driver/driver.ts";
import type { Sql, Statement } from "../../sql/statement.ts";

/**
 * Makes runs take turns. It is a courtesy only: what guarantees that each step happens once is the
 * version check in the step's own transaction.
 */
export interface RunLock extends AsyncDisposable {
  /**
   * Called first in each work transaction.
   *
   * @throws {LockWanted} If another run is at work.
   */
  enter(transaction: Session): Promise<void>;
  /** The statements to add to a batch so that a lease does not expire. */
  readonly renewal: readonly Statement[];
  /** How many milliseconds ago a lease was renewed: in a batch, how long the batch has taken so far. */
  readonly renewed?: Sql;
}

/** Thrown inside a transaction that must be rolled back and retried when the other run is over. */
export class LockWanted extends Error {
  /** Who is at work, as far as known. */
  readonly holder: string;

  constructor(holder: string) {
    super(holder);
    this.holder = holder;
  }
}

/** Lets every run in: the base of the others. */
export const noLock: RunLock = {
  enter: () => Promise.resolve(),
  renewal: [],
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
