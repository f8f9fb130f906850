import type { Connection } from "../driver/driver.ts";
import type { VersionTable } from "../plan/version_table.ts";
import { quoteLiteral, quoteName } from "../sql/quote.ts";
import { historyTable } from "./history/history.ts";

/**
 * Returns the version table qualified with the schema that it and the history are in, so that both
 * are found even if a revision has changed the search path. Unchanged if it has a schema already,
 * if neither table exists, or if they are in different schemas.
 */
export async function withSchema(
  table: VersionTable,
  connection: Connection,
): Promise<VersionTable> {
  if (connection.kind !== "postgres" || table.schema !== undefined) return table;
  const found = [table, historyTable(table)].map((it) =>
    `to_regclass(${quoteLiteral(quoteName(it), "postgres")})`
  );
  const [row] = await connection.query({
    sql: `SELECT min(n.nspname::text) AS schema FROM pg_class c ` +
      `JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid IN (${found.join(", ")}) ` +
      `HAVING count(DISTINCT n.oid) = 1`,
  });
  const schema = row?.["schema"];
  return typeof schema === "string" ? { ...table, schema } : table;
}
