import type postgres from "postgres";
import type { BackendKey } from "./cancel_request.ts";
import { errorCode } from "./postgres_error.ts";

/** What a PostgreSQL session is, asked once when it begins. */
export interface SessionFacts {
  /** How to cancel what it runs. */
  readonly key: BackendKey;
  /** Whether whoever answered the connection is not the server process that works: a pooler. */
  readonly pooled: boolean;
  readonly standby: boolean;
  readonly readOnly: boolean;
  /** Whether the session writes or reads values in another way than `usualWriting`. */
  readonly writesOtherwise: boolean;
}

/** Of what a role or a database may have set otherwise, what values are written and read by: the way of `pg_dump`. */
const usualWriting = `(VALUES ('standard_conforming_strings', 'on'), ('bytea_output', 'hex'),
  ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '1'),
  ('quote_all_identifiers', 'off')) AS usual (name, setting)`;
const isOtherwise = "NOT starts_with(current_setting(name), setting)";

/**
 * Has the session write and read values as `usualWriting` says: literals that are written here would be
 * other values, and what it shows of a default would be another one in another session. Which of day
 * and month is first in a date that is read stays the role's.
 */
export async function writeAsUsual(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(
    `SELECT set_config(name, setting, false) FROM ${usualWriting} WHERE ${isOtherwise}`,
  );
}

/**
 * Asks for the facts, and has the server notice within a second when we are gone, so that a killed
 * run's statement and locks do not outlive it by much. Needs PostgreSQL 14 and an operating system
 * that can tell; a setting of the user's own is left alone.
 */
export async function sessionFacts(sql: postgres.Sql): Promise<SessionFacts> {
  try {
    return await ask(
      sql,
      `CASE current_setting('client_connection_check_interval', true)
      WHEN '0' THEN set_config('client_connection_check_interval', '1s', false) END`,
    );
  } catch (error) {
    // invalid_parameter_value: the operating system cannot tell.
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
