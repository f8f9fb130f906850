import { describeDuration } from "../sql/timeouts.ts";
import type { Blocker } from "./event.ts";

/** Describes in one line who is in the way: which process, whose, since when, and what it does. */
export function describeBlockers(blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return "another session, which can no longer be identified";
  return blockers.map(describeBlocker).join("; ");
}

function describeBlocker({ pid, user, application, state, seconds, query }: Blocker): string {
  if (pid === 0) return "a prepared transaction (see pg_prepared_xacts)";
  const age = seconds === undefined ? undefined : `for ${describeDuration(seconds * 1000)}`;
  const said = query === undefined ? undefined : state === "active" ? query : `last ${query}`;
  const facts = [
    user && `user ${user}`,
    application && `application "${application}"`,
    [state ?? "in a transaction", age].filter(Boolean).join(" "),
  ].filter(Boolean).join(", ");
  return `pid ${pid} (${facts})${said === undefined ? "" : `: ${said}`}`;
}
