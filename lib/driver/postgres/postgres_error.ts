import { ToolError } from "../../error.ts";
import type { Statement } from "../../sql/statement.ts";
import { DatabaseError } from "../database_error.ts";
import type { PostgresUrl } from "../driver.ts";
import type { LastWords } from "./last_words.ts";
import type { PostgresAttempt } from "./postgres_attempts.ts";
import { socketPath } from "./postgres_socket.ts";
import { checkReach } from "../within_connect_timeout.ts";

/** The properties of an error from the server or the socket; any of them may be missing. */
interface Told {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly severity?: unknown;
  readonly detail?: unknown;
  readonly hint?: unknown;
  readonly position?: unknown;
  readonly where?: unknown;
}

/** Says whether `error` is from the server itself, rather than from the socket or the library. */
export function isServerAnswer(error: unknown): boolean {
  return told(error).severity !== undefined;
}

/** Returns the SQLSTATE, or the code of an error from the socket or the library. */
export function errorCode(error: unknown): string | undefined {
  return text(told(error).code);
}

/** Returns the server's error for `statement`. */
export function postgresError(
  error: unknown,
  statement: Statement,
  index: number | undefined,
): DatabaseError {
  const { message, code, detail, hint, position, where } = told(error);
  return new DatabaseError({
    message: text(message) ?? String(error),
    sqlState: text(code),
    serverDetail: text(detail),
    serverHint: text(hint),
    context: text(where),
    position: stringPosition(Number(position), statement.sql),
    statement,
    index,
  }, {
    cause: error,
    // What is part of a revision is explained where that is known.
    ...(code === "57014" && { hint: raiseTimeout, detail: `  ${firstLine(statement.sql)}` }),
  });
}

const raiseTimeout =
  "Raise the role's statement_timeout, as with ALTER ROLE … SET statement_timeout = '30s'; unless somebody cancelled it";

function firstLine(sql: string): string {
  return sql.trim().split("\n")[0] ?? "";
}

/**
 * PostgreSQL counts characters, but a string index counts UTF-16 code units, of which an emoji has two.
 */
function stringPosition(position: number, sql: string): number | undefined {
  if (!(position > 0)) return undefined;
  return [...sql].slice(0, position - 1).join("").length + 1;
}

/** Returns the error for a session that ended prematurely. */
export function sessionLost(
  at: PostgresAttempt,
  said: LastWords | undefined,
  cause?: unknown,
): ToolError {
  const limit = limitHints.get(said?.code);
  const why = said === undefined ? "" : `: ${said.message}`;
  return new ToolError(
    limit === undefined ? "database/unreachable" : "database/failed",
    `Lost the connection to PostgreSQL at ${place(at)}${why}`,
    {
      hint: limit ?? "What was not committed has been undone; run the command again",
      cause,
    },
  );
}

/**
 * By the SQLSTATE with which a server ends a session that has reached a limit: it is up, and did what
 * it was configured to do.
 */
const limitHints: ReadonlyMap<string | undefined, string> = new Map([
  // idle_in_transaction_session_timeout
  [
    "25P03",
    "Raise idle_in_transaction in the configuration or in the header of the file, 0 for none: code took longer than that between two statements",
  ],
  [
    "25P04",
    "Raise transaction_timeout, as with ALTER ROLE … SET transaction_timeout = 0, or make transactions shorter: split the revision, or set transaction_per_migration = true",
  ],
]);

/** Returns the error for a session that could not be opened. */
export function unreachable(url: PostgresUrl, at: PostgresAttempt, cause: unknown): ToolError {
  const { found, hint } = reason(url, at, cause);
  const message = `Cannot connect to PostgreSQL at ${place(at)}: ${found}`;
  return new ToolError("database/unreachable", message, { hint, cause });
}

/** Returns the error for a server that is not of the kind `wanted`. */
export function unwanted(at: PostgresAttempt, wanted: string): ToolError {
  const message = `Cannot use PostgreSQL at ${place(at)}: it is not ${wanted}`;
  return new ToolError("database/unreachable", message, {
    hint: "Check target_session_attrs in the database URL",
  });
}

function reason(
  url: PostgresUrl,
  at: PostgresAttempt,
  cause: unknown,
): { found: string; hint: string } {
  const code = errorCode(cause) ?? "";
  const message = text(told(cause).message) ?? String(cause);
  switch (code) {
    case "ECONNREFUSED":
      return { found: "nothing listens there", hint: checkAddress };
    case "ENOENT":
      return { found: `there is no socket in ${at.host}`, hint: checkAddress };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { found: "the host name is unknown", hint: checkAddress };
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return {
        found: "it does not answer",
        hint: checkReach,
      };
    case "28P01":
      return {
        found: message,
        hint: at.password === undefined
          ? `No password is given for "${url.user}": write it into the database URL, PGPASSWORD or ~/.pgpass`
          : `Check the password for "${url.user}" in the ${
            url.password === undefined ? "password file" : "database URL"
          }`,
      };
    case "28000":
      return {
        found: message,
        hint: "Check the user in the database URL, and pg_hba.conf on the server",
      };
    case "3D000":
      return {
        found: message,
        hint: `Create it, as with: createdb ${
          /\W/.test(url.database) ? `"${url.database}"` : url.database
        }; or name another in the database URL`,
      };
    case "53300":
      return { found: message, hint: "Wait until others disconnect, or raise max_connections" };
    case "08P01":
      if (!/startup parameter/.test(message)) break;
      return {
        found: message,
        hint:
          "A pooler refuses what the URL sets at the start of a session: leave it out, or set it for the role with ALTER ROLE … SET",
      };
    case "57014":
      return { found: message, hint: raiseTimeout };
    case "57P03":
      return { found: message, hint: "Wait until the server has started" };
  }
  if (isTlsFailure(cause)) {
    const [, found = message, hint = checkMode] = ownMistakes.find(([pattern]) =>
      pattern.test(message)
    ) ?? [];
    return { found: `TLS failed: ${found}`, hint };
  }
  return { found: message, hint: isServerAnswer(cause) ? checkSession : checkAddress };
}

const checkSession =
  "Check what the database URL says about the session: the database and its options";
const checkMode = "Check sslmode in the database URL; sslrootcert=FILE names your own authority";

/** OpenSSL's errors about our own certificates and keys, in plain words. */
const ownMistakes: readonly (readonly [pattern: RegExp, found: string, hint: string])[] = [
  [
    /BAD_DECRYPT|BAD_PASSWORD/,
    "the private key cannot be decrypted",
    "Check sslpassword in the database URL, the password of the key",
  ],
  [
    /KEY_VALUES_MISMATCH/,
    "the private key does not match the certificate",
    "Check sslcert and sslkey in the database URL",
  ],
  [
    /PEM routines|^Invalid CA$/,
    "a file is not the certificate or private key that it should be",
    "Check the files given by sslrootcert, sslcert and sslkey in the database URL",
  ],
];

const checkAddress = "Start the server, or check host and port in the database URL";

/** Says whether the two sides could not agree on a secure connection. */
export function isTlsFailure(error: unknown): boolean {
  const { code, message } = told(error);
  return /CERT|SSL|TLS|UNABLE_TO|SELF_SIGNED|EPROTO/.test(String(code)) ||
    /certificate|\bssl\b|\btls\b/i.test(isServerAnswer(error) ? "" : String(message));
}

/** Returns the address, for people to read. */
export function place(at: PostgresAttempt): string {
  const { host, port } = at;
  if (host.startsWith("/")) return socketPath(at);
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function told(error: unknown): Told {
  return typeof error === "object" && error !== null ? error : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
