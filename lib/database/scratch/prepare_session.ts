import type { Connection } from "../../driver/driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { DatabaseFacts } from "./database_facts.ts";

/**
 * Gives the scratch session `connection` the settings of another database and the schemas that are compared, and
 * returns what puts the session back to that.
 */
export async function prepareSession(
  connection: Connection,
  { settings, schema }: Pick<DatabaseFacts, "settings" | "schema">,
  schemas: readonly string[],
): Promise<() => Promise<void>> {
  // Nobody misses what a crash would lose here.
  const wanted = Object.entries({ ...settings, synchronous_commit: "off" });
  const reset = async () => {
    for (const sql of ["RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL"]) {
      await connection.query({ sql });
    }
    await connection.query({
      sql: `SELECT ${wanted.map((_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, false)`)}`,
      parameters: wanted.flat(),
    });
  };
  await reset();
  for (const name of new Set([...schema === undefined ? [] : [schema], ...schemas])) {
    await connection.query({ sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}` });
  }
  return reset;
}
