import { setsLockTimeout } from "../../dialect/postgres/transactions/waits_for_tables.ts";
import { fromFirstWord } from "../../sql/first_keyword.ts";

/**
 * Whether a revision that is not in one transaction has set its session's `lock_timeout` itself:
 * that then holds for all its statements, until it resets it or ends.
 */
export class OwnLockTimeout {
  #holds = false;

  get holds(): boolean {
    return this.#holds;
  }

  /** Takes note of a statement of the revision that is about to run. */
  note(sql: string): void {
    const said = fromFirstWord(sql);
    if (/^(?:RESET|DISCARD)\s+(?:ALL|lock_timeout)\b/i.test(said)) this.#holds = false;
    else if (setsLockTimeout(said) && !ofTransaction.test(said)) {
      this.#holds = !/(?:=|\bTO)\s*DEFAULT\b/i.test(said);
    }
  }
}

const ofTransaction = /^SET\s+LOCAL\b|\bset_config\s*\([^)]*,\s*true\s*\)/i;
