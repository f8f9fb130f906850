import { type Database, openDatabase } from "../../database/open_database.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Step, Work } from "../../plan/plan.ts";
import type { Location, Queryable, Statement } from "../../sql/statement.ts";
import { explainFailure } from "../explain/explain_failure.ts";

/** A statement, with the place that asked for it. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly at?: Location | undefined;
}

/**
 * Returns the work of `step` as statements that can be sent all at once. Operations that depend on
 * the state of the database are compiled against an in-memory copy, which has the database's schema
 * but not its rows, and on which all work before them is done first.
 *
 * @throws {ToolError} With the place of an operation that cannot be done.
 */
export async function compileAhead(
  step: Step,
  connection: Queryable,
  dialect: Dialect,
): Promise<readonly PlacedStatement[]> {
  await using replica = await replicaOf(connection);
  const placed: PlacedStatement[] = [];
  for (const work of step.work) {
    placed.push(...await statementsOf(work, { step, dialect, replica }));
  }
  return placed;
}

async function statementsOf(
  work: Work,
  { step, dialect, replica: { connection } }: {
    readonly step: Step;
    readonly dialect: Dialect;
    readonly replica: Database;
  },
): Promise<readonly PlacedStatement[]> {
  if (work.kind === "statement") {
    // A failure here, for want of rows or of an extension, is left to the server to judge.
    if (isDefinition(work.statement)) await connection.query(work.statement).catch(() => {});
    return [work];
  }
  if (work.kind !== "deferred") throw new TypeError(`A ${work.kind} is not known ahead`);
  let at = work.recorded[0]?.at;
  try {
    const compiled = await dialect.compileDeferred(work.recorded, connection, { renames: false });
    for (const statement of compiled) {
      at = statement.at ?? at;
      await connection.query(statement);
    }
    return compiled.map((statement) => ({ statement, at: statement.at }));
  } catch (error) {
    throw explainFailure(error, step, at);
  }
}

function isDefinition({ sql, parameters }: Statement): boolean {
  return parameters === undefined && /^\s*(?:CREATE|ALTER|DROP)\b/i.test(sql);
}

/** Returns an in-memory SQLite database that has the schema of another, but not its rows. */
export async function replicaOf(connection: Queryable): Promise<Database> {
  const rows = await connection.query({
    sql:
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, rowid`,
  });
  const replica = await openDatabase({ kind: "sqlite", path: ":memory:" }, { create: true });
  for (const row of rows) {
    // Virtual tables create tables of their own, or need an extension that is not available here.
    await replica.connection.query({ sql: String(row["sql"]) }).catch(() => {});
  }
  return replica;
}
