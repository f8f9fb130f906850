import { ToolError } from "../error.ts";
import type { DialectName } from "../dialect/dialect.ts";
import { selectVersions, type VersionTable } from "../plan/version_table.ts";
import type { RevisionId } from "../revision/revision.ts";
import { quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Queryable, Statement } from "../sql/statement.ts";

/** What the version table holds. */
export interface VersionRows {
  /** Whether the table is there at all. */
  readonly exists: boolean;
  /** Sorted. */
  readonly heads: readonly RevisionId[];
}

/**
 * Returns the rows of the version table; a missing one reads as empty, and is not created.
 *
 * @throws {ToolError} `database/failed` if the table is not one of revision ids.
 */
export async function readHeads(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<VersionRows> {
  const [found] = await connection.query(tableExists[dialect](table));
  if (found === undefined) return { exists: false, heads: [] };
  return { exists: true, heads: await readRows(connection, table) };
}

/** Returns the sorted rows of a version table that exists. */
export async function readRows(
  connection: Queryable,
  table: VersionTable,
): Promise<readonly RevisionId[]> {
  const rows = await connection.query(selectVersions(table));
  return rows.map(({ version_num: id }) => revisionId(id, table)).sort();
}

function revisionId(value: unknown, { name }: VersionTable): RevisionId {
  if (typeof value === "string" && value !== "") return value;
  throw new ToolError(
    "database/failed",
    `Cannot read the version table "${name}": it holds ${
      JSON.stringify(value) ?? "nothing"
    } where a revision id should be`,
    {
      hint: `Look at the table, and write the right row with "migrate stamp --purge REVISION"`,
    },
  );
}

/** Each returns a query that answers one row if the table is there, and none if not. */
export const tableExists: Readonly<Record<DialectName, (table: VersionTable) => Statement>> = {
  postgres: (table) => ({
    sql: `SELECT 1 WHERE to_regclass(${quoteLiteral(quoteName(table), "postgres")}) IS NOT NULL`,
  }),
  sqlite: ({ name }) => ({
    sql: `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${
      quoteLiteral(name, "sqlite")
    } COLLATE NOCASE`,
  }),
};
