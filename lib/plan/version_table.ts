import type { VersionChange } from "../revision/version_changes.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import type { OwnStatement } from "../sql/own_statement.ts";
import type { Statement } from "../sql/statement.ts";

/** Named as in Alembic, so that a database can be taken over and handed back. */
export interface VersionTable {
  readonly schema?: string;
  readonly name: string;
}

/**
 * Returns the statement that creates the version table unless it exists: identical to Alembic's.
 */
export function createVersionTable(table: VersionTable): Statement {
  return {
    sql: `CREATE TABLE IF NOT EXISTS ${quoteName(table)} (\n` +
      `    version_num VARCHAR(32) NOT NULL, \n` +
      `    CONSTRAINT ${quoteIdentifier(`${table.name}_pkc`)} PRIMARY KEY (version_num)\n)`,
  };
}

/** Returns the query for the rows, one column `version_num`. */
export function selectVersions(table: VersionTable): Statement {
  return { sql: `SELECT version_num FROM ${quoteName(table)}` };
}

/**
 * Returns the statement that makes `change`. It must affect exactly one row: otherwise, another run
 * interfered.
 */
export function changeVersion(table: VersionTable, change: VersionChange): OwnStatement {
  return { sql: sqlOf(quoteName(table), change), keyed: true, ownTable: "the version table" };
}

function sqlOf(table: string, change: VersionChange): string {
  switch (change.kind) {
    case "insert":
      return `INSERT INTO ${table} (version_num) VALUES (${text(change.id)})`;
    case "delete":
      return `DELETE FROM ${table} WHERE version_num = ${text(change.id)}`;
    case "replace":
      return `UPDATE ${table} SET version_num=${text(change.to)} ` +
        `WHERE version_num = ${text(change.from)}`;
  }
}

function text(id: string): string {
  return quoteLiteral(id, "sqlite");
}
