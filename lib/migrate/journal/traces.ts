import { type Traces, tracesOf } from "../../dialect/postgres/transactions/traces.ts";
import { loadGrammar } from "../../dialect/postgres/transactions/grammar.ts";
import { waitLonger } from "../../driver/retry_while_busy.ts";
import { ToolError } from "../../error.ts";
import type { Statement } from "../../sql/statement.ts";
import type { RunOptions } from "../run_options.ts";
import { poll, type Waiting } from "../lock/poll.ts";
import { tellBlockers } from "../lock/tell_blockers.ts";

/** An object that a statement creates or drops, as the catalogue has it now. */
export interface Found {
  /** Quoted, with its schema where it has one. */
  readonly name: string;
  readonly valid: boolean;
}

export type IndexTraces = Extract<Traces, { kind: "index" }>;

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
 *
 * @throws {ToolError} `lock/busy` if the build takes longer.
 */
export async function findTraces(find: Statement, options: RunOptions): Promise<readonly Found[]> {
  const { connection } = options.database;
  let rows = await connection.query(find);
  await poll(options, async () => {
    const building = rows.find((it) => it["builder"] !== null);
    if (building === undefined) return undefined;
    rows = await connection.query(find);
    return rows.some((it) => it["builder"] !== null)
      ? `pid ${building["builder"]} is still building the index ${building["name"]}`
      : undefined;
  }, anotherBuild);
  return rows.map((it) => ({ name: String(it["name"]), valid: it["valid"] === true }));
}

/** Another session's, which need not be a run's. */
const anotherBuild: Waiting = {
  event: (builder) => ({ kind: "noted", message: `Waiting: ${builder}` }),
  error: (builder) =>
    new ToolError("lock/busy", `Cannot continue: ${builder}`, { hint: waitLonger }),
};

/**
 * Returns the invalid indexes that a build of the index has left: for one without a name, those
 * that did not exist before.
 */
export function brokenOf(
  { name }: IndexTraces,
  found: readonly Found[],
  before: readonly string[],
): readonly Found[] {
  return found.filter((it) => !it.valid && (name !== undefined || !before.includes(it.name)));
}

/**
 * Drops indexes that a failed build has left, and reports it. Waits for its locks however short the
 * session's own limits are, which may be why the build failed, and tells who holds them.
 */
export async function dropBroken(
  indexes: readonly Found[],
  options: RunOptions,
): Promise<void> {
  const { database: { connection }, report } = options;
  if (indexes.length === 0) return;
  const [own] = await connection.query({
    sql: `SELECT ${limits.map((it) => `current_setting('${it}') AS ${it}`).join(", ")}`,
  });
  const limit = (value: (name: string) => unknown) =>
    connection.query({
      sql: `SELECT ${limits.map((it, at) => `set_config('${it}', $${at + 1}, false)`).join(", ")}`,
      parameters: limits.map((it) => String(value(it))),
    });
  await limit(() => 0);
  try {
    for (const { name } of indexes) {
      report({
        kind: "warned",
        message: `Dropping the invalid index ${name}, left by a build that did not finish`,
      });
      await tellBlockers(`drop the index ${name}`, options, async () => {
        await connection.query({ sql: `DROP INDEX CONCURRENTLY IF EXISTS ${name}` });
      });
    }
  } finally {
    await limit((name) => own?.[name]).catch(() => {}); // a lost session has none
  }
}

const limits = ["lock_timeout", "statement_timeout"];
