import type { ServerAnswer } from "../../driver/database_error.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";

/** Returns a hint for an answer that says less than we know, if it is one. */
export function advice(
  { sqlState, message, statement, serverHint }: ServerAnswer,
): string | undefined {
  const { ownTable }: OwnStatement = statement;
  if (ownTable !== undefined && (sqlState === "42P01" || /^no such table: /.test(message))) {
    return `Leave out of the revision what drops or renames ${ownTable}: this tool needs it`;
  }
  switch (sqlState) {
    // query_canceled
    case "57014":
      if (/user request/.test(message)) {
        return "Somebody cancelled the statement, as pg_cancel_backend does: ask why, then run the command again";
      }
      return `Raise statement_timeout in the configuration or in the header of the file, 0 for none${
        /statement timeout/.test(message) ? "" : "; unless somebody cancelled it"
      }`;
    // dependent_objects_still_exist; CASCADE would drop even columns with their values
    case "2BP01":
      return /CASCADE/.test(serverHint ?? "")
        ? "Change or drop what depends on it first"
        : undefined;
    // out_of_memory: of the lock table, or of the machine
    case "53200":
      return /shared/i.test(message) || /max_locks/.test(message)
        ? "One transaction holds more locks than the server has room for: set transaction_per_migration = true, split the revision, or raise max_locks_per_transaction on the server"
        : undefined;
    // unsafe_new_enum_value_usage
    case "55P04":
      return 'Add the value in a revision before this one, with "-- transaction: false" in its header, or "export const transaction = false;"';
    // serialization_failure
    case "40001":
      return "Run the command again: another transaction has changed the same rows in the meantime";
    // insufficient_privilege
    case "42501":
      return `Connect as a role that may, or set role = "…" in the configuration`;
    // read_only_sql_transaction
    case "25006":
      return "Leave out what makes the transaction read-only, as SET TRANSACTION READ ONLY does: the revision must be recorded in it";
    // disk_full
    case "53100":
      return "Free space on the database's disk; what failed was rolled back";
    case "SQLITE_MISMATCH":
      return "An INTEGER PRIMARY KEY holds only whole numbers: change the rows first, or give it another type";
    case "SQLITE_MISUSE":
      return message.startsWith("no value is given for ")
        ? "Write op.execute(sql`… ${value}`) or db.query`… ${value}`; in a .sql file, the value itself"
        : undefined;
    case "SQLITE_ERROR":
      return /^error in (view|trigger) .* after rename: /.test(message)
        ? "Drop it in a revision before, and create it again in one after the rename"
        : undefined;
    default:
      return undefined;
  }
}
