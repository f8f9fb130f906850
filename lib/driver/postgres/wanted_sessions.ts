import type { SessionFacts } from "./session_facts.ts";

/** A kind of server to accept. */
export interface WantedSession {
  readonly name: string;
  readonly accepts: (facts: SessionFacts) => boolean;
}

export const anySession: WantedSession = { name: "any", accepts: () => true };

/**
 * Returns the kinds of server to look for, the best one first.
 *
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-TARGET-SESSION-ATTRS
 */
export function wantedSessions(attributes: string | undefined): readonly WantedSession[] {
  const standby = { name: "standby", accepts: (it: SessionFacts) => it.standby };
  switch (attributes) {
    case "read-write":
      return [{ name: attributes, accepts: (it) => !it.readOnly }];
    case "read-only":
      return [{ name: attributes, accepts: (it) => it.readOnly }];
    case "primary":
      return [{ name: attributes, accepts: (it) => !it.standby }];
    case "standby":
      return [standby];
    case "prefer-standby":
      return [standby, anySession];
    default:
      return [anySession];
  }
}
