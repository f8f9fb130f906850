import { type Client, type Config, createClient } from "@libsql/client/http";
import { systemCode, ToolError } from "../../error.ts";
import type { Connection, ConnectOptions, DatabaseUrl, Driver } from "../driver.ts";
import { LibsqlConnection } from "./libsql_connection.ts";
import { LibsqlRequests } from "./libsql_requests.ts";
import { checkReach, withinConnectTimeout } from "../within_connect_timeout.ts";

/**
 * Remote libSQL over HTTP, even if the URL has `ws`: servers answer both at the same address, and over
 * a WebSocket the client does not recover from a batch that the server aborts.
 */
export const libsqlDriver: Driver<"libsql"> = { kind: "libsql", connect };

async function connect(
  { url, authToken, connectTimeout }: Extract<DatabaseUrl, { kind: "libsql" }>,
  options: ConnectOptions,
): Promise<Connection> {
  options.signal?.throwIfAborted();
  const requests = new LibsqlRequests();
  const client = clientFor({
    url: url.replace(/^ws/, "http"),
    ...(authToken === undefined ? {} : { authToken }),
    intMode: "bigint",
    fetch: requests.fetch,
  });
  try {
    await withinConnectTimeout(connectTimeout, options.signal, async (signal) => {
      const giveUp = () => requests.giveUp();
      signal.addEventListener("abort", giveUp);
      try {
        await client.execute("SELECT 1");
      } finally {
        signal.removeEventListener("abort", giveUp);
      }
    });
    return new LibsqlConnection(client, requests, options);
  } catch (cause) {
    client.close();
    if (options.signal?.aborted) throw options.signal.reason;
    throw unreachable(url, cause);
  }
}

/** The library rejects contradictions in a URL, such as `?tls=0` after `https:`. */
function clientFor(config: Config): Client {
  try {
    return createClient(config);
  } catch (cause) {
    // The library's other messages repeat parts of the URL.
    const [found = "it is malformed"] = /A "\w+:" URL .*tls=.*/.exec(String(cause)) ?? [];
    throw new ToolError("config/url", `Cannot read the libSQL URL: ${found}`, {
      hint: "Write libsql://HOST?authToken=TOKEN, or http://127.0.0.1:8080 for a local server",
      cause,
    });
  }
}

function unreachable(url: string, cause: unknown): ToolError {
  const { found, hint } = reason(cause);
  return new ToolError("database/unreachable", `Cannot connect to libSQL at ${url}: ${found}`, {
    hint,
    cause,
  });
}

function reason(cause: unknown): { readonly found: string; readonly hint: string } {
  const message = cause instanceof Error ? cause.message : String(cause);
  const checkUrl = "Start the server, or check the database URL";
  if (/\b401\b|\b403\b|auth|jwt/i.test(message)) {
    return {
      found: "the server does not accept the token",
      hint: "Check ?authToken= in the database URL",
    };
  }
  if (/ECONNREFUSED|Unable to connect/i.test(message)) {
    return { found: "nothing listens there", hint: checkUrl };
  }
  if (/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(systemCode(cause) ?? "")) {
    return { found: "it does not answer", hint: checkReach };
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) {
    return { found: "the host name is unknown", hint: checkUrl };
  }
  if (/\bECONNRESET\b/.test(message)) {
    return {
      found: "what listens there closes the connection",
      hint: "Name a libSQL server in the database URL",
    };
  }
  if (/\bEPROTO\b/.test(message)) {
    return {
      found: "what listens there does not speak TLS",
      hint: "Write http:// in the database URL for a server without TLS",
    };
  }
  return { found: message, hint: checkUrl };
}
