import { DatabaseError } from "../../driver/database_error.ts";
import type { Connection } from "../../driver/driver.ts";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";

/** The schemas that a scratch database was created with. */
export interface PreparedSchemas {
  /** Those that were brought back. */
  readonly there: readonly string[];
  /** Creates the missing schema, if that is what `error` is about; returns whether it did. */
  bringBack(error: unknown): Promise<boolean>;
}

/**
 * Drops the empty schemas of `connection`, a new scratch database, that were created for the
 * comparison: revisions may create them. Those that no revision creates can be brought back.
 *
 * @param keep Those that are known not to be created by any revision.
 */
export async function takeOut(
  connection: Connection,
  schemas: readonly string[],
  keep: readonly string[],
): Promise<PreparedSchemas> {
  if (connection.kind !== "postgres") {
    return { there: [], bringBack: () => Promise.resolve(false) };
  }
  const names = schemas.map((it) => quoteLiteral(it, "postgres")).join(", ");
  const rows = await connection.query({
    sql:
      `SELECT nspname::text AS name FROM pg_namespace WHERE nspname <> 'public' AND nspname !~ '^pg_'
      AND (nspname = current_schema()${names === "" ? "" : ` OR nspname IN (${names})`})`,
  });
  const taken = rows.map((it) => String(it["name"])).filter((it) => !keep.includes(it));
  const there: string[] = [];
  for (const name of taken) {
    await connection.query({ sql: `DROP SCHEMA ${quoteIdentifier(name)}` });
  }
  return {
    there,
    bringBack: async (error) => {
      const message = missingSchema(error);
      if (message === undefined) return false;
      const left = taken.filter((it) => !there.includes(it));
      const named = left.filter((it) => message.includes(`"${it}"`));
      const wanted = named.length > 0 ? named : left;
      for (const name of wanted) {
        await connection.query({ sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}` });
      }
      there.push(...wanted);
      return wanted.length > 0;
    },
  };
}

/** Returns the message of an invalid_schema_name, https://www.postgresql.org/docs/current/errcodes-appendix.html */
function missingSchema(error: unknown): string | undefined {
  if (error instanceof DatabaseError) {
    return error.answer.sqlState === "3F000" ? error.answer.message : undefined;
  }
  return error instanceof Error ? missingSchema(error.cause) : undefined;
}
