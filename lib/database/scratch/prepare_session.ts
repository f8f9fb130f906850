import type { Connection } from "../../driver/driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { DatabaseFacts } from "./database_facts.ts";

/**
 * Gives the scratch session `connection` the settings of another database, and creates the schemas to
 * compare. Returns a function that resets the session to that state.
 */
export async function prepareSession(
  connection: Connection,
  { settings, schema }: Pick<DatabaseFacts, "settings" | "schema">,
  schemas: readonly string[],
): Promise<() => Promise<void>> {
  // Losing data in a crash does not matter here, and nobody reads the notices.
  const own = { "synchronous_commit": "off", "client_min_messages": "warning" };
  const wanted = Object.entries({ ...settings, ...await watchfulness(connection), ...own });
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
  const there = await connection.query({ sql: "SELECT nspname::text AS name FROM pg_namespace" });
  const missing = new Set([...schema === undefined ? [] : [schema], ...schemas]);
  for (const { name } of there) missing.delete(String(name));
  for (const name of missing) {
    await connection.query({ sql: `CREATE SCHEMA ${quoteIdentifier(name)}` });
  }
  return reset;
}

/**
 * The value of the setting by which the server checks whether we are still connected, as the driver has
 * set it. It is not set on servers before 14 or inside this process.
 */
async function watchfulness(connection: Connection): Promise<Readonly<Record<string, string>>> {
  const name = "client_connection_check_interval";
  const [row] = await connection.query({
    sql: `SELECT current_setting('${name}', true) AS interval`,
  });
  const interval = row?.["interval"];
  return typeof interval === "string" && interval !== "0" ? { [name]: interval } : {};
}
