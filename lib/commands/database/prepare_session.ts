import type { Config } from "../../config/config.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { databaseIdentity, expectIdentity } from "../../migrate/guard/database_identity.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/**
 * Makes sure that the database is the one that the configuration expects, and switches to the
 * configured role.
 *
 * @throws {ToolError} `database/refused` if either fails.
 */
export async function prepareSession(
  connection: Connection,
  url: DatabaseUrl,
  { expectDatabase, role }: Pick<Config, "expectDatabase" | "role">,
): Promise<void> {
  if (expectDatabase !== undefined) {
    expectIdentity(await databaseIdentity(connection, url), expectDatabase);
  }
  if (role !== undefined) await setRole(connection, role);
}

async function setRole(connection: Connection, role: string): Promise<void> {
  if (connection.kind !== "postgres") {
    throw new ToolError(
      "config/invalid",
      `Cannot take on the role "${role}": only PostgreSQL has roles`,
      {
        hint: "Set role in the section of the database that it is for",
      },
    );
  }
  try {
    const name = quoteIdentifier(role);
    if (!connection.pooled) await connection.query({ sql: `SET ROLE ${name}` });
    // The pooler will soon give the session to someone else.
    else await connection.batch([{ sql: `SET LOCAL ROLE ${name}` }]);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const [user] = await connection.query({ sql: "SELECT session_user AS name" });
    const login = quoteIdentifier(String(user?.["name"]));
    throw new ToolError("database/refused", `Cannot take on the role "${role}": ${error.message}`, {
      // insufficient_privilege: nobody can be a member of a role that does not exist
      hint: error.answer.sqlState === "42501"
        ? `Check role in the configuration; GRANT ${quoteIdentifier(role)} TO ${login}`
        : "Check role in the configuration",
      cause: error,
    });
  }
  if (connection.pooled) connection.takeOn?.(role);
}
