import { expect, test } from "bun:test";
import { BlockerWatch } from "../../lib/migrate/lock/blocker_watch.ts";
import { readBlockers } from "../../lib/migrate/lock/read_blockers.ts";
import type { Blocker } from "../../lib/report/event.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { until } from "../until.ts";

test("blockers() lists who blocks a statement, and nobody for the next one", async () => {
  await using database = await freshDatabase("postgres");
  await using holder = await connect(database.url);
  await using waiter = await connect(database.url);
  await using other = await connect(database.url);
  await holder.query({ sql: "CREATE TABLE t (id integer)" });
  await holder.query({ sql: "BEGIN" });
  await holder.query({ sql: "LOCK TABLE t" });
  const watch = new BlockerWatch(() => readBlockers(other, waiter.backend), 5);
  watch.begin();
  const waiting = waiter.query({ sql: "SELECT id FROM t" });
  await until(async () => (await watch.blockers()).length > 0);
  expect(await watch.blockers()).toMatchObject([
    { pid: holder.backend, state: "idle in transaction", query: "LOCK TABLE t" },
  ]);
  await holder.query({ sql: "COMMIT" });
  await waiting;
  watch.end();
  await watch.blockers();
  watch.begin();
  expect(await watch.blockers()).toEqual([]);
  watch.end();
});

test("blockers() remembers who blocked the statement, even if the server stops answering", async () => {
  await using database = await freshDatabase("postgres");
  await using holder = await connect(database.url);
  await using waiter = await connect(database.url);
  await using other = await connect(database.url);
  const [beside] = await other.beside({ sql: "SELECT pg_backend_pid() AS pid" });
  await holder.query({ sql: "CREATE TABLE t (id integer)" });
  await holder.query({ sql: "BEGIN" });
  await holder.query({ sql: "LOCK TABLE t" });
  let reads = 0;
  const watch = new BlockerWatch(async () => {
    const found = await readBlockers(other, waiter.backend);
    reads += 1;
    return found;
  }, 5);
  watch.begin();
  const waiting = waiter.query({ sql: "SELECT id FROM t" });
  await until(async () => (await watch.blockers()).length > 0);
  await holder.query({ sql: "COMMIT" });
  await waiting;
  const free = reads;
  await until(() => reads > free + 1);
  await holder.query({ sql: `SELECT pg_terminate_backend(${Number(beside?.["pid"])})` });
  const gone = reads;
  await until(() => reads > gone + 1);
  watch.end();
  expect(await watch.blockers()).toMatchObject([{ pid: holder.backend }]);
});

test("blockers() waits for a read in progress when a statement ends, and none begins after it", async () => {
  const found = Promise.withResolvers<readonly Blocker[]>();
  let reads = 0;
  const watch = new BlockerWatch(() => {
    reads += 1;
    return found.promise;
  }, 5);
  watch.begin();
  watch.end();
  await untilAnotherHasRead();
  expect(reads).toBe(0);
  watch.begin();
  await until(() => reads > 0);
  watch.end();
  const blockers = watch.blockers();
  found.resolve([{ pid: 7 }]);
  expect(await blockers).toEqual([{ pid: 7 }]);
  await untilAnotherHasRead();
  expect(reads).toBe(1);
});

/** Resolves when a watch that began later has read four times. */
async function untilAnotherHasRead(): Promise<void> {
  let reads = 0;
  const watch = new BlockerWatch(() => {
    reads += 1;
    return Promise.resolve([]);
  }, 5);
  watch.begin();
  await until(() => reads > 3);
  watch.end();
}
