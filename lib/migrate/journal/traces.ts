import { type Traces, tracesOf } from "../../dialect/postgres/transactions/traces.ts";
import { loadGrammar } from "../../dialect/postgres/transactions/grammar.ts";
import type { Statement } from "../../sql/statement.ts";
import type { RunOptions } from "../run_options.ts";
import { poll } from "../lock/run_lock.ts";

/** An object that a statement creates or drops, as the catalogue has it now. */
export interface Found {
  /** Quoted, with its schema where it has one. */
  readonly name: string;
  readonly valid: boolean;
}

/** Returns what can tell whether `statement`, which cannot run in a transaction, was done. */
export async function readTraces(
  statement: string,
  { dialect }: Pick<RunOptions, "dialect">,
): Promise<Traces> {
  // VACUUM, PRAGMA, ATTACH and DETACH can all be repeated.
  if (dialect.name === "sqlite") return { kind: "repeatable" };
  return tracesOf(statement, await loadGrammar());
}

/**
 * Returns what the query `find` of a `Traces` finds. While any of it is still being built it waits,
 * for as long as a run waits for another.
 */
export async function findTraces(find: Statement, options: RunOptions): Promise<readonly Found[]> {
  const { connection } = options.database;
  let rows = await connection.query(find);
  await poll(options, async () => {
    const building = rows.find((it) => it["builder"] !== null);
    if (building === undefined) return undefined;
    const holder = `pid ${building["builder"]} is still building the index ${building["name"]}`;
    rows = await connection.query(find);
    return rows.some((it) => it["builder"] !== null) ? holder : undefined;
  });
  return rows.map((it) => ({ name: String(it["name"]), valid: it["valid"] === true }));
}

/** Drops indexes that a failed build has left, and reports it. */
export async function dropBroken(
  indexes: readonly Found[],
  { database: { connection }, report }: RunOptions,
): Promise<void> {
  for (const { name } of indexes) {
    report({
      kind: "warned",
      message: `Dropping the invalid index ${name}, left by a build that did not finish`,
    });
    await connection.query({ sql: `DROP INDEX CONCURRENTLY IF EXISTS ${name}` });
  }
}
