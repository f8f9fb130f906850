/**
 * A separate process that keeps one test server: `guard.ts postgres` or `guard.ts libsql`, followed
 * by its options as JSON.
 *
 * It writes the server's address as a line of JSON, then waits for its standard input to end. That
 * happens however the test run ends, even by `kill -9`; then it stops the server and removes its
 * folder. Each line that it reads until then makes the server crash and restart, and is answered by
 * a line.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { makeServerFolder } from "./server_folder.ts";
import { startLibsql } from "./start_libsql.ts";
import type { RunningServer } from "./server_process.ts";
import { startPgbouncer } from "./start_pgbouncer.ts";
import { startPostgres } from "./start_postgres.ts";

const kind = process.argv[2] ?? "";
const options = JSON.parse(process.argv[3] ?? "{}");
const folder = makeServerFolder(kind);
const ended = new Promise<void>((resolve) => {
  process.stdin.on("end", resolve).on("close", resolve);
});
// An interrupted run closes our input; until then the server is in use.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

try {
  const server = await start();
  try {
    process.stdout.write(`${JSON.stringify({ address: server.address })}\n`);
    createInterface({ input: process.stdin }).on("line", async () => {
      await server.crash?.();
      process.stdout.write("{}\n");
    });
    await ended;
  } finally {
    await server.stop();
  }
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

function start(): Promise<RunningServer> {
  switch (kind) {
    case "postgres":
      return startPostgres(folder, options);
    case "pgbouncer":
      return startPgbouncer(folder, options);
    default:
      return startLibsql(folder);
  }
}
