import type { DialectName } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Queryable, Row, Statement } from "../../sql/statement.ts";
import { queryOwn, usageOf } from "../query_own.ts";
import { belongsTo, historyColumns, historyTable, lackingColumn } from "./history.ts";

/**
 * The checksum of a revision's file when it was last applied or accepted, with the history row's
 * id.
 */
export interface RecordedScript {
  readonly checksum: string;
  readonly id: number;
}

/**
 * Returns the names of the history's columns: none if there is no history, or if a table that is
 * not ours has its name.
 */
export async function readHistoryColumns(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<ReadonlySet<string>> {
  const present = await readPresentColumns(connection, dialect, table);
  return lackingColumn(present) === undefined ? present : new Set();
}

/**
 * Returns the names of the columns of the table that has the history's name, whether it is ours or
 * not.
 */
export async function readPresentColumns(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<ReadonlySet<string>> {
  const rows = await queryOwn(connection, historyColumns(table, dialect), {
    name: "the history",
    privilege: usageOf(table),
  });
  if (rows.length === 0 && dialect === "postgres") {
    const { refusePassedOver } = await import("../guard/usable_path.ts");
    await refusePassedOver(connection, historyTable(table));
  }
  return new Set(rows.map((it) => String(it["name"])));
}

/**
 * Returns, as an item of a FROM clause, the rows of the history that belong to `table`; `columns`
 * are the history's.
 */
export function historyRows(
  table: VersionTable,
  dialect: DialectName,
  columns: ReadonlySet<string>,
): string {
  const name = quoteName(historyTable(table));
  return columns.has("version_table")
    ? `(SELECT * FROM ${name} WHERE ${belongsTo(table, dialect)})`
    : name;
}

/**
 * Returns the digest in the last row whose outcome is "done"; `undefined` if it has none, if there
 * is no history, or if that is of an older version.
 */
export async function readLastDigest(
  connection: Queryable,
  table: VersionTable,
): Promise<string | undefined> {
  const name = quoteName(historyTable(table));
  const rows = await queryHistory(connection, table, {
    sql: `SELECT sources FROM ${name} WHERE outcome = 'done' ORDER BY id DESC LIMIT 1`,
  }).catch((error: unknown) => {
    if (error instanceof ToolError && error.code === "lock/busy") throw error;
    return [];
  });
  const sources = rows[0]?.["sources"];
  return typeof sources === "string" ? sources : undefined;
}

/**
 * Returns what was recorded of the file of each revision that is applied, as far as the history
 * tells.
 */
export async function readRecordedScripts(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
): Promise<ReadonlyMap<RevisionId, RecordedScript>> {
  const columns = await readHistoryColumns(connection, dialect, table);
  if (columns.size === 0) return new Map();
  const rows = await queryHistory(connection, table, {
    sql:
      `SELECT id, revision, direction, checksum FROM ${historyRows(table, dialect, columns)} h ` +
      `WHERE outcome = 'done' ORDER BY id`,
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

/** Returns the line digests in the rows `ids` of the history, by row id. */
export async function readLineDigests(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  if (!(await readHistoryColumns(connection, dialect, table)).has("lines")) return new Map();
  const rows = await queryHistory(connection, table, {
    sql: `SELECT id, lines FROM ${quoteName(historyTable(table))} ` +
      `WHERE lines IS NOT NULL AND id IN (${ids.join(", ")})`,
  });
  return new Map(rows.map((it) => [idOf(it), String(it["lines"])]));
}

/**
 * Returns the rows of `statement`, which reads the history that belongs to the version table
 * `table`.
 *
 * @throws {ToolError} `database/refused` if the role lacks the privilege.
 */
export function queryHistory(
  connection: Queryable,
  table: VersionTable,
  statement: Statement,
): Promise<readonly Row[]> {
  const privilege = `SELECT ON ${quoteName(historyTable(table))}`;
  return queryOwn(connection, statement, { name: "the history", privilege });
}

function idOf(row: Row): number {
  return Number(row["id"]);
}

/** A row of the history for display. What is not recorded is null. */
export interface HistoryEntry {
  readonly id: number;
  /** For a stamp, its target, which may be base. */
  readonly revision: string;
  readonly direction: string;
  readonly outcome: string;
  /** In UTC, in ISO 8601 format. */
  readonly started: string;
  readonly milliseconds: number;
  readonly statementsDone: number;
  readonly statements: number;
  readonly osUser: string;
  readonly databaseUser: string | null;
  readonly host: string;
  readonly toolVersion: string;
  readonly checksum: string | null;
  /** The file that the database was backed up to beforehand. */
  readonly backup: string | null;
  readonly reason: string | null;
  readonly error: string | null;
}

/**
 * Returns the rows of the history, newest first, without journal rows that later ones supersede.
 */
export async function readHistory(
  connection: Queryable,
  dialect: DialectName,
  table: VersionTable,
  { only, limit }: {
    /** Only these revisions, at least one, or those whose ids have this prefix. */
    readonly only?: readonly RevisionId[] | { readonly beginning: string } | undefined;
    readonly limit?: number | undefined;
  } = {},
): Promise<readonly HistoryEntry[]> {
  const columns = await readHistoryColumns(connection, dialect, table);
  if (columns.size === 0) return [];
  const literal = (value: string | number) => quoteLiteral(value, dialect);
  const all = historyRows(table, dialect, columns);
  const condition = only &&
    ("beginning" in only
      ? `substr(h.revision, 1, ${only.beginning.length}) = ${literal(only.beginning)}`
      : `h.revision IN (${only.map(literal).join(", ")})`);
  const started = dialect === "postgres"
    ? `to_char(h.started AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : "h.started";
  const column = (it: string) => columns.has(it) ? `h.${it}` : `NULL AS ${it}`;
  const rows = await queryHistory(connection, table, {
    sql: `SELECT h.id, h.revision, h.direction, h.outcome, ${started} AS started, ` +
      `h.duration_ms, h.statements_done, h.statements, h.os_user, h.database_user, h.host, ` +
      `h.tool_version, h.checksum, h.error, ${column("backup")}, ${column("reason")} ` +
      `FROM ${all} h WHERE NOT (h.outcome = 'started' AND EXISTS (SELECT 1 FROM ${all} l ` +
      `WHERE l.revision = h.revision AND l.direction = h.direction AND l.id > h.id)) ` +
      `${condition === undefined ? "" : `AND ${condition} `}` +
      `ORDER BY h.id DESC${limit === undefined ? "" : ` LIMIT ${limit}`}`,
  });
  return rows.map(historyEntry);
}

function historyEntry(row: Row): HistoryEntry {
  const text = (name: string) => String(row[name] ?? "");
  const maybe = (name: string) => row[name] === null ? null : text(name);
  return {
    id: idOf(row),
    revision: text("revision"),
    direction: text("direction"),
    outcome: text("outcome"),
    started: text("started"),
    milliseconds: Number(row["duration_ms"]),
    statementsDone: Number(row["statements_done"]),
    statements: Number(row["statements"]),
    osUser: text("os_user"),
    databaseUser: maybe("database_user"),
    host: text("host"),
    toolVersion: text("tool_version"),
    checksum: maybe("checksum"),
    backup: maybe("backup"),
    reason: maybe("reason"),
    error: maybe("error"),
  };
}
