import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PgbouncerOptions } from "./start_pgbouncer.ts";
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

/** Returns the PostgreSQL server of this process, started on first use. */
export function postgresServer(): Promise<PostgresServer> {
  return postgres ??= startPostgresServer();
}

/** Starts another PostgreSQL server, for tests that would affect others. */
export function startPostgresServer(options: PostgresOptions = {}): Promise<PostgresServer> {
  return startGuarded<PostgresServer>("postgres", options);
}

let postgres: Promise<PostgresServer> | undefined;

/** Returns the URL of `server` through a pooler of this process, in transaction mode. */
export async function pooledUrl(server: PostgresServer, database: string): Promise<string> {
  pooler ??= startGuarded<{ readonly port: number }>("pgbouncer", server);
  return urlOf({ ...server, port: (await pooler).port }, database);
}

let pooler: Promise<{ readonly port: number }> | undefined;

/** Returns the older PostgreSQL server of this process, started on first use. */
export function olderPostgresServer(): Promise<PostgresServer> {
  return olderPostgres ??= startPostgresServer({ release: olderRelease });
}

/** Where Debian installs it. */
export const olderRelease = "/usr/lib/postgresql/15";

let olderPostgres: Promise<PostgresServer> | undefined;

/** Starts another libSQL server: each has only one database. */
export function startLibsqlServer(): Promise<LibsqlServer> {
  return startGuarded<LibsqlServer>("libsql");
}

/** A PostgreSQL server that can crash. */
export interface CrashableServer extends PostgresServer {
  /** Like `pg_ctl stop -m immediate`; resolves once the server is up again, after recovery. */
  crash(): Promise<void>;
}

/** Starts a PostgreSQL server that can crash without losing anything. */
export async function startCrashablePostgres(options: PostgresOptions): Promise<CrashableServer> {
  const settings = [...options.settings ?? [], "synchronous_commit=on"];
  const { address, guard, lines } = await openGuard<PostgresServer>("postgres", {
    ...options,
    settings,
  });
  return {
    ...address,
    crash: async () => {
      guard.stdin.write("crash\n");
      await lines.next();
    },
  };
}

async function startGuarded<Address>(
  kind: "postgres" | "libsql" | "pgbouncer",
  options: PostgresOptions | PgbouncerOptions = {},
): Promise<Address> {
  return (await openGuard<Address>(kind, options)).address;
}

async function openGuard<Address>(
  kind: "postgres" | "libsql" | "pgbouncer",
  options: PostgresOptions | PgbouncerOptions,
) {
  // Detached: a Ctrl-C in the terminal must not reach the guard before its work is done.
  const guard = spawn(process.execPath, [
    join(import.meta.dirname, "guard.ts"),
    kind,
    JSON.stringify(options),
  ], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: guard.stdout })[Symbol.asyncIterator]();
  const { value: line, done } = await lines.next();
  if (done) throw new Error(`The guard of the ${kind} server ended`);
  const { address, error } = JSON.parse(line);
  if (error !== undefined) throw new Error(error);
  // The run may end while the guard still waits: that is what it waits for.
  guard.unref();
  return { address: address as Address, guard, lines };
}
