import { DatabaseError } from "../driver/database_error.ts";
import { ToolError } from "../error.ts";
import type { VersionTable } from "../plan/version_table.ts";
import { quoteIdentifier } from "../sql/quote.ts";

/** Returns what to tell where the version table could not be created for want of its schema; of anything else `error`. */
export function explainNoSchema(error: unknown, { schema }: VersionTable): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const isSqlite = /^unknown database /.test(error.message);
  // invalid_schema_name
  if (!isSqlite && error.answer.sqlState !== "3F000") return error;
  return new ToolError(error.code, `Cannot create the version table: ${error.message}`, {
    hint: isSqlite
      ? "Leave version_table_schema out of the configuration: SQLite has no such schemas"
      : schema === undefined
      ? "Create the schema that new tables go to, as with CREATE SCHEMA public, or name another in the role's search_path"
      : `Create it with CREATE SCHEMA ${
        quoteIdentifier(schema)
      }, or name another with version_table_schema in the configuration`,
    cause: error,
  });
}
