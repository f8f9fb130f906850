import { connect } from "../driver/connect.ts";
import type { Row } from "../../lib/sql/statement.ts";

/** Returns the rows of `sql` in the database at `url`, whichever kind it is. */
export async function query(url: string, sql: string): Promise<readonly Row[]> {
  await using connection = await connect(url);
  return await connection.query({ sql });
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
