import type { DialectName } from "../dialect/dialect.ts";
import type { VersionTable } from "../plan/version_table.ts";
import { quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Statement, Value } from "../sql/statement.ts";

/**
 * A row of `migrate_history`, which is only ever added to. A step that is not transactional leaves one
 * with `outcome` "started" for each statement before it runs, which makes it resumable.
 */
export interface HistoryRow {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade" | "stamp";
  readonly outcome: "done" | "failed" | "started" | "resumed";
  readonly started: Date;
  readonly milliseconds: number;
  /** Statements that are done, of how many; a body of `run` and a COPY count as one. */
  readonly statementsDone: number;
  readonly statements: number;
  readonly checksum: string | undefined;
  readonly error: string | undefined;
  /** Of work outside a transaction: a `JournalEntry` as JSON. */
  readonly journal?: string | undefined;
}

/** Who runs the tool, as the history records it. */
export interface Runner {
  readonly osUser: string;
  readonly host: string;
  readonly toolVersion: string;
}

/** Returns where the history is: beside the version table. */
export function historyTable({ schema }: VersionTable): VersionTable {
  return { ...(schema !== undefined && { schema }), name: "migrate_history" };
}

const columns = {
  postgres: {
    key: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    time: "TIMESTAMPTZ",
    user: "TEXT DEFAULT CURRENT_USER",
  },
  sqlite: { key: "INTEGER PRIMARY KEY", time: "TEXT", user: "TEXT" },
} as const;

/** Returns the statement that creates the history where it is missing. */
export function createHistory(table: VersionTable, dialect: DialectName): Statement {
  const { key, time, user } = columns[dialect];
  return {
    sql: `CREATE TABLE IF NOT EXISTS ${quoteName(historyTable(table))} (
    id ${key},
    revision TEXT NOT NULL,
    direction TEXT NOT NULL,
    outcome TEXT NOT NULL,
    started ${time} NOT NULL,
    duration_ms BIGINT NOT NULL,
    statements_done BIGINT NOT NULL,
    statements BIGINT NOT NULL,
    checksum TEXT,
    os_user TEXT NOT NULL,
    database_user ${user},
    host TEXT NOT NULL,
    tool_version TEXT NOT NULL,
    error TEXT,
    journal TEXT
)`,
  };
}

/** Returns the statement that adds `rows`. The database user is filled in by the server. */
export function insertHistory(
  table: VersionTable,
  dialect: DialectName,
  runner: Runner,
  rows: readonly HistoryRow[],
): Statement {
  const tuple = (row: HistoryRow) => {
    const values: readonly Value[] = [
      row.revision,
      row.direction,
      row.outcome,
      row.started.toISOString(),
      Math.round(row.milliseconds),
      row.statementsDone,
      row.statements,
      row.checksum ?? null,
      runner.osUser,
      runner.host,
      runner.toolVersion,
      row.error ?? null,
      row.journal ?? null,
    ];
    return `(${values.map((it) => quoteLiteral(it, dialect)).join(", ")})`;
  };
  return {
    sql:
      `INSERT INTO ${
        quoteName(historyTable(table))
      } (revision, direction, outcome, started, duration_ms, ` +
      `statements_done, statements, checksum, os_user, host, tool_version, error, journal) VALUES\n${
        rows.map(tuple).join(",\n")
      }`,
  };
}
