import { sqlite } from "../../../lib/dialect/sqlite/dialect.ts";
import type { DeferredOptions } from "../../../lib/dialect/dialect.ts";
import { DatabaseError } from "../../../lib/driver/database_error.ts";
import type { Connection } from "../../../lib/driver/driver.ts";
import { compileRecorded } from "../../../lib/migrate/compile_recorded.ts";
import { collect } from "../../../lib/operations/record/record.ts";
import type { Operations } from "../../../lib/operations/operations.ts";
import type { OwnStatement } from "../../../lib/sql/own_statement.ts";
import { quoteIdentifier } from "../../../lib/sql/quote.ts";
import type { Row } from "../../../lib/sql/statement.ts";

/** Does what `change` asks for, in one transaction, as a run would; returns the statements. */
export async function alter(
  connection: Connection,
  change: (op: Operations) => void,
  options: DeferredOptions = {},
): Promise<readonly string[]> {
  const recorded = await collect(change, { dialect: "sqlite", x: {}, tag: undefined });
  const done: string[] = [];
  await connection.transaction(async (session) => {
    for (const work of compileRecorded(recorded, sqlite)) {
      const statements = work.kind === "statement"
        ? [work.statement]
        : work.kind === "deferred"
        ? await sqlite.compileDeferred(work.recorded, session, options)
        : [];
      for (const it of statements) await session.query(it).catch(refused);
      done.push(...statements.map((it) => it.sql));
    }
  }, { foreignKeys: false });
  return done;
}

/** Throws what the failure of a statement that checks something means. */
function refused(error: unknown): never {
  if (!(error instanceof DatabaseError)) throw error;
  const { refusal }: OwnStatement = error.answer.statement;
  throw refusal ? new Error(refusal.message, { cause: error }) : error;
}

/** Everything that a database holds: texts, rows with their rowids, and AUTOINCREMENT counters. */
export interface Snapshot {
  readonly texts: Readonly<Record<string, string | null>>;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly sequence: readonly Row[];
}

export async function snapshot(connection: Connection): Promise<Snapshot> {
  const objects = await connection.query({
    sql: `SELECT 'main' AS place, type, name, tbl_name, sql FROM sqlite_schema
      UNION ALL SELECT 'temp', type, name, tbl_name, sql FROM sqlite_temp_schema`,
  });
  const rows: Record<string, readonly Row[]> = {};
  for (const { place, type, name, sql } of objects) {
    if (type !== "table" || place === "temp" || name === "sqlite_sequence") continue;
    const rowid = /WITHOUT ROWID/i.test(String(sql)) ? "" : '_rowid_ AS "the rowid", ';
    const all = { sql: `SELECT ${rowid}* FROM ${quoteIdentifier(String(name))} ORDER BY 1` };
    rows[String(name)] = (await connection.query(all)).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, `${typeof value} ${value}`]),
      )
    );
  }
  const counts = objects.some((it) => it["name"] === "sqlite_sequence");
  return {
    texts: Object.fromEntries(
      objects.map((it) => [
        `${it["place"]} ${it["type"]} ${it["name"]} on ${it["tbl_name"]}`,
        it["sql"] === null ? null : String(it["sql"]),
      ]).sort(),
    ),
    rows,
    sequence: counts
      ? await connection.query({ sql: "SELECT name, seq FROM sqlite_sequence ORDER BY name" })
      : [],
  };
}
