import type { DatabaseUrl } from "../driver/driver.ts";
import { hosts, postgresUrl } from "./parse_postgres_url.ts";

/**
 * Returns the database that `POSTGRES_HOST`, `_PORT`, `_DB`, `_USER`, `_PASSWORD` and `_SSLMODE` name,
 * or `undefined` where neither the host nor the database is set. The values are taken as they stand.
 *
 * @throws {ToolError} `config/url` if the port or the SSL mode is none.
 */
export function postgresEnvUrl(
  env: Readonly<Record<string, string | undefined>>,
): DatabaseUrl | undefined {
  const { POSTGRES_HOST = "", POSTGRES_PORT = "", POSTGRES_DB = "", POSTGRES_SSLMODE = "" } = env;
  if (POSTGRES_HOST === "" && POSTGRES_DB === "") return undefined;
  return postgresUrl({
    hosts: hosts(POSTGRES_HOST, POSTGRES_PORT),
    database: POSTGRES_DB,
    user: env["POSTGRES_USER"] ?? "",
    password: env["POSTGRES_PASSWORD"] ?? "",
    parameters: POSTGRES_SSLMODE === "" ? {} : { sslmode: POSTGRES_SSLMODE },
  });
}
