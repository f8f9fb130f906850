import type { DialectName } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import type { Sql, Statement, Value } from "../../sql/statement.ts";

/**
 * A row of `migrate_history`, which is append-only. A step that is not transactional leaves a row
 * with `outcome` "started" before each statement runs, which makes it resumable.
 */
export interface HistoryRow {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade" | "stamp" | "accept";
  readonly outcome: "done" | "failed" | "started" | "resumed";
  readonly started: Date;
  /** An SQL expression where only the server knows, at the time when it inserts the row. */
  readonly milliseconds: number | Sql;
  /** The number of statements done, and their total; a body of `run` and a COPY count as one. */
  readonly statementsDone: number;
  readonly statements: number;
  readonly checksum: string | undefined;
  readonly error: string | undefined;
  /** The digests from which lines changed since can be told. */
  readonly lines?: string | undefined;
  /**
   * The digest of all files that are applied afterwards, if all are as they were when they were
   * applied.
   */
  readonly sources?: string | undefined;
  /** The reason given by the user, if one was asked for. */
  readonly reason?: string | undefined;
  /** For work outside a transaction: a `JournalEntry` as JSON. */
  readonly journal?: string | undefined;
}

/** Who runs the tool, as the history records it. */
export interface Runner {
  readonly osUser: string;
  readonly host: string;
  readonly toolVersion: string;
  /** The file that the database was backed up to before the run. */
  readonly backup?: string | undefined;
}

/** Returns the name of the history, which is in the same schema as the version table. */
export function historyTable({ schema }: VersionTable): VersionTable {
  return { ...(schema !== undefined && { schema }), name: "migrate_history" };
}

/**
 * Returns the condition for the rows of the history that belong to the version table `table`: other
 * version tables in the same schema share the history. A row of an older version does not say which
 * it belongs to.
 */
export function belongsTo(table: VersionTable, dialect: DialectName): string {
  const name = quoteLiteral(table.name, dialect);
  return `coalesce(version_table, ${name}) = ${name}`;
}

interface Column {
  readonly name: string;
  readonly type: string | Readonly<Record<DialectName, string>>;
  /** Absent: the server fills it in. */
  readonly value?: (
    row: HistoryRow,
    runner: Runner,
    table: VersionTable,
  ) => Value | Sql | undefined;
}

/**
 * In the order of the table. Older tables lack the columns after `error`: none of these may be
 * required.
 */
const columns: readonly Column[] = [
  {
    name: "id",
    type: {
      postgres: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
      sqlite: "INTEGER PRIMARY KEY",
    },
  },
  { name: "revision", type: "TEXT NOT NULL", value: (row) => row.revision },
  { name: "direction", type: "TEXT NOT NULL", value: (row) => row.direction },
  { name: "outcome", type: "TEXT NOT NULL", value: (row) => row.outcome },
  {
    name: "started",
    type: { postgres: "TIMESTAMPTZ NOT NULL", sqlite: "TEXT NOT NULL" },
    value: (row) => row.started.toISOString(),
  },
  {
    name: "duration_ms",
    type: "BIGINT NOT NULL",
    value: ({ milliseconds: it }) => typeof it === "number" ? Math.round(it) : it,
  },
  { name: "statements_done", type: "BIGINT NOT NULL", value: (row) => row.statementsDone },
  { name: "statements", type: "BIGINT NOT NULL", value: (row) => row.statements },
  { name: "checksum", type: "TEXT", value: (row) => row.checksum },
  { name: "os_user", type: "TEXT NOT NULL", value: (_, runner) => runner.osUser },
  { name: "database_user", type: { postgres: "TEXT DEFAULT CURRENT_USER", sqlite: "TEXT" } },
  { name: "host", type: "TEXT NOT NULL", value: (_, runner) => runner.host },
  { name: "tool_version", type: "TEXT NOT NULL", value: (_, runner) => runner.toolVersion },
  // Databases store no NUL characters in texts, but a failed statement may contain one.
  { name: "error", type: "TEXT", value: (row) => row.error?.replaceAll("\0", "\ufffd") },
  { name: "lines", type: "TEXT", value: (row) => row.lines },
  { name: "sources", type: "TEXT", value: (row) => row.sources },
  { name: "reason", type: "TEXT", value: (row) => row.reason },
  { name: "journal", type: "TEXT", value: (row) => row.journal },
  { name: "backup", type: "TEXT", value: (_, runner) => runner.backup },
  { name: "version_table", type: "TEXT", value: (_row, _runner, table) => table.name },
];

/** Returns the query for the `name`s of the history's columns: no row if there is no history. */
export function historyColumns(table: VersionTable, dialect: DialectName): Statement {
  const name = historyTable(table);
  return {
    sql: dialect === "postgres"
      ? `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass(${
        quoteLiteral(quoteName(name), "postgres")
      })`
      : `SELECT name FROM pragma_table_info(${quoteLiteral(name.name, "sqlite")})`,
  };
}

/**
 * Returns a column that every version of the history has had but that is not `present`: the table
 * is not ours.
 */
export function lackingColumn(present: ReadonlySet<string>): string | undefined {
  const first = columns.slice(0, columns.findIndex((it) => it.name === "error") + 1);
  return first.find((it) => !present.has(it.name))?.name;
}

/**
 * Returns the statements that bring the history, which has the columns `present`, up to this
 * version.
 */
export function completeHistory(
  table: VersionTable,
  dialect: DialectName,
  present: ReadonlySet<string>,
): readonly Statement[] {
  const name = quoteName(historyTable(table));
  const missing = columns.filter((it) => !present.has(it.name)).map((it) =>
    `${it.name} ${typeof it.type === "string" ? it.type : it.type[dialect]}`
  );
  if (present.size === 0) {
    return [{ sql: `CREATE TABLE IF NOT EXISTS ${name} (\n    ${missing.join(",\n    ")}\n)` }];
  }
  const lacking = lackingColumn(present);
  if (lacking !== undefined) {
    const message = `Cannot write the history into ${name}: it has no column ${lacking}`;
    throw new ToolError("database/refused", message, {
      hint: "The table belongs to something else: rename it, as the history needs the name",
    });
  }
  // Another run may have added it meanwhile.
  const unless = dialect === "postgres" ? "IF NOT EXISTS " : "";
  return missing.map((it) => ({ sql: `ALTER TABLE ${name} ADD COLUMN ${unless}${it}` }));
}

/** Returns the statement that inserts `rows`. The server fills in the database user. */
export function insertHistory(
  table: VersionTable,
  dialect: DialectName,
  runner: Runner,
  rows: readonly HistoryRow[],
): OwnStatement {
  // A column without a value in any row is left to its default.
  const said = columns.flatMap(({ name, value }) => {
    const values = value && rows.map((row) => value(row, runner, table));
    return values?.some((it) => it !== undefined) ? [{ name, values }] : [];
  });
  const tuples = rows.map((_, index) =>
    `(${said.map((it) => written(it.values[index] ?? null, dialect)).join(", ")})`
  );
  return {
    sql: `INSERT INTO ${quoteName(historyTable(table))} (${
      said.map((it) => it.name).join(", ")
    }) VALUES\n${tuples.join(",\n")}`,
    ownTable: "the history",
  };
}

function written(value: Value | Sql, dialect: DialectName): string {
  return typeof value === "object" && value !== null && "sql" in value
    ? value.sql
    : dialect === "postgres" && typeof value === "string" && value.includes("\\")
    // A revision may have set standard_conforming_strings to off.
    ? `E${quoteLiteral(value, dialect).replaceAll("\\", "\\\\")}`
    : quoteLiteral(value, dialect);
}
