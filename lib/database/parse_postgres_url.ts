import type { PostgresUrl } from "../driver/driver.ts";
import { osUser } from "../driver/os_user.ts";
import { ToolError } from "../error.ts";
import type { Env } from "./env.ts";
import { withFilePasswords } from "./password_file.ts";
import { type PostgresSettings, withDefaults } from "./postgres_settings.ts";
import { decodePercent, isSeconds, splitQueryPairs } from "./url_parts.ts";

/**
 * Returns the URL whose text after the scheme is `rest`: `//user:password@host:port,host:port/name?…`.
 * As in libpq, parameters named `host`, `port`, `user`, `password` and `dbname` override those parts.
 */
export function parsePostgresUrl(rest: string, env: Env): PostgresUrl {
  if (!rest.startsWith("//")) throw malformed("two slashes are missing after the scheme");
  const { credentials, location } = splitCredentials(rest.slice(2));
  const [, user = "", password = ""] = /^([^:]*)(?::(.*))?$/s.exec(credentials) ?? [];
  const [path, pairs] = splitQueryPairs(location);
  const [, authority = "", name = ""] = /^([^/]*)\/?(.*)$/s.exec(path) ?? [];
  // Otherwise, part of a password that is pasted unescaped would be taken for a host and shown in
  // messages.
  if (path.includes("@") || pairs.some(([key]) => key.includes("@"))) {
    throw malformed("there is a misplaced @");
  }
  const named = pairs.filter(([key]) => key === "host").map(([, value]) => value).join(",");
  const standing = decodePercent(authority);
  const said = {
    // When the hosts are overridden, the ports next to them are kept.
    ...(named !== "" && { port: standing.split(",").map((it) => hostAndPort(it).port).join(",") }),
    dbname: decodePercent(name),
    user: decodePercent(user),
    password: decodePercent(password),
    ...Object.fromEntries(pairs),
    host: named || (pairs.some(([key]) => key === "port") ? withoutPorts(standing) : standing),
  };
  return postgresUrl(said, env);
}

/**
 * Returns the URL for these settings, named by libpq's keywords. Missing ones are taken from `env` and
 * the files that libpq reads; the user defaults to the one that runs this process, and the database to
 * the user's name. An empty string counts as missing.
 */
export function postgresUrl(said: PostgresSettings, env: Env): PostgresUrl {
  const { host = "", port, dbname, password, passfile, service: _, ...others } = withDefaults(
    said,
    env,
  );
  const { user = osUser(), ...parameters } = others;
  const url: PostgresUrl = {
    kind: "postgres",
    hosts: hosts(host, port),
    database: dbname ?? user,
    user,
    ...(password === undefined ? {} : { password }),
    parameters: checkedParameters(parameters),
  };
  return password === undefined ? withFilePasswords(url, passfile) : url;
}

/**
 * Returns the hosts of `host:port,[host]:port,/directory`. `ports` are the ports of hosts without one:
 * one for each host, or one for all.
 */
function hosts(text: string, ports = ""): PostgresUrl["hosts"] {
  const given = ports.split(",");
  return text.split(",").map((it, index) => {
    const { host, port } = hostAndPort(it);
    return port === ""
      ? { host, port: portNumber(given[index] ?? given[0] ?? "", invalid) }
      : { host, port: portNumber(port, malformed) };
  });
}

function withoutPorts(hosts: string): string {
  return hosts.split(",").map((it) => {
    const { host } = hostAndPort(it);
    return host.includes(":") ? `[${host}]` : host;
  }).join(",");
}

/**
 * A password may be pasted with its `/`, `?` and `@`. Tries libpq's reading first, in which none of
 * those come before the `@`, then SQLAlchemy's.
 */
function splitCredentials(text: string): { credentials: string; location: string } {
  const authority = /^[^/?]*/.exec(text)?.[0] ?? "";
  const end = authority.lastIndexOf("@");
  if (end >= 0) return { credentials: text.slice(0, end), location: text.slice(end + 1) };
  const pasted = /^([^:/?]*:(?!\d+(?:,[^@/?]*)?(?:\/[^@?]*)?\?[^@=]+=)[^@]*)@(.*)$/s.exec(text);
  const [, credentials = "", location = text] = pasted ?? [];
  return { credentials, location };
}

