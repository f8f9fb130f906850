import { ToolError } from "../error.ts";
import { errorCode } from "./postgres/postgres_error.ts";

/**
 * Says whether a database that could not be connected to may become available soon: nothing listens
 * yet, its host name is not known yet, or it reports that it is starting up.
 */
export function mayComeUp(error: unknown): boolean {
  if (!(error instanceof ToolError) || error.code !== "database/unreachable") return false;
  for (let it = error.facts.cause; it instanceof Error; it = it.cause) {
    const code = errorCode(it) ?? "";
    if (codes.has(code) || /ECONNREFUSED|Unable to connect|ENOTFOUND/.test(it.message)) return true;
  }
  return false;
}

const codes = new Set([
  "57P03", // cannot_connect_now
  "ECONNREFUSED",
  "ECONNRESET", // a proxy in front of it is already up
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT", // no socket yet
  "ENOTFOUND",
  "ETIMEDOUT",
]);
