import type postgres from "postgres";
import type { ConnectOptions } from "../driver.ts";
import { postgresTypes } from "./postgres_values.ts";

/** What the library is told of every session: one, for as long as we want it; nothing named, nothing asked for, nothing timed. */
export const oneSession = {
  // Only `socket` counts; a list of hosts in the environment would be tried in its place.
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

/** Returns what hands the server's notices on, a line each. */
export function noticesTo({ onNotice }: Pick<ConnectOptions, "onNotice">) {
  return ({ severity, message }: postgres.Notice): void =>
    onNotice?.(`${severity ?? "NOTICE"}: ${message ?? ""}`);
}
