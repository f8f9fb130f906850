import type { SessionSettings } from "../../dialect/session_settings.ts";
import type { Step } from "../../plan/plan.ts";
import type { Queryable, Statement } from "../../sql/statement.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Returns the statements that make the session again what it is now, if one of `steps` may change it;
 * otherwise none. A revision must do the same after others as in a run of its own.
 *
 * Behind a pooler the session is not ours, and there are none: see `rememberTransaction`.
 */
export async function rememberSession(
  steps: readonly Step[],
  { database: { connection }, dialect: { session } }: RunOptions,
): Promise<readonly Statement[]> {
  // A libSQL server refuses these pragmas.
  if (connection.kind === "libsql" || connection.pooled) return [];
  return steps.some((it) => mayChange(it, session)) ? await session.remember(connection) : [];
}

/**
 * Does the same behind a pooler, where only what is local to the open `transaction` can have changed;
 * otherwise returns none.
 */
export async function rememberTransaction(
  steps: readonly Step[],
  transaction: Queryable,
  { database: { connection }, dialect: { session } }: RunOptions,
): Promise<readonly Statement[]> {
  if (!connection.pooled || !steps.some((it) => mayChange(it, session))) return [];
  const { rememberLocal } = await import(
    "../../dialect/postgres/transactions/remember_local.ts"
  );
  return await rememberLocal(transaction);
}

function mayChange({ work }: Step, session: SessionSettings): boolean {
  return work.some((it) =>
    it.kind === "body" || it.kind === "section" ||
    (it.kind === "statement" && session.mayChange(it.statement.sql))
  );
}

/** Knows whether what runs in a transaction may have changed what was remembered of its session. */
export class SessionKeeper {
  readonly #settings: SessionSettings;
  readonly #remembered: readonly Statement[];
  #isChanged = false;

  constructor({ session }: RunOptions["dialect"], remembered: readonly Statement[]) {
    this.#settings = session;
    this.#remembered = remembered;
  }

  /** Takes note of a statement of a revision that is about to run. */
  note({ sql }: Statement): void {
    this.#isChanged ||= this.#settings.mayChange(sql);
  }

  /** Takes note of code of a revision. */
  noteCode(): void {
    this.#isChanged = true;
  }

  /** Returns the statements that restore the session; none if it has not changed since the last call. */
  restore(): readonly Statement[] {
    if (!this.#isChanged) return [];
    this.#isChanged = false;
    return this.#remembered;
  }
}
