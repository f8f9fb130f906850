import type { DialectName } from "../dialect/dialect.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { RevisionId } from "../revision/revision.ts";
import { quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Queryable, Row } from "../sql/statement.ts";
import { historyColumns, historyTable } from "./history.ts";

/** What was recorded of a revision's file when it was last applied or accepted. */
export interface RecordedScript {
  readonly checksum: string;
  readonly id: number;
}

/** Returns the names of the history's columns: none where there is no history. */
export async function readHistoryColumns(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<ReadonlySet<string>> {
  const rows = await connection.query(historyColumns(table, dialect));
  return new Set(rows.map((it) => String(it["name"])));
}

/**
 * Returns the digest that the last row which says "done" has; `undefined` where it has none, or where
 * there is no history, or one of an older version.
 */
export async function readLastDigest(
  connection: Queryable,
  table: VersionTable,
): Promise<string | undefined> {
  const name = quoteName(historyTable(table));
  const rows = await connection.query({
    sql: `SELECT sources FROM ${name} WHERE outcome = 'done' ORDER BY id DESC LIMIT 1`,
  }).catch(() => []);
  const sources = rows[0]?.["sources"];
  return typeof sources === "string" ? sources : undefined;
}

/** Returns, for each revision that is applied as far as the history tells, what was recorded of its file. */
export async function readRecordedScripts(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<ReadonlyMap<RevisionId, RecordedScript>> {
  if ((await readHistoryColumns(connection, dialect, table)).size === 0) return new Map();
  const rows = await connection.query({
    sql: `SELECT id, revision, direction, checksum FROM ${quoteName(historyTable(table))} ` +
      `WHERE outcome = 'done' AND direction <> 'stamp' ORDER BY id`,
  });
  const recorded = new Map<RevisionId, RecordedScript>();
  for (const row of rows) {
    const revision = String(row["revision"]);
    const { checksum } = row;
    if (row["direction"] === "downgrade") recorded.delete(revision);
    else if (typeof checksum === "string") recorded.set(revision, { checksum, id: idOf(row) });
  }
  return recorded;
}

/** Returns what tells the lines of the file that row `id` of the history records. */
export async function readLineDigests(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
  id: number,
): Promise<string | undefined> {
  if (!(await readHistoryColumns(connection, dialect, table)).has("lines")) return undefined;
  const [row] = await connection.query({
    sql: `SELECT lines FROM ${quoteName(historyTable(table))} WHERE id = ${
      quoteLiteral(id, dialect)
    }`,
  });
  const lines = row?.["lines"];
  return typeof lines === "string" ? lines : undefined;
}

function idOf(row: Row): number {
  return Number(row["id"]);
}
