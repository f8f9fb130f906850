import type { Statement } from "./statement.ts";

/** A statement that the tool itself makes, possibly only to check something. */
export interface OwnStatement extends Statement {
  /** It adds, changes or removes one row, by its key: it is quick, however large the database is. */
  readonly keyed?: true;
  /** It reads or writes this table of the tool's own, as named to users: it is not worth a long wait for a lock. */
  readonly ownTable?: string;
  /** It takes back all that a script has set, `lock_timeout` included. */
  readonly restoresSettings?: true;
  /** The message and hint to report instead of the server's if the statement fails. */
  readonly refusal?: {
    readonly message: string;
    readonly hint: string;
    /** The server's message to which this applies; absent: any. */
    readonly answer?: string;
  };
}
