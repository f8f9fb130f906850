import type { Socket } from "node:net";
import type { ToolError } from "../../error.ts";
import { sendCancelRequest } from "./cancel_request.ts";
import type { Connection, ConnectOptions, Driver, PostgresUrl } from "../driver.ts";
import { listenForLastWords } from "./last_words.ts";
import { type PostgresAttempt, postgresAttempts } from "./postgres_attempts.ts";
import { PostgresConnection } from "./postgres_connection.ts";
import {
  errorCode,
  isServerAnswer,
  isTlsFailure,
  place,
  sessionLost,
  unreachable,
  unwanted,
} from "./postgres_error.ts";
import { connectionClosed, happens, openPostgresSocket } from "./postgres_socket.ts";
import { sessionFacts, writeAsUsual } from "./session_facts.ts";
import { noticesTo, oneSession, withoutTarget } from "./postgres_options.ts";
import { anySession, type WantedSession, wantedSessions } from "./wanted_sessions.ts";
import { withinConnectTimeout } from "../within_connect_timeout.ts";

/**
 * PostgreSQL, using its own protocol. Like `psql`, it takes what the URL lacks from `PGUSER`,
 * `PGPASSWORD` and `PGDATABASE`.
 */
export const postgresDriver: Driver<"postgres"> = { kind: "postgres", connect };

async function connect(url: PostgresUrl, options: ConnectOptions): Promise<Connection> {
  const attempts = postgresAttempts(url);
  /** Why each host failed, by its address. */
  const failures = new Map<string, ToolError>();
  for (const wanted of wantedSessions(url.parameters["target_session_attrs"])) {
    /**
     * The previous attempt, and why it failed; without a cause, the server was not of the wanted kind.
     */
    let last: { readonly by: PostgresAttempt; readonly cause?: unknown } | undefined;
    for (const attempt of attempts) {
      // A second attempt at the same host is only for a server that objected to the encryption of the
      // first, or its absence.
      if (last?.by.host === attempt.host && last.by.port === attempt.port) {
        if (!objectedToTls(last.cause)) continue;
      }
      try {
        const connection = await open(url, attempt, options, wanted);
        if (connection !== undefined) return connection;
        last = { by: attempt };
        failures.set(place(attempt), unwanted(attempt, wanted.name));
      } catch (cause) {
        if (options.signal?.aborted) throw options.signal.reason;
        last = { by: attempt, cause };
        const failure = unreachable(url, attempt, cause);
        failures.set(place(attempt), failure);
        if (isServerAnswer(cause) && !objectedToTls(cause) && errorCode(cause) !== "57P03") {
          throw failure;
        }
      }
    }
  }
  throw ofAll([...failures.values()]);
}

/** Returns the last failure, with those of the other hosts as details. */
function ofAll(failures: readonly ToolError[]): ToolError {
  const last = failures.at(-1);
  if (last === undefined) throw new TypeError("A database URL names a host");
  const detail = failures.slice(0, -1).map((it) => it.message).join("\n");
  return detail === "" ? last : last.with({ detail });
}

/** `28000`: pg_hba.conf has no entry for such a connection. */
function objectedToTls(cause: unknown): boolean {
  return errorCode(cause) === "28000" || isTlsFailure(cause);
}

/** Returns a connection, or `undefined` if the server is not of the wanted kind. */
async function open(
  url: PostgresUrl,
  attempt: PostgresAttempt,
  options: ConnectOptions,
  wanted: WantedSession,
): Promise<Connection | undefined> {
  return await withinConnectTimeout(
    url.parameters["connect_timeout"],
    options.signal,
    (signal) => openWithin(signal, url, attempt, options, wanted),
  );
}

async function openAgain(
  url: PostgresUrl,
  attempt: PostgresAttempt,
  options: ConnectOptions,
  disposed: AbortSignal,
): Promise<Connection> {
  const signal = AbortSignal.any([disposed, ...(options.signal ? [options.signal] : [])]);
  const quiet = { ...options, signal, onNotice: undefined };
  const connection = await open(url, attempt, quiet, anySession);
  if (connection === undefined) throw new TypeError("Any server is of the wanted kind");
  return connection;
}

async function openWithin(
  signal: AbortSignal,
  url: PostgresUrl,
  attempt: PostgresAttempt,
  options: ConnectOptions,
  wanted: WantedSession,
): Promise<Connection | undefined> {
  // Loading the library takes about as long as the server takes to answer.
  const [socket, { default: client }] = await Promise.all([
    openPostgresSocket(attempt, signal),
    import("postgres"),
  ]);
  const interrupt = () => socket.destroy();
  signal.addEventListener("abort", interrupt);
  let connection: PostgresConnection | undefined;
  const sql = withoutTarget(() =>
    client({
      ...clientOptions(url, attempt, options),
      ...onlyOnce(socket),
      onclose: () => connection?.end(),
    })
  );
  try {
    // The library does not notice that a socket was closed before it got it, and would wait.
    const facts = await Promise.race([sessionFacts(sql), closing(socket)]);
    if (wanted.accepts(facts)) {
      // Behind a pooler, the settings would end up in somebody else's session.
      if (facts.writesOtherwise && !facts.pooled) await writeAsUsual(sql);
      const lastWords = listenForLastWords(socket);
      return connection = new PostgresConnection({
        sql,
        socket,
        pooled: facts.pooled,
        readOnly: facts.standby ? "standby" : facts.readOnly ? "session" : undefined,
        backend: facts.key.pid,
        lockWait: {
          milliseconds: options.lockWaitMilliseconds ?? 60_000,
          onLocked: options.onLocked,
        },
        openAnother: (signal) => openAgain(url, attempt, options, signal),
        lost: (cause) => sessionLost(attempt, lastWords(), cause),
        cancel: () => sendCancelRequest(attempt, facts.key),
      });
    }
    await sql.end({ timeout: 1 });
    return undefined;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

async function closing(socket: Socket): Promise<never> {
  await happens(socket, "close");
  throw connectionClosed();
}

/** The library's hook for custom sockets: when it asks for a second one, the session has ended. */
function onlyOnce(socket: Socket): { readonly socket: () => Socket } {
  const sockets = [socket];
  return {
    socket: () => {
      const next = sockets.pop();
      if (next === undefined) throw connectionClosed();
      return next;
    },
  };
}

function clientOptions(
  url: PostgresUrl,
  { password }: PostgresAttempt,
  options: ConnectOptions,
) {
  return {
    ...oneSession,
    user: url.user,
    database: url.database,
    ...(password === undefined ? {} : { password }),
    connection: {
      ...startUpParameters(url.parameters),
      application_name: url.parameters["application_name"] ?? options.applicationName ?? "migrate",
    },
    onnotice: noticesTo(options),
  };
}

/** Parameters sent to the server when the session begins; a pooler may refuse any of them. */
function startUpParameters(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const names = ["options", "search_path"];
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)));
}