/**
 * A host that begins with `/` is the directory of a socket, and may itself contain colons; an IPv6
 * address is in brackets.
 */
function hostAndPort(text: string): { readonly host: string; readonly port: string } {
  const [, folder, at = ""] = /^(\/.*?)(?::(\d+))?$/s.exec(text) ?? [];
  if (folder !== undefined) return { host: folder, port: at };
  const found = /^(?:\[([^\]]+)\]|([^:[\]]*))(?::(.*))?$/s.exec(text);
  // Not shown: it can be part of a password.
  if (found === null) throw malformed("a host is malformed");
  const [, address, name = "", port = ""] = found;
  return { host: address ?? (name === "" ? "localhost" : name), port };
}

function portNumber(text: string, refusal: (found: string) => ToolError): number {
  if (text === "") return 5432;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  // Not shown: what is read as the port can be part of a password.
  if (port < 1 || port > 65535) throw refusal("the port is not a number from 1 to 65535");
  return port;
}

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
const negotiations = ["postgres", "direct"];
const sessions = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"];
const sslParameters = new Set([
  "sslmode",
  "sslnegotiation",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
  "sslcrl",
  "sslcrldir",
  "sslsni",
  "sslcompression",
  "sslcertmode",
  "ssl_min_protocol_version",
  "ssl_max_protocol_version",
]);
/** Settings that restrict connections. Ignoring one could mean connecting where that is not allowed. */
const notHere: ReadonlyMap<string, RegExp> = new Map([
  ["sslcrl", /./],
  ["sslcrldir", /./],
  ["sslcertmode", /^require$/],
  ["require_auth", /./],
  ["requirepeer", /./],
  ["hostaddr", /./],
  ["gssencmode", /^require$/],
]);

/**
 * Unknown parameters belong to other drivers and are left alone, except a mistyped `ssl…`: ignoring it
 * could mean an unencrypted connection.
 */
function checkedParameters(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const { ssl, ...rest } = parameters;
  const sslmode = rest["sslmode"] ??
    (ssl === "true" ? "require" : ssl === "false" ? "disable" : ssl);
  if (sslmode !== undefined && !sslModes.includes(sslmode)) {
    throw invalid(`sslmode is not one of ${sslModes.join(", ")}`);
  }
  if (!negotiations.includes(rest["sslnegotiation"] ?? "postgres")) {
    throw invalid(`sslnegotiation is not one of ${negotiations.join(", ")}`);
  }
  const attributes = rest["target_session_attrs"] ?? "any";
  if (!sessions.includes(attributes)) {
    throw invalid(`target_session_attrs is not one of ${sessions.join(", ")}`);
  }
  if (!isSeconds(rest["connect_timeout"] ?? "0")) {
    throw invalid("connect_timeout is not a number of seconds");
  }
  const mistyped = Object.keys(rest).find((it) => it.startsWith("ssl") && !sslParameters.has(it));
  if (mistyped !== undefined) throw malformed(`unknown parameter "${mistyped}"`);
  const refused = Object.entries(rest).find(([name, value]) => notHere.get(name)?.test(value));
  if (refused !== undefined) {
    throw new ToolError(
      "config/url",
      `Cannot connect to PostgreSQL with ${
        refused[0]
      }: it is not supported, and must not be ignored`,
      { hint: `Leave ${refused[0]} out` },
    );
  }
  return sslmode === undefined ? rest : { ...rest, sslmode };
}

function malformed(found: string): ToolError {
  return new ToolError("config/url", `Cannot read the PostgreSQL URL: ${found}`, {
    hint:
      "Write postgresql://USER:PASSWORD@HOST:5432/NAME, and in the password @ as %40, : as %3A, / as %2F",
  });
}

/** For a setting that is not necessarily from the URL. */
function invalid(found: string): ToolError {
  return new ToolError("config/url", `Cannot connect to PostgreSQL: ${found}`, {
    hint:
      "Check the parameters of the database URL, and the PG… and POSTGRES_… variables, which fill in what it leaves out",
  });
}
