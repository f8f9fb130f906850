import { quoteName } from "../../sql/quote.ts";
import type { Statement } from "../../sql/statement.ts";
import type { Timeouts } from "../../sql/timeouts.ts";
import type { RunOptions } from "../run_options.ts";

/** Returns what is set at the beginning of each of a run's transactions on PostgreSQL. */
export function transactionSettings(
  { timeouts, role, database: { connection } }: RunOptions,
): readonly Statement[] {
  return [
    // A session has its role since it was opened; behind a pooler it would be another's soon.
    ...(role !== undefined && connection.pooled
      ? [{ sql: `SET LOCAL ROLE ${quoteName({ name: role })}` }]
      : []),
    ...timeoutSettings(timeouts, "transaction"),
  ];
}

/**
 * Returns the statements that set `timeouts` where they are others than `before`: with SET, since
 * poolers refuse them when a session begins. One that is not wanted any more is again as the session
 * had it.
 */
export function timeoutSettings(
  timeouts: Timeouts,
  scope: "transaction" | "session",
  before: Timeouts = {},
): readonly Statement[] {
  const set = scope === "transaction" ? "SET LOCAL" : "SET";
  return settings.flatMap(([key, name]) => {
    const value = timeouts[key];
    if (value === before[key]) return [];
    return [{ sql: `${set} ${name} = ${value === undefined ? "DEFAULT" : `'${value}ms'`}` }];
  });
}

const settings = [
  ["statement", "statement_timeout"],
  ["idleInTransaction", "idle_in_transaction_session_timeout"],
] as const;
