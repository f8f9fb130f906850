import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import { advice } from "./advice.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/**
 * Returns the user-facing error if the database did not let us create the version table or the
 * history; any other `error` unchanged.
 */
export function explainNotCreated(error: unknown, { schema }: VersionTable): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return new ToolError(error.code, `Cannot create the version table: ${error.message}`, {
    ...error.facts,
    hint: hintOf(error, schema),
    cause: error,
  });
}

function hintOf(
  { answer, facts, message }: DatabaseError,
  schema: string | undefined,
): string | undefined {
  // read_only_sql_transaction
  if (answer.sqlState === "25006") {
    return "Name the primary in the database URL, with target_session_attrs=read-write where there are several hosts";
  }
  const isSqlite = /^unknown database /.test(message);
  // invalid_schema_name
  if (!isSqlite && answer.sqlState !== "3F000") return advice(answer) ?? facts.hint;
  return isSqlite
    ? "Leave version_table_schema out of the configuration: SQLite has no such schemas"
    : schema === undefined
    ? "Create the schema that new tables go to, as with CREATE SCHEMA public, or name another in the role's search_path"
    : `Create it with CREATE SCHEMA ${
      quoteIdentifier(schema)
    }, or name another with version_table_schema in the configuration`;
}
