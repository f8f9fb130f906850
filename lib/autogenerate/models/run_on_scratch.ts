import type { Scratch } from "../../database/scratch/scratch.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Statement } from "../../sql/statement.ts";

/** Statements that run together or not at all. */
export interface Runnable {
  readonly statements: readonly Statement[];
}

/** What the database rejected. */
export interface Refused<Item> {
  readonly item: Item;
  readonly error: DatabaseError;
}

/** Enough to hide the round trips, few enough to fit into PostgreSQL's lock table many times over. */
const mostTogether = 200;

/**
 * Runs `items` in order, and returns those that failed. They share transactions until one fails: then each
 * has its own, or none if it cannot run in one.
 */
export async function runOnScratch<Item extends Runnable>(
  items: readonly Item[],
  scratch: Scratch,
): Promise<readonly Refused<Item>[]> {
  const refused: Refused<Item>[] = [];
  for (let at = 0; at < items.length; at += mostTogether) {
    const some = items.slice(at, at + mostTogether);
    const statements = some.flatMap((it) => it.statements);
    const run = () => scratch.connection.transaction((it) => it.sendScript(statements));
    if (await failure(run) === undefined) continue;
    for (const item of some) {
      const error = await failure(() => runAlone(item, scratch));
      if (error !== undefined) refused.push({ item, error });
    }
  }
  return refused;
}

async function runAlone({ statements }: Runnable, { connection }: Scratch): Promise<void> {
  const [first, ...rest] = statements;
  if (first === undefined) return;
  if (rest.length === 0) await connection.query(first);
  else await connection.batch(statements);
}

async function failure(run: () => Promise<unknown>): Promise<DatabaseError | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError && error.answer.sqlState !== canceled) return error;
    throw error;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: by an interrupt, or for taking too long. */
const canceled = "57014";
