import type { Statement } from "../../sql/statement.ts";
import type { Timeouts } from "../../sql/timeouts.ts";

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
