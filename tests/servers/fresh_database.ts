import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import {
  type LibsqlServer,
  olderPostgresServer,
  olderRelease,
  type PostgresServer,
  postgresServer,
  startLibsqlServer,
} from "./guarded_server.ts";

/** An empty database that is removed when it is disposed of. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

export type DatabaseKind = "postgres" | "sqlite" | "libsql";

/** A kind of server or file on which a test can have databases. */
export interface DatabaseSource {
  /** For the names of tests. */
  readonly name: string;
  readonly kind: DatabaseKind;
  fresh(): Promise<TestDatabase>;
}

/**
 * Returns everything that this run tests with, including `MIGRATE_TEST_POSTGRES_URL` if it is set.
 */
export function databases(): readonly DatabaseSource[] {
  const own = (["postgres", "sqlite", "libsql"] as const).map((kind) => ({
    name: kind,
    kind,
    fresh: () => freshDatabase(kind),
  }));
  const other = process.env["MIGRATE_TEST_POSTGRES_URL"];
  if (other === undefined || other === "") return own;
  const { host } = new URL(other);
  return [...own, {
    name: `postgres at ${host}`,
    kind: "postgres",
    fresh: () => freshPostgres(other, { strategy: "" }), // it may be older
  }];
}

/** Returns a new, empty database. For SQLite, it is a path without a file. */
export async function freshDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  switch (kind) {
    case "postgres":
      return await freshPostgres(await postgresUrl());
    case "sqlite":
      return freshFile();
    case "libsql":
      return await freshLibsql();
  }
}

/** Returns the URL of a database on the PostgreSQL server of this run. */
export async function postgresUrl(database = "postgres"): Promise<string> {
  return urlOf(await postgresServer(), database);
}

function urlOf({ host, port, user, password }: PostgresServer, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

/**
 * A server of the system's older PostgreSQL, and the folder of its `pg_dump`; `undefined` if it is
 * not installed.
 */
export const olderPostgres = existsSync(olderRelease)
  ? {
    version: 15,
    binaries: join(olderRelease, "bin"),
    source: {
      name: "postgres 15",
      kind: "postgres" as const,
      fresh: async () => await freshPostgres(urlOf(await olderPostgresServer(), "postgres")),
    },
  }
  : undefined;

/** Returns a new, empty database on the server at `server`, a URL of one of its databases. */
export async function freshPostgres(
  server: string,
  { strategy = "STRATEGY file_copy" }: { readonly strategy?: string } = {}, // the faster one if idle
): Promise<TestDatabase> {
  const name = `migrate_test_${randomBytes(6).toString("hex")}`;
  const url = new URL(server);
  url.pathname = name;
  await administer(server, `CREATE DATABASE ${name} ${strategy}`);
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

const administrators = new Map<string, postgres.Sql>();

async function administer(server: string, statement: string): Promise<void> {
  let sql = administrators.get(server);
  if (sql === undefined) {
    // It closes itself when idle, so that it does not keep a script from ending.
    sql = postgres(server, { max: 1, idle_timeout: 1, fetch_types: false, onnotice: () => {} });
    administrators.set(server, sql);
  }
  await sql.unsafe(statement);
}

function freshFile(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), "migrate-sqlite-"));
  return {
    url: `sqlite:///${join(folder, "test.db")}`,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

const idleServers: LibsqlServer[] = [];

async function freshLibsql(): Promise<TestDatabase> {
  const server = idleServers.pop() ?? await startLibsqlServer();
  return {
    url: `http://${server.host}:${server.port}`,
    [Symbol.asyncDispose]: async () => {
      const admin = `http://${server.host}:${server.adminPort}/v1/namespaces/default`;
      const { ok, status } = await fetch(admin, { method: "DELETE" });
      if (!ok) throw new Error(`Cannot empty the libSQL server: it answered ${status}`);
      idleServers.push(server);
    },
  };
}
