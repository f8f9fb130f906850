import process from "node:process";
import type postgres from "postgres";
import type { ConnectOptions } from "../driver.ts";
import { postgresTypes } from "./postgres_values.ts";

/**
 * The library's options for every session: a single connection for as long as we want it, without
 * prepared statements, queries of its own or timeouts.
 */
export const oneSession = {
  // Only `socket` matters, but without this, the library would try a list of hosts from the
  // environment.
  host: "localhost",
  ssl: false,
  types: postgresTypes,
  max: 1,
  max_lifetime: null,
  idle_timeout: 0,
  connect_timeout: 0,
  max_pipeline: Number.MAX_SAFE_INTEGER,
  prepare: false,
  fetch_types: false,
} as const;

/** Returns a function that passes on the server's notices, each as one line. */
export function noticesTo({ onNotice }: Pick<ConnectOptions, "onNotice">) {
  return ({ severity, message }: postgres.Notice): void =>
    onNotice?.(`${severity ?? "NOTICE"}: ${message ?? ""}`);
}

/**
 * Returns the client that `create` makes without PGTARGETSESSIONATTRS, which no option overrides:
 * the library refuses `any` and would ask the server for what we already know.
 */
export function withoutTarget<Client>(create: () => Client): Client {
  const name = "PGTARGETSESSIONATTRS";
  const value = process.env[name];
  delete process.env[name];
  try {
    return create();
  } finally {
    if (value !== undefined) process.env[name] = value;
  }
}
