import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PostgresUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";
import type { Env } from "./env.ts";

/** Settings of a connection by libpq's keywords: `host`, `dbname`, `sslmode` … */
export type PostgresSettings = Readonly<Record<string, string>>;

/** https://www.postgresql.org/docs/current/libpq-envars.html, as far as they apply here. */
const variables: Readonly<Record<string, string>> = {
  PGHOST: "host",
  PGHOSTADDR: "hostaddr",
  PGPORT: "port",
  PGDATABASE: "dbname",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGPASSFILE: "passfile",
  PGSERVICE: "service",
  PGOPTIONS: "options",
  PGAPPNAME: "application_name",
  PGSSLMODE: "sslmode",
  PGSSLROOTCERT: "sslrootcert",
  PGSSLCERT: "sslcert",
  PGSSLKEY: "sslkey",
  PGSSLNEGOTIATION: "sslnegotiation",
  PGSSLCERTMODE: "sslcertmode",
  PGSSLCRL: "sslcrl",
  PGSSLCRLDIR: "sslcrldir",
  PGSSLSNI: "sslsni",
  PGSSLMINPROTOCOLVERSION: "ssl_min_protocol_version",
  PGSSLMAXPROTOCOLVERSION: "ssl_max_protocol_version",
  PGREQUIREAUTH: "require_auth",
  PGREQUIREPEER: "requirepeer",
  PGGSSENCMODE: "gssencmode",
  PGCONNECT_TIMEOUT: "connect_timeout",
  PGTARGETSESSIONATTRS: "target_session_attrs",
};

/**
 * Returns the environment with which libpq connects to exactly `url`: variables that it does not need
 * are unset.
 */
export function variablesOf(
  { hosts, database, user, password, parameters }: PostgresUrl,
): Env {
  const said: PostgresSettings = {
    ...parameters,
    host: hosts.map((it) => it.host).join(","),
    port: hosts.map((it) => it.port).join(","),
    dbname: database,
    user,
    // libpq supports a single password; hosts with their own are the same host listed twice, or share
    // it.
    password: hosts.find((it) => it.password !== undefined)?.password ?? password ?? "",
  };
  return Object.fromEntries(
    Object.entries(variables).map(([variable, keyword]) => [variable, said[keyword] || undefined]),
  );
}

/**
 * Returns `said`. As in libpq, settings that it lacks are taken from the service that is asked for,
 * then from the variables in `env`. The password file and certificates default to those in the home
 * directory.
 *
 * @throws {ToolError} `config/url` if there is no such service.
 */
export function withDefaults(said: PostgresSettings, env: Env): PostgresSettings {
  const own = filled(Object.entries(said));
  const around = filled(
    Object.entries(variables).map(([variable, keyword]) => [keyword, env[variable] ?? ""]),
  );
  const service = own["service"] ?? around["service"];
  const home = env["HOME"] ?? "";
  return {
    ...(home !== "" && filesAtHome(home)),
    ...around,
    ...(service !== undefined && readService(service, env)),
    ...own,
  };
}

function filesAtHome(home: string): PostgresSettings {
  const there = (name: string) => existsSync(join(home, name)) ? join(home, name) : "";
  return filled(Object.entries({
    passfile: there(".pgpass"),
    sslrootcert: there(".postgresql/root.crt"),
    sslcert: there(".postgresql/postgresql.crt"),
    sslkey: there(".postgresql/postgresql.key"),
  }));
}

function filled(entries: readonly (readonly [string, string])[]): PostgresSettings {
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** https://www.postgresql.org/docs/current/libpq-pgservice.html */
function readService(name: string, env: Env): PostgresSettings {
  const { PGSERVICEFILE, HOME, PGSYSCONFDIR } = env;
  const own = PGSERVICEFILE || HOME && join(HOME, ".pg_service.conf");
  const files = [own, PGSYSCONFDIR && join(PGSYSCONFDIR, "pg_service.conf")].filter((it) => !!it);
  for (const file of files.map(String)) {
    const found = findService(name, readIfThere(file));
    if (found !== undefined) return found;
  }
  throw new ToolError("config/url", `Cannot find the PostgreSQL service "${name}"`, {
    hint: files.length === 0
      ? "Set PGSERVICEFILE to the file that has it"
      : `Write a section [${name}] into ${files.join(" or ")}`,
  });
}

function findService(name: string, text: string): PostgresSettings | undefined {
  let found: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined && found !== undefined) break;
    if (section === name) found = {};
    const [, keyword = "", value = ""] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (found !== undefined && keyword !== "") found[keyword] = value;
  }
  return found;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
