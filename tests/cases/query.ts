import { connect } from "../driver/connect.ts";
import type { Row } from "../../lib/sql/statement.ts";
import { until } from "../until.ts";

/** Returns the rows of `sql` in the database at `url`, whichever kind it is. */
export async function query(url: string, sql: string): Promise<readonly Row[]> {
  await using connection = await connect(url);
  return await connection.query({ sql });
}

/** Returns the rows of `sql` as soon as there are any. */
export async function untilRows(url: string, sql: string): Promise<readonly Row[]> {
  await using connection = await connect(url);
  let rows: readonly Row[] = [];
  await until(async () => (rows = await connection.query({ sql })).length > 0);
  return rows;
}

/**
 * Resolves when a session of the PostgreSQL database at `url` runs a statement that begins with `words`;
 * `also` is what else must be true of it in pg_stat_activity.
 */
export async function untilRuns(url: string, words: string, also = "true"): Promise<void> {
  await untilRows(
    url,
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
       AND query LIKE '${words}%' AND ${also}`,
  );
}

/** Runs statements, one after the other. */
export async function run(url: string, ...statements: readonly string[]): Promise<void> {
  await using connection = await connect(url);
  for (const sql of statements) await connection.query({ sql });
}

/** Returns the sorted rows of the version table. */
export async function versions(url: string): Promise<readonly unknown[]> {
  const rows = await query(url, "SELECT version_num FROM alembic_version ORDER BY version_num");
  return rows.map((it) => it["version_num"]);
}
