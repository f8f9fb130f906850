import type postgres from "postgres";
import type { BackendKey } from "./cancel_request.ts";
import { errorCode } from "./postgres_error.ts";

/** The properties of a PostgreSQL session, queried once when it begins. */
export interface SessionFacts {
  /** Identifies the session to cancel. */
  readonly key: BackendKey;
  /**
   * Whether the process that accepted the connection is not the one that runs statements: it is a
   * pooler.
   */
  readonly pooled: boolean;
  readonly standby: boolean;
  readonly readOnly: boolean;
  /** Whether the session reads or writes values differently from `usualWriting`. */
  readonly writesOtherwise: boolean;
}

/**
 * The settings, possibly changed by a role or database, that determine how values are read and written;
 * with the values that `pg_dump` uses.
 */
const usualWriting = `(VALUES ('standard_conforming_strings', 'on'), ('bytea_output', 'hex'),
  ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '1'),
  ('quote_all_identifiers', 'off')) AS usual (name, setting)`;
const isOtherwise = "NOT starts_with(current_setting(name), setting)";

/**
 * Makes the session read and write values as in `usualWriting`: otherwise, literals written by this
 * tool could have other values, and so could a default read in one session and used in another. The
 * order of day and month in dates that are read stays the role's.
 */
export async function writeAsUsual(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(
    `SELECT set_config(name, setting, false) FROM ${usualWriting} WHERE ${isOtherwise}`,
  );
}

/**
 * Queries the facts, and makes the server check every second whether we are still connected, so that
 * the statement and locks of a killed run do not outlive it by much. That requires PostgreSQL 14 and an
 * operating system that supports it; the user's own setting is left alone.
 */
export async function sessionFacts(sql: postgres.Sql): Promise<SessionFacts> {
  try {
    return await ask(
      sql,
      `CASE current_setting('client_connection_check_interval', true)
      WHEN '0' THEN set_config('client_connection_check_interval', '1s', false) END`,
    );
  } catch (error) {
    // invalid_parameter_value: the operating system does not support it.
    if (errorCode(error) !== "22023") throw error;
    return await ask(sql, "NULL");
  }
}

async function ask(sql: postgres.Sql, set: string): Promise<SessionFacts> {
  const rows = await sql.unsafe(`SELECT pg_backend_pid() AS pid, pg_is_in_recovery() AS standby,
    current_setting('transaction_read_only') = 'on' AS read_only, ${set} AS interval,
    EXISTS (SELECT FROM ${usualWriting} WHERE ${isOtherwise}) AS writes_otherwise`);
  const { pid, secret } = rows.state;
  const [row] = rows;
  return {
    key: { pid, secret },
    pooled: row?.["pid"] !== pid,
    standby: row?.["standby"] === true,
    readOnly: row?.["read_only"] === true,
    writesOtherwise: row?.["writes_otherwise"] === true,
  };
}
