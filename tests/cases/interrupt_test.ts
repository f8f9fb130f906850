import { expect, test } from "bun:test";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision, untilSaid } from "./project.ts";
import { query, versions } from "./query.ts";

const longest = 60_000;

const sleeping =
  "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'";

/** Sends `signal` to `child`, and returns what it says from then on, how it ends and how soon. */
async function stopped(
  child: ReturnType<Project["start"]>,
  signal: "SIGINT" | "SIGTERM",
): Promise<{ readonly said: string; readonly status: number; readonly milliseconds: number }> {
  const start = performance.now();
  child.kill(signal);
  const [said, status] = await Promise.all([rest(child.stderr), child.exited]);
  return { said, status, milliseconds: performance.now() - start };
}

async function rest(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let said = "";
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    said += decoder.decode(next.value, { stream: true });
  }
  return said;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(
    `postgres: ${signal} stops the statement on the server, rolls back, and ends with 130`,
    async () => {
      await using database = await freshDatabase("postgres");
      using it = project({ env: { DATABASE_URL: database.url } });
      const up = "CREATE TABLE a (id INTEGER);\nSELECT pg_sleep(60);";
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
      const child = it.start(["upgrade", "head"]);
      await untilSaid(child, "Running");
      while ((await query(database.url, sleeping)).length === 0) await Bun.sleep(20);
      const { said, status } = await stopped(child, signal);
      expect(status).toBe(130);
      expect(said).toContain("Interrupted: what was not committed has been rolled back");
      expect(said).toContain("No step was committed; the database is at base");
      expect(await versions(database.url)).toEqual([]);
      expect(await query(database.url, sleeping)).toEqual([]);
      const locks = "SELECT * FROM pg_locks WHERE locktype = 'advisory'";
      expect(await query(database.url, locks)).toEqual([]);
    },
    longest,
  );
}

const count = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1e12)";
const slow = {
  "a statement": `INSERT INTO a ${count} SELECT x FROM c;`,
  "a query of op.run":
    `  op.run("count", async (db) => { await db.query(\`${count} SELECT max(x) FROM c\`); });`,
  "many small queries of op.run":
    `  op.run("count", async (db) => { for (;;) await db.query("INSERT INTO a VALUES (1)"); });`,
};

for (const [name, what] of Object.entries(slow)) {
  test(
    `sqlite: ${name} is stopped at once, rolled back, and what committed before stays`,
    async () => {
      await using database = await freshDatabase("sqlite");
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", "transaction_per_migration = true\n");
      it.write(
        "migrations/versions/1.sql",
        sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" }),
      );
      const [path, text] = name === "a statement"
        ? ["2.sql", sqlRevision({ id: "two", down: ["one"], up: `${what}` })]
        : [
          "2.ts",
          `import type { Operations } from "migrate";
export const revision = "two";
export const downRevision = "one";
export function upgrade(op: Operations): void {
  op.execute("INSERT INTO a VALUES (0)");
${what}
}
`,
        ];
      it.write(`migrations/versions/${path}`, text);
      const child = it.start(["upgrade", "head"]);
      await untilSaid(child, "one -> two");
      await Bun.sleep(300);
      const { said, status, milliseconds } = await stopped(child, "SIGINT");
      expect(said).toContain("Interrupted: what was not committed has been rolled back");
      expect(said).toContain("1 step was committed; the database is at one");
      expect(status).toBe(130);
      expect(milliseconds).toBeLessThan(2000);
      expect(await versions(database.url)).toEqual(["one"]);
      expect(await query(database.url, "SELECT count(*) AS n FROM a")).toEqual([{ n: 0 }]);
      const log = "SELECT outcome FROM migrate_history WHERE revision = 'two'";
      expect(await query(database.url, log)).toEqual([{ outcome: "failed" }]);
      expect(await query(database.url, "PRAGMA integrity_check")).toEqual([
        { integrity_check: "ok" },
      ]);
    },
    longest,
  );
}

for (const kind of ["postgres", "sqlite"] as const) {
  test(
    `${kind}: code that never ends is left at a second signal at once, and nothing of it stays`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write(
        "migrations/versions/1.ts",
        `import { column, integer, type Operations } from "migrate";
export const revision = "one";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("a", column("id", integer(), { primaryKey: true }));
  op.run("wait", async () => { console.log("waiting"); await new Promise(() => {}); });
}
`,
      );
      const child = it.start(["upgrade", "head"]);
      await untilSaid(child, "waiting");
      child.kill("SIGINT");
      await Bun.sleep(200);
      expect(child.exitCode).toBe(null);
      const { status, milliseconds } = await stopped(child, "SIGINT");
      expect(status).toBe(130);
      expect(milliseconds).toBeLessThan(1000);
      expect(await versions(database.url)).toEqual([]);
    },
    longest,
  );
}
