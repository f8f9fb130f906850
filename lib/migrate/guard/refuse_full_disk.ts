import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { ToolError } from "../../error.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Plan, stepsOf } from "../../plan/plan.ts";
import type { Queryable, Row } from "../../sql/statement.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Refuses a plan that rebuilds a table of a SQLite file if the disk lacks room for it: a copy of
 * the table and its indexes, and with a write-ahead log another one in the log. (Measured: with
 * less, SQLite fails at nine tenths of that.)
 *
 * @throws {ToolError} `database/refused`, with the figures.
 */
export async function refuseFullDisk(plan: Plan, options: RunOptions): Promise<void> {
  const tables = rebuiltTables(plan, options);
  if (tables.length === 0) return;
  const { connection } = options.database;
  const file = await mainFile(connection);
  if (file === undefined) return;
  const { journal_mode: mode } = await only(connection, "PRAGMA journal_mode");
  const { bytes: unused } = await only(
    connection,
    "SELECT freelist_count * page_size AS bytes FROM pragma_freelist_count, pragma_page_size",
  );
  const { bavail, bsize } = statfsSync(dirname(file));
  const available = bavail * bsize;
  // Measuring a table means reading it.
  if (2 * statSync(file).size <= available) return;
  for (const table of tables) {
    const size = await sizeOf(connection, table);
    const needed = mode === "wal" ? 2 * size : size - Number(unused);
    if (needed <= available) continue;
    throw new ToolError(
      "database/refused",
      `Cannot rebuild the table "${table}": that needs ${megabytes(needed)} on the disk of ` +
        `"${file}", which has ${megabytes(available)} left`,
      {
        hint: `The table and its indexes take ${megabytes(size)}: free space, or move the file`,
      },
    );
  }
}

function rebuiltTables(plan: Plan, { dialect }: RunOptions): readonly string[] {
  const names = stepsOf(plan).flatMap((step) => step.work).flatMap((it) =>
    it.kind !== "deferred" ? [] : it.recorded.flatMap(({ operation }) => {
      if (inPlace.has(operation.kind) || !("table" in operation)) return [];
      return dialect.deferral(operation)?.required === true ? [operation.table.name] : [];
    })
  );
  return [...new Set(names)];
}

/** Operations that can mostly be done without a copy. */
const inPlace: ReadonlySet<Operation["kind"]> = new Set(["dropColumn", "renameIndex"]);

/** Absent: the database is in memory. */
async function mainFile(connection: Queryable): Promise<string | undefined> {
  const { file } = await only(
    connection,
    "SELECT file FROM pragma_database_list WHERE name = 'main'",
  );
  return typeof file === "string" && file !== "" ? file : undefined;
}

/** For a table that an earlier revision of the same plan creates, zero. */
async function sizeOf(connection: Queryable, table: string): Promise<number> {
  const { bytes } = await only(
    connection,
    `SELECT coalesce(sum(pgsize), 0) AS bytes FROM dbstat WHERE aggregate = TRUE AND name IN (
  SELECT name FROM sqlite_schema WHERE tbl_name = ${quoteLiteral(table, "sqlite")} COLLATE NOCASE)`,
  );
  return Number(bytes);
}

async function only(connection: Queryable, sql: string): Promise<Row> {
  const [row] = await connection.query({ sql });
  return row ?? {};
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
