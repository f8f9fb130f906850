import { isAbsolute } from "node:path";
import type { DatabaseUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";
import type { Env } from "./env.ts";
import { parsePostgresUrl } from "./parse_postgres_url.ts";
import { decodePercent, isSeconds, splitQuery } from "./url_parts.ts";

export interface ParseDatabaseUrlOptions {
  /** The directory that a relative SQLite path is resolved against; absent: the path stays relative. */
  readonly cwd?: string | undefined;
  /** The variables of libpq, such as `PGUSER`, which provide what a PostgreSQL URL leaves out. */
  readonly env?: Env;
}

/**
 * Returns the database that `text` refers to. Accepts the URLs of SQLAlchemy, libpq and SQLite, and
 * ignores the driver after a `+`. Not `new URL`, which would resolve `..` and refuse several hosts.
 *
 * A SQLite path is taken literally, and only decoded after `file:`, where SQLite decodes it too.
 *
 * @throws {ToolError} `config/url`; the message never includes text that could be a password.
 */
export function parseDatabaseUrl(
  text: string,
  options: ParseDatabaseUrlOptions = {},
): DatabaseUrl {
  const [, name = "", suffix = "", rest = ""] =
    /^([a-z][a-z0-9]*)(\+[a-z0-9_]+)?:(.*)$/is.exec(text.trim()) ?? [];
  const scheme = name.toLowerCase();
  switch (scheme) {
    case "postgresql":
    case "postgres":
      return parsePostgresUrl(rest, options.env ?? {});
    case "sqlite":
      return suffix === "+libsql" && /^\/\/[^/?]/.test(rest)
        ? parseSqlalchemyLibsqlUrl(rest)
        : { kind: "sqlite", path: resolve(sqlitePath(rest), options.cwd) };
    case "file":
      return { kind: "sqlite", path: resolve(filePath(rest), options.cwd) };
    case "libsql":
    case "http":
    case "https":
    case "ws":
    case "wss":
      return parseLibsqlUrl(scheme, rest);
    default:
      throw unreadable(text.trim(), scheme);
  }
}

/** SQLAlchemy's form: three slashes and a path, which may begin with a fourth slash. */
function sqlitePath(rest: string): string {
  const [, slashes = "", written = ""] = /^(\/\/\/|\/\/)?(.*)$/s.exec(rest) ?? [];
  const [path, query] = splitQuery(written);
  if (slashes === "//" && path !== "") {
    throw new ToolError("config/url", "Cannot read the SQLite URL: a host comes before the path", {
      hint: "Write three slashes for a relative path (sqlite:///dev.db), four for an absolute one",
    });
  }
  if (path.startsWith("file:")) return filePath(written.slice("file:".length));
  return path === "" || query["mode"] === "memory" ? ":memory:" : path;
}

/** SQLite's own URI form, https://www.sqlite.org/uri.html. */
function filePath(rest: string): string {
  const [written, query] = splitQuery(rest);
  const [, host, path = ""] = /^(?:\/\/([^/]*))?(.*)$/s.exec(decodePercent(written)) ?? [];
  if (host !== undefined && host !== "" && host !== "localhost") {
    throw new ToolError("config/url", `Cannot open a file on another host: "${host}"`, {
      hint: "Write file:dev.db for a relative path, file:///var/lib/dev.db for an absolute one",
    });
  }
  if (path === "" || query["mode"] === "memory") return ":memory:";
  return /^\/[a-z]:[\\/]/i.test(path) ? path.slice(1) : path;
}

/** Joins the paths without normalizing them: `link/../x` is not `x` if `link` is a symbolic link. */
function resolve(path: string, cwd: string | undefined): string {
  if (cwd === undefined || path === ":memory:" || isAbsolute(path)) return path;
  return `${cwd.replace(/\/$/, "")}/${path.replace(/^(?:\.\/)+/, "")}`;
}

function parseLibsqlUrl(scheme: string, rest: string): DatabaseUrl {
  const [written, query] = splitQuery(rest);
  const { authToken, tls, connect_timeout: connectTimeout } = query;
  const [, address] = /^\/\/([^/]+.*)$/s.exec(written) ?? [];
  if (address === undefined) {
    throw new ToolError("config/url", "Cannot read the libSQL URL: it names no host", {
      hint: "Write libsql://HOST?authToken=TOKEN, or http://127.0.0.1:8080 for a local server",
    });
  }
  if (address.includes("@")) {
    throw new ToolError("config/url", "Cannot read the libSQL URL: it has a user or a password", {
      hint: "Give the token as ?authToken=TOKEN",
    });
  }
  if (address.includes("#")) {
    throw new ToolError("config/url", "Cannot read the libSQL URL: it has a fragment, after #", {
      hint: "Give a token as ?authToken=TOKEN; write # as %23",
    });
  }
  if (tls !== undefined && !/^[01]$/.test(tls)) {
    throw new ToolError("config/url", "Cannot read the libSQL URL: tls is neither 0 nor 1", {
      hint: "Write & between the parameters, as in ?tls=0&authToken=TOKEN",
    });
  }
  if (!/^(?:[^:/[\]\s]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/.*)?$/is.test(address)) {
    throw new ToolError("config/url", "Cannot read the libSQL URL: host or port are malformed", {
      hint: "Write libsql://HOST?authToken=TOKEN, or http://127.0.0.1:8080 for a local server",
    });
  }
  if (connectTimeout !== undefined && !isSeconds(connectTimeout)) {
    throw new ToolError(
      "config/url",
      "Cannot read the libSQL URL: connect_timeout is not a number of seconds",
      { hint: "Write connect_timeout=SECONDS, 0 to wait forever" },
    );
  }
  const url = `${scheme}://${address}${tls === undefined ? "" : `?tls=${tls}`}`;
  return {
    kind: "libsql",
    url,
    ...(authToken === undefined ? {} : { authToken }),
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
  };
}

/** `sqlite+libsql://HOST?authToken=…&secure=true`, as in SQLAlchemy's dialect for libSQL. */
function parseSqlalchemyLibsqlUrl(rest: string): DatabaseUrl {
  return parseLibsqlUrl(splitQuery(rest)[1]["secure"] === "true" ? "https" : "http", rest);
}

function unreadable(text: string, scheme: string): ToolError {
  const examples = "postgresql://USER:PASSWORD@HOST:5432/NAME, sqlite:///dev.db or libsql://HOST";
  if (text === "") {
    return new ToolError("config/url", "Cannot read the database URL: it is empty", {
      hint: `Write ${examples}`,
    });
  }
  // A single letter is a Windows drive.
  if (scheme.length > 1) {
    return new ToolError("config/url", `Cannot use a database of kind "${scheme}"`, {
      hint: `Write ${examples}`,
    });
  }
  const isPath = /^[\w./\\~-]+$/.test(text);
  return new ToolError("config/url", "Cannot read the database URL: it has no scheme", {
    hint: isPath ? `For a SQLite file, write sqlite:///${text}` : `Write ${examples}`,
  });
}
