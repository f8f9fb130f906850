import type { DialectName } from "../../dialect/dialect.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Queryable, Row } from "../../sql/statement.ts";
import { historyTable } from "../history/history.ts";
import { historyRows, queryHistory, readHistoryColumns } from "../history/read_history.ts";
import { hasTable } from "../query_own.ts";

/** The place of a statement; the file is omitted if it is the revision's own. */
export interface JournalPlace {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** A statement that cannot run in a transaction, as recorded before it ran. */
export interface Doing extends JournalPlace {
  readonly sql: string;
  readonly digest: string;
  /** Which of the objects that it creates or drops existed already. */
  readonly there: readonly string[];
}

/** What a row of the journal records besides the history's own columns. */
export interface JournalEntry {
  /** Digests of the statements that are known to be done since the previous row. */
  readonly done?: readonly string[];
  /** The place of the last of them. */
  readonly last?: JournalPlace;
  readonly doing?: Doing;
  /** A person's decision about the statement in doubt. */
  readonly decision?: Decision;
}

/**
 * The statement was done; it was not, and is to run again; everything done has been undone by hand.
 */
export type Decision = "done" | "again" | "restart";

/** The progress of work outside a transaction that has not ended. */
export interface InterruptedWork {
  readonly revision: RevisionId;
  readonly direction: "upgrade" | "downgrade";
  readonly statements: number;
  /** The digests of the statements that are known to be done, in order. */
  readonly digests: readonly string[];
  readonly last: JournalPlace;
  /** The statement that was running when the journal ended. */
  readonly inDoubt: Doing | undefined;
  /** When it was last worked on; by whom and where follow. */
  readonly at: string;
  readonly osUser: string;
  readonly host: string;
}

/** Which history holds the journal, and in which dialect to query it. */
export interface JournalSource {
  readonly dialect: { readonly name: DialectName };
  readonly versionTable: VersionTable;
}

/**
 * Returns the work that was begun outside a transaction and has neither ended nor been settled by a
 * stamp, oldest first; only that of `revision`, if given.
 */
export async function interruptedWork(
  connection: Queryable,
  { dialect, versionTable }: JournalSource,
  revision?: RevisionId,
): Promise<readonly InterruptedWork[]> {
  if (!await anyWorkBegan(connection, { dialect, versionTable })) return [];
  const columns = await readHistoryColumns(connection, dialect.name, versionTable);
  if (!columns.has("journal")) return [];
  const all = historyRows(versionTable, dialect.name, columns);
  const only = revision === undefined
    ? ""
    : `AND h.revision = ${quoteLiteral(revision, dialect.name)} `;
  const rows = await queryHistory(connection, versionTable, {
    sql: `SELECT h.revision, h.direction, h.statements, h.journal, h.os_user, h.host, ` +
      `CAST(h.started AS TEXT) AS at FROM ${all} h ` +
      `LEFT JOIN (SELECT revision, max(id) AS id FROM ${all} h WHERE outcome = 'done' AND direction <> 'accept' GROUP BY revision) d ` +
      `ON d.revision = h.revision ` +
      `WHERE h.outcome IN ('started', 'resumed') AND h.id > coalesce(d.id, 0) ${only}` +
      `AND h.id > (SELECT coalesce(max(id), 0) FROM ${all} s WHERE direction = 'stamp' AND outcome = 'done') ` +
      `ORDER BY h.id`,
  });
  const found = new Map<RevisionId, Reading>();
  for (const row of rows) {
    const id = String(row["revision"]);
    const next = afterRow(found.get(id), row);
    if (next === undefined) found.delete(id);
    else found.set(id, next);
  }
  return [...found.values()];
}

/**
 * Returns whether any work was ever begun outside a transaction. In most databases none was, and
 * this query takes a quarter of the time of the one for its state.
 */
async function anyWorkBegan(
  connection: Queryable,
  { dialect, versionTable }: JournalSource,
): Promise<boolean> {
  const history = historyTable(versionTable);
  if (!await hasTable(connection, dialect.name, history)) return false;
  // A table of that name that is not ours may lack the column: then the outer one is meant.
  const rows = await queryHistory(connection, versionTable, {
    sql: `SELECT 1 FROM (SELECT NULL AS outcome) none WHERE EXISTS (SELECT 1 FROM ${
      quoteName(history)
    } WHERE CAST(outcome AS TEXT) IN ('started', 'resumed'))`,
  });
  return rows.length > 0;
}

interface Reading extends InterruptedWork {
  readonly digests: string[];
}

/** An entry that somebody has damaged is a statement in doubt: a stamp or a decision to restart settles it. */
function entryOf(text: string): JournalEntry {
  try {
    return JSON.parse(text);
  } catch {
    return { doing: { sql: `what the history has as ${text}`, digest: "", there: [] } };
  }
}

function afterRow(before: Reading | undefined, row: Row): Reading | undefined {
  const entry = entryOf(String(row["journal"] ?? "{}"));
  if (entry.decision === "restart") return undefined;
  const direction = row["direction"] === "downgrade" ? "downgrade" : "upgrade";
  const known = before?.direction === direction ? before : undefined;
  const settled = entry.decision === "done" ? known?.inDoubt : undefined;
  const digests = known?.digests ?? [];
  digests.push(...settled ? [settled.digest] : [], ...entry.done ?? []);
  return {
    revision: String(row["revision"]),
    direction,
    statements: Number(row["statements"]),
    digests,
    last: entry.last ?? settled ?? known?.last ?? {},
    inDoubt: entry.doing,
    at: String(row["at"]),
    osUser: String(row["os_user"]),
    host: String(row["host"]),
  };
}
