import type { DatabaseUrl } from "../driver/driver.ts";
import type { Env } from "./env.ts";
import { postgresUrl } from "./parse_postgres_url.ts";

/**
 * Returns the database that `POSTGRES_HOST`, `_PORT`, `_DB`, `_USER`, `_PASSWORD` and `_SSLMODE`
 * specify, or `undefined` if neither the host nor the database is set. The values are taken literally.
 *
 * @throws {ToolError} `config/url` if the port or the SSL mode is invalid.
 */
export function postgresEnvUrl(env: Env): DatabaseUrl | undefined {
  const { POSTGRES_HOST = "", POSTGRES_DB = "" } = env;
  if (POSTGRES_HOST === "" && POSTGRES_DB === "") return undefined;
  const said = {
    host: POSTGRES_HOST,
    port: env["POSTGRES_PORT"] ?? "",
    dbname: POSTGRES_DB,
    user: env["POSTGRES_USER"] ?? "",
    password: env["POSTGRES_PASSWORD"] ?? "",
    sslmode: env["POSTGRES_SSLMODE"] ?? "",
  };
  return postgresUrl(said, env);
}
