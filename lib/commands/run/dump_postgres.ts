import { variablesOf } from "../../database/postgres_settings.ts";
import type { Connection, PostgresUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Environment } from "../environment.ts";

/**
 * Writes the database at `url` to `file` with `pg_dump`, in its custom format, which `pg_restore`
 * reads. The password is passed in its environment, which only its owner can read.
 *
 * @throws {ToolError} `backup/failed` if there is no `pg_dump`, if it is older than the server, or
 *   if it fails.
 */
export async function dumpPostgres(
  url: PostgresUrl,
  file: string,
  { environment: { config, context }, connection }: {
    readonly environment: Environment;
    readonly connection: Connection;
  },
): Promise<void> {
  const env = { ...context.env, ...variablesOf(url) };
  const lines: string[] = [];
  const run = (...words: readonly string[]) => {
    lines.length = 0;
    const { signal } = context;
    return context.run(["pg_dump", ...words], { env, signal, onLine: (it) => lines.push(it) });
  };
  const status = await run("--version").catch(() => undefined);
  const version = Number(/\d+/.exec(lines[0]?.replace(/\(.*?\)/, "") ?? "")?.[0]);
  if (status !== 0 || Number.isNaN(version)) {
    throw failed("pg_dump is not on the PATH", "Install PostgreSQL's client programs");
  }
  const [row] = await connection.query({ sql: "SHOW server_version_num" });
  const server = Math.floor(Number(row?.["server_version_num"]) / 10_000);
  if (version < server) {
    throw failed(
      `pg_dump on the PATH is version ${version}, and cannot read a server of version ${server}`,
      `Put pg_dump ${server} or later first on the PATH`,
    );
  }
  const role = config.role === undefined ? [] : [`--role=${config.role}`];
  const ended = await run("--format=custom", "--no-password", `--file=${file}`, ...role);
  if (ended === 0) return;
  throw failed(
    `pg_dump exited with status ${ended}`,
    "Fix what it reports",
    lines.slice(-5).map((it) => `  ${it}`).join("\n"),
  );
}

function failed(found: string, hint: string, detail?: string): ToolError {
  return new ToolError("backup/failed", `Cannot save the database: ${found}`, {
    hint: `${hint}, or leave out --backup, or backup in the configuration`,
    detail,
  });
}
