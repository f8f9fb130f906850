import type { Statement } from "../../sql/statement.ts";

/**
 * Returns the query for who holds, or requested earlier, the lock that the server process `pid` waits for: rows
 * `{ pid, user, application, state, seconds, query, yields_after }`, none while it waits for no lock. `seconds`
 * is the age of the transaction. A prepared transaction has the pid 0 and nothing else. A process without a
 * user is an autovacuum, which the server cancels for whoever has waited for `yields_after` milliseconds.
 *
 * To be run from another session. Columns that the role may not see are NULL, and `query` is a text that says so.
 */
export function blockersOf(pid: number): Statement {
  return {
    sql: `SELECT b.pid, a.usename AS "user", a.application_name AS application, a.state,
  extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.query_start))::float8 AS seconds,
  left(a.query, 1000) AS query,
  CASE WHEN a.pid > 0 AND a.usesysid IS NULL
    THEN (SELECT s.setting::int FROM pg_catalog.pg_settings s WHERE s.name = 'deadlock_timeout') END AS yields_after
FROM pg_catalog.pg_stat_activity w
CROSS JOIN LATERAL (SELECT DISTINCT unnest(pg_catalog.pg_blocking_pids(w.pid)) AS pid) b
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
WHERE w.pid = ${pid} AND w.wait_event_type = 'Lock'
ORDER BY seconds DESC NULLS LAST`,
  };
}
