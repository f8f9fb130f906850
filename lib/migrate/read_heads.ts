import { ToolError } from "../error.ts";
import type { DialectName } from "../dialect/dialect.ts";
import { DatabaseError } from "../driver/database_error.ts";
import { selectVersions, type VersionTable } from "../plan/version_table.ts";
import type { RevisionId } from "../revision/revision.ts";
import { quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Queryable, Row } from "../sql/statement.ts";
import { hasTable, queryOwn } from "./query_own.ts";

/** The contents of the version table. */
export interface VersionRows {
  /** Whether the table exists at all. */
  readonly exists: boolean;
  /** Sorted. */
  readonly heads: readonly RevisionId[];
}

/**
 * Returns the rows of the version table; a missing table reads as empty, and is not created.
 *
 * @throws {ToolError} `database/failed` if it does not contain revision ids.
 */
export async function readHeads(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<VersionRows> {
  if (!await hasTable(connection, dialect, table)) {
    if (dialect === "postgres") {
      const { refusePassedOver } = await import("./guard/usable_path.ts");
      await refusePassedOver(connection, table);
    }
    return { exists: false, heads: [] };
  }
  const heads = await readRows(connection, table);
  if (heads.length === 0 && dialect === "postgres") await refuseHidden(connection, table);
  return { exists: true, heads };
}

/** A table whose rows are all hidden from the role by row-level security is not an empty one. */
async function refuseHidden(connection: Queryable, table: VersionTable): Promise<void> {
  const name = quoteName(table);
  const oid = `to_regclass(${quoteLiteral(name, "postgres")})`;
  const [hidden] = await connection.query({
    sql: `SELECT current_user AS role WHERE row_security_active(${oid}) AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_policy p, unnest(p.polroles) AS r (oid)
  WHERE p.polrelid = ${oid} AND p.polpermissive AND p.polcmd IN ('r', '*')
    AND CASE r.oid WHEN 0 THEN true ELSE pg_has_role(r.oid, 'USAGE') END)`,
  });
  if (hidden === undefined) return;
  const role = String(hidden["role"]);
  throw new ToolError(
    "database/refused",
    `Cannot read the version table: row-level security hides all rows of ${name} from the role "${role}"`,
    {
      hint:
        `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY, or CREATE POLICY migrate ON ${name} TO ${
          quoteName({ name: role })
        } USING (true); or set role = "…" in the configuration to one that may`,
    },
  );
}

/** Returns the sorted rows of a version table that exists. */
export async function readRows(
  connection: Queryable,
  table: VersionTable,
): Promise<readonly RevisionId[]> {
  const rows = await rowsOf(connection, table);
  const ids = rows.map(({ version_num: id }) => revisionId(id, table)).sort();
  const twice = ids.find((it, index) => it === ids[index - 1]);
  if (twice !== undefined) throw unreadable(table, `it holds ${twice} twice`);
  return ids;
}

async function rowsOf(connection: Queryable, table: VersionTable): Promise<readonly Row[]> {
  try {
    return await queryOwn(connection, selectVersions(table), {
      name: "the version table",
      privilege: `SELECT ON ${quoteName(table)}`,
    });
  } catch (error) {
    if (!(error instanceof DatabaseError) || !/\bversion_num\b/.test(error.message)) throw error;
    throw new ToolError(
      "database/failed",
      `Cannot read the version table "${table.name}": it has no column version_num`,
      {
        hint:
          "The table belongs to something else: set version_table in migrate.toml to another name",
      },
    );
  }
}

function revisionId(value: unknown, table: VersionTable): RevisionId {
  if (typeof value === "string" && value !== "") return value;
  const shown = value === null ? "NULL" : value === "" ? "an empty string" : `a ${typeof value}`;
  throw unreadable(table, `it holds ${shown} where a revision id should be`);
}

function unreadable(table: VersionTable, why: string): ToolError {
  return new ToolError("database/failed", `Cannot read the version table "${table.name}": ${why}`, {
    hint: `Check it; to write it again, empty it with DELETE FROM ${quoteName(table)}, ` +
      `then type "migrate stamp REVISION"`,
  });
}
