import { describe, expect, test } from "bun:test";
import { createClient } from "@libsql/client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { until } from "../until.ts";
import { freshDatabase } from "./fresh_database.ts";

test("freshDatabase() creates a separate PostgreSQL database each time, and drops it", async () => {
  const names = async (sql: postgres.Sql) => await sql`SELECT current_database() AS name`;
  const first = await freshDatabase("postgres");
  await using second = await freshDatabase("postgres");
  const [a, b] = [postgres(first.url, { max: 1 }), postgres(second.url, { max: 1 })];
  try {
    expect(await names(a)).not.toEqual(await names(b));
    await first[Symbol.asyncDispose]();
    expect(
      await b`SELECT 1 FROM pg_database WHERE datname = ${new URL(first.url).pathname.slice(1)}`,
    )
      .toEqual(expect.objectContaining({ length: 0 }));
  } finally {
    await Promise.all([a.end({ timeout: 1 }), b.end({ timeout: 1 })]);
  }
});

test("freshDatabase() returns an empty libSQL database each time", async () => {
  for (let round = 1; round <= 2; round++) {
    await using database = await freshDatabase("libsql");
    const client = createClient({ url: database.url });
    await client.execute("CREATE TABLE t (a)");
    client.close();
  }
});

describe("the guard removes its server and folder when the run is killed:", () => {
  test.each(["postgres", "libsql"])("%s", async (kind) => {
    // A separate run, which starts a server and is killed while it uses it.
    const module = join(import.meta.dirname, "guarded_server.ts");
    const run = spawn(process.execPath, [
      "-e",
      `import { postgresServer, startLibsqlServer } from ${JSON.stringify(module)};
       console.log(JSON.stringify(await ("${kind}" === "postgres" ? postgresServer() : startLibsqlServer())));
       setInterval(() => {}, 1000);`,
    ], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: run.stdout }), "line");
    const { host, port, socket } = JSON.parse(line);
    const listens = () =>
      fetch(`http://${host}:${port}/`).then(
        () => true,
        (error) => error.code !== "ECONNREFUSED",
      );
    expect(await listens()).toBe(true);
    run.kill("SIGKILL");
    await until(async () => !await listens());
    if (socket !== undefined) await until(() => !existsSync(socket));
  });
});
