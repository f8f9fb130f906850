import { systemCode } from "../../error.ts";
import { checkReach } from "../within_connect_timeout.ts";

/**
 * Returns why a request to a libSQL server failed, in plain words, and what to do if it was the first:
 * the client and the runtime report it in their own.
 */
export function requestFailure(
  cause: unknown,
): { readonly found: string; readonly hint: string } {
  const error = rootCause(cause);
  const message = error instanceof Error ? error.message : String(error);
  // The client's own code is in the message of the outermost.
  const said = `${systemCode(error) ?? ""} ${cause} ${message}`;
  const known = failures.find(([pattern]) => pattern.test(said));
  if (known !== undefined) return { found: known[1], hint: known[2] };
  const status = /HTTP status (\d+)/.exec(message)?.[1];
  if (status !== undefined) {
    return {
      found: `it answers with HTTP status ${status}`,
      hint: status.startsWith("5") ? checkUrl : nameServer,
    };
  }
  const plain = message.replace(/ *For more information, pass `verbose.*$/s, "");
  return { found: plain, hint: checkUrl };
}

const checkUrl = "Start the server, or check the database URL";
const nameServer = "Name a libSQL server in the database URL";

const failures: readonly (readonly [error: RegExp, found: string, hint: string])[] = [
  [/ECONNREFUSED|Unable to connect/i, "nothing listens there", checkUrl],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, "it does not answer", checkReach],
  [/ENOTFOUND|EAI_AGAIN/, "the host name is unknown", checkUrl],
  [
    /HTTP status 40[13]\b|\bjwt\b/i,
    "the server does not accept the token",
    "Check ?authToken= in the database URL",
  ],
  [/ECONNRESET|EPIPE|ConnectionClosed/, "what listens there closes the connection", nameServer],
  [
    /EPROTO/,
    "what listens there does not speak TLS",
    "Write http:// in the database URL for a server without TLS",
  ],
  [
    /JSON|HRANA_PROTO_ERROR|TooManyRedirects/,
    "what listens there is not a libSQL server",
    nameServer,
  ],
];

/** The client wraps each error, and prepends its code to the message. */
function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? rootCause(error.cause) : error;
}
