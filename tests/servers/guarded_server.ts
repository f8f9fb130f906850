import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PostgresOptions } from "./start_postgres.ts";

/** A PostgreSQL server of this run. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The folder of its Unix socket. */
  readonly socket: string;
}

/** Returns the URL of a database on `server`. */
export function urlOf(
  { host, port, user, password }: PostgresServer,
  database = "postgres",
): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

/** A libSQL server of this run, with one database. */
export interface LibsqlServer {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
}

/** Returns the PostgreSQL server of this process, started when first asked for. */
export function postgresServer(): Promise<PostgresServer> {
  return postgres ??= startPostgresServer({});
}

/** Starts one more PostgreSQL server, set up in its own way. */
export function startPostgresServer(options: PostgresOptions): Promise<PostgresServer> {
  return startGuarded<PostgresServer>("postgres", options);
}

let postgres: Promise<PostgresServer> | undefined;

/** Returns the older PostgreSQL server of this process, started when first asked for. */
export function olderPostgresServer(): Promise<PostgresServer> {
  return olderPostgres ??= startPostgresServer({ release: olderRelease });
}

/** Where Debian puts it. */
export const olderRelease = "/usr/lib/postgresql/15";

let olderPostgres: Promise<PostgresServer> | undefined;

/** Starts one more libSQL server: each has one database only. */
export function startLibsqlServer(): Promise<LibsqlServer> {
  return startGuarded<LibsqlServer>("libsql");
}

async function startGuarded<Address>(
  kind: "postgres" | "libsql",
  options: PostgresOptions = {},
): Promise<Address> {
  // Detached: a Ctrl-C in the terminal must not reach the guard before its work is done.
  const guard = spawn(process.execPath, [
    join(import.meta.dirname, "guard.ts"),
    kind,
    JSON.stringify(options),
  ], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: guard.stdout })) {
    const { address, error } = JSON.parse(line);
    if (error !== undefined) throw new Error(error);
    // The run may end while the guard still waits: that is what it waits for.
    guard.unref();
    return address;
  }
  throw new Error(`The guard of the ${kind} server ended`);
}
