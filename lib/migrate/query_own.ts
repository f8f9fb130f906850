import { queryWithinLockWait } from "./lock/within_lock_wait.ts";
import type { DialectName } from "../dialect/dialect.ts";
import { DatabaseError } from "../driver/database_error.ts";
import { ToolError } from "../error.ts";
import type { VersionTable } from "../plan/version_table.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Queryable, Row, Statement } from "../sql/statement.ts";

/**
 * Says whether a table of our own exists.
 *
 * @throws {ToolError} `database/refused` if the role may not use its schema.
 */
export async function hasTable(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<boolean> {
  const rows = await queryOwn(connection, tableExists[dialect](table), {
    name: table.name,
    privilege: usageOf(table),
  });
  return rows.length > 0;
}

/**
 * Returns the privilege that is needed to look for `table`. Without the name of a schema, the server
 * skips those that the role may not use.
 */
export function usageOf({ schema = "public" }: VersionTable): string {
  return `USAGE ON SCHEMA ${quoteIdentifier(schema)}`;
}

/**
 * Returns the rows of `statement`, which reads a table of our own or looks for it.
 *
 * @throws {ToolError} `database/refused` if the role lacks the privilege.
 */
export async function queryOwn(
  connection: Queryable,
  statement: Statement,
  { name, privilege }: { readonly name: string; readonly privilege: string },
): Promise<readonly Row[]> {
  try {
    return await queryWithinLockWait(connection, statement, name);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const message = `Cannot read ${name}: ${error.message}`;
    // query_canceled
    if (error.answer.sqlState === "57014") {
      throw new ToolError(error.code, message, { hint: error.facts.hint, cause: error });
    }
    // insufficient_privilege
    if (error.answer.sqlState !== "42501") throw error;
    throw new ToolError("database/refused", message, {
      hint: `GRANT ${privilege} TO the role in the database URL, or set role = "…" ` +
        "in the configuration to one that may",
      cause: error,
    });
  }
}

/** Each returns a query that answers one row if the table exists, and none if not. */
const tableExists: Readonly<Record<DialectName, (table: VersionTable) => Statement>> = {
  postgres: (table) => ({
    sql: `SELECT 1 WHERE to_regclass(${quoteLiteral(quoteName(table), "postgres")}) IS NOT NULL`,
  }),
  sqlite: ({ name }) => ({
    sql: `SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ${
      quoteLiteral(name, "sqlite")
    } COLLATE NOCASE`,
  }),
};
