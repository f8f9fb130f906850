import { type Client, type Config, createClient } from "@libsql/client/http";
import { ToolError } from "../../error.ts";
import type { Connection, ConnectOptions, DatabaseUrl, Driver } from "../driver.ts";
import { LibsqlConnection } from "./libsql_connection.ts";
import { LibsqlRequests } from "./libsql_requests.ts";
import { requestFailure } from "./request_failure.ts";
import { withinConnectTimeout } from "../within_connect_timeout.ts";

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
  const { found, hint } = requestFailure(cause);
  return new ToolError("database/unreachable", `Cannot connect to libSQL at ${url}: ${found}`, {
    hint,
    cause,
  });
}
