import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A PostgreSQL server of this run. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The folder of its Unix socket. */
  readonly socket: string;
}

/** A libSQL server of this run, with one database. */
export interface LibsqlServer {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
}

/** Returns the PostgreSQL server of this process, started when first asked for. */
export function postgresServer(): Promise<PostgresServer> {
  return postgres ??= startPostgresServer();
}

/** Starts one more PostgreSQL server, for what would change others' tests. */
export function startPostgresServer(): Promise<PostgresServer> {
  return startGuarded<PostgresServer>("postgres");
}

let postgres: Promise<PostgresServer> | undefined;

/** Returns the older PostgreSQL server of this process, started when first asked for. */
export function olderPostgresServer(): Promise<PostgresServer> {
  return olderPostgres ??= startGuarded<PostgresServer>("older_postgres");
}

let olderPostgres: Promise<PostgresServer> | undefined;

/** Starts one more libSQL server: each has one database only. */
export function startLibsqlServer(): Promise<LibsqlServer> {
  return startGuarded<LibsqlServer>("libsql");
}

async function startGuarded<Address>(
  kind: "postgres" | "older_postgres" | "libsql",
): Promise<Address> {
  // Detached: a Ctrl-C in the terminal must not reach the guard before its work is done.
  const guard = spawn(process.execPath, [join(import.meta.dirname, "guard.ts"), kind], {
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
