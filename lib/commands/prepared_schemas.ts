import { DatabaseError } from "../driver/database_error.ts";
import type { Connection } from "../driver/driver.ts";
import { quoteIdentifier, quoteLiteral } from "../sql/quote.ts";

/** The schemas that a scratch database was made with. */
export interface PreparedSchemas {
  /** Makes those that are missing, if `error` says that one is; says whether there were any. */
  bringBack(error: unknown): Promise<boolean>;
}

/**
 * Takes the empty schemas out of `connection`, a new scratch database, that were made for what is compared:
 * revisions make them. Those that none makes can be brought back, once.
 */
export async function takeOut(
  connection: Connection,
  schemas: readonly string[],
): Promise<PreparedSchemas> {
  if (connection.kind !== "postgres") return { bringBack: () => Promise.resolve(false) };
  const names = schemas.map((it) => quoteLiteral(it, "postgres")).join(", ");
  const rows = await connection.query({
    sql:
      `SELECT nspname::text AS name FROM pg_namespace WHERE nspname <> 'public' AND nspname !~ '^pg_'
      AND (nspname = current_schema()${names === "" ? "" : ` OR nspname IN (${names})`})`,
  });
  const taken = rows.map((it) => String(it["name"]));
  for (const name of taken) {
    await connection.query({ sql: `DROP SCHEMA ${quoteIdentifier(name)}` });
  }
  return {
    bringBack: async (error) => {
      if (taken.length === 0 || !isMissingSchema(error)) return false;
      for (const name of taken.splice(0)) {
        await connection.query({ sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}` });
      }
      return true;
    },
  };
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: invalid_schema_name */
function isMissingSchema(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.answer.sqlState === "3F000";
  return error instanceof Error && error.cause !== undefined && isMissingSchema(error.cause);
}
