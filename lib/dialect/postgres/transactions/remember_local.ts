import type { OwnStatement } from "../../../sql/own_statement.ts";
import type { Queryable } from "../../../sql/statement.ts";

/**
 * Returns the statements that, in the open transaction of `session`, make the user, the role and the
 * settings again what they are now, until it ends: behind a pooler, the session is not ours to change.
 *
 * The role is the last: what it may not set has been set by then. The settings of the transaction itself
 * can't be changed any more once it has queried something, and PostgreSQL doesn't list those that nobody
 * has declared (`own.setting`).
 */
export async function rememberLocal(session: Queryable): Promise<readonly OwnStatement[]> {
  const [row] = await session.query({
    sql: `SELECT current_setting('session_authorization') AS who, current_setting('role') AS role,
  jsonb_object_agg(name, setting)::text AS settings
FROM pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE 'transaction\\_%'`,
  });
  const now = (name: string) => String(row?.[name]);
  return [
    {
      sql: `SELECT pg_catalog.set_config('session_authorization', $1, true),
  pg_catalog.set_config('role', 'none', true)`,
      parameters: [now("who")],
    },
    {
      sql: `SELECT pg_catalog.set_config(name, value, true)
FROM pg_catalog.jsonb_each_text($1::text::jsonb) AS before (name, value)
JOIN pg_catalog.pg_settings USING (name) WHERE setting IS DISTINCT FROM value`,
      parameters: [now("settings")],
      restoresSettings: true,
    },
    { sql: "SELECT pg_catalog.set_config('role', $1, true)", parameters: [now("role")] },
  ];
}
