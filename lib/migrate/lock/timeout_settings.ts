import type { Statement } from "../../sql/statement.ts";
import type { Timeouts } from "../../sql/timeouts.ts";

/**
 * Returns the statements that set `timeouts` where they differ from `before`: with SET, since
 * poolers reject timeouts among the connection parameters. A timeout that is no longer wanted is
 * reset to the session's default.
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
