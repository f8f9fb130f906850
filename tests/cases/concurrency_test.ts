import { expect, test } from "bun:test";
import { connect } from "../driver/connect.ts";
import { databases, freshDatabase } from "../servers/fresh_database.ts";
import { type Ended, type Project, project, sqlRevision, untilSaid } from "./project.ts";
import { query, versions } from "./query.ts";

const longest = 120_000;

/** Ten revisions, each of which makes a table: a step that ran twice would fail. */
function tables(it: Project): void {
  for (let n = 0; n < 10; n++) {
    it.write(
      `migrations/versions/r${n}.sql`,
      sqlRevision({
        id: `r${n}`,
        down: n === 0 ? [] : [`r${n - 1}`],
        up: `CREATE TABLE t${n} (id INTEGER PRIMARY KEY);`,
        downSql: `DROP TABLE t${n};`,
      }),
    );
  }
}

function together(
  it: Project,
  count: number,
  ...words: readonly string[]
): Promise<readonly Ended[]> {
  return Promise.all(Array.from({ length: count }, () => it.migrate(...words)));
}

const crowds = [
  { count: 2, perMigration: false },
  { count: 8, perMigration: false },
  { count: 8, perMigration: true },
];

for (const source of databases()) {
  for (const { count, perMigration } of crowds) {
    test(
      `${source.name}: ${count} "upgrade head" at once run every step once, ${
        perMigration ? "a transaction each" : "in one transaction"
      }`,
      async () => {
        await using database = await source.fresh();
        using it = project({ env: { DATABASE_URL: database.url } });
        it.write("migrate.toml", `transaction_per_migration = ${perMigration}\n`);
        tables(it);
        const ended = await together(it, count, "upgrade", "head");
        expect(ended.filter((one) => one.status !== 0)).toEqual([]);
        expect(await versions(database.url)).toEqual(["r9"]);
        const rows = await query(
          database.url,
          "SELECT revision, outcome FROM migrate_history ORDER BY revision",
        );
        expect(rows).toEqual(
          Array.from({ length: 10 }, (_, n) => ({ revision: `r${n}`, outcome: "done" })),
        );
      },
      longest,
    );
  }

  test(
    `${source.name}: "+1" is settled before it waits: two at once go one step, or two where one came later`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      tables(it);
      const ended = await together(it, 2, "upgrade", "+1");
      expect(ended.map((one) => one.status)).toEqual([0, 0]);
      const rows = await query(
        database.url,
        "SELECT revision FROM migrate_history WHERE outcome = 'done' ORDER BY revision",
      );
      const done = rows.map((row) => String(row["revision"]));
      expect([["r0"], ["r0", "r1"]]).toContainEqual(done);
      expect(await versions(database.url)).toEqual(done.slice(-1));
    },
    longest,
  );
}

for (const source of databases().filter((it) => it.kind !== "libsql")) {
  test(
    `${source.name}: a lock that stays busy past --lock-wait ends with 4, and names its holder`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      tables(it);
      await it.ok("upgrade", "+1");
      await using holder = await connect(database.url, { applicationName: "the other run" });
      const { promise: holds, resolve } = Promise.withResolvers<void>();
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const held = holder.transaction(async (session) => {
        if (source.kind === "postgres") {
          await session.query({ sql: `SELECT pg_advisory_lock(${await lockKey()})` });
        }
        resolve();
        await ended;
      });
      await holds;
      const { status, stderr } = await it.migrate("upgrade", "head", "--lock-wait", "0.3");
      end();
      await held;
      expect(status).toBe(4);
      expect(stderr).toContain(
        source.kind === "postgres" ? `application "the other run"` : "has it locked",
      );
      expect(await versions(database.url)).toEqual(["r0"]);
    },
    longest,
  );
}

test(
  "postgres: two that settled on the same +1 go that one step, once the holder of the lock is done",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    tables(it);
    await it.ok("ensure_version");
    await using holder = await connect(database.url);
    const key = await lockKey();
    await holder.query({ sql: `SELECT pg_advisory_lock(${key})` });
    const runs = [it.start(["upgrade", "+1"]), it.start(["upgrade", "+1"])];
    for (const one of runs) await untilSaid(one, "Waiting");
    await holder.query({ sql: `SELECT pg_advisory_unlock(${key})` });
    expect(await Promise.all(runs.map((one) => one.exited))).toEqual([0, 0]);
    expect(await versions(database.url)).toEqual(["r0"]);
  },
  longest,
);

/** The key that all runs on the default version table share. */
async function lockKey(): Promise<bigint> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(JSON.stringify(["migrate", null, "alembic_version"])).digest()
    .readBigInt64BE();
}
