import { expect, test } from "bun:test";
import { BlockerWatch } from "../../lib/migrate/lock/blocker_watch.ts";
import type { Row } from "../../lib/sql/statement.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { until } from "../until.ts";

/** A watch on what is asked again as soon as it is answered, with these answers; the last one stays. */
function watchOf(...answers: readonly (() => Promise<readonly Row[]>)[]): {
  readonly watch: BlockerWatch;
  readonly asked: () => number;
} {
  let asked = 0;
  const beside = async () => await answers[Math.min(asked++, answers.length - 1)]?.() ?? [];
  return { watch: new BlockerWatch({ beside }, 1, 5), asked: () => asked };
}

const nobody = () => Promise.resolve([]);
const by = (pid: number, query: string | null = null) => () => Promise.resolve([{ pid, query }]);

test("who is in the way of a statement is seen, and not of the next one", async () => {
  await using database = await freshDatabase("postgres");
  await using holder = await connect(database.url);
  await using waiter = await connect(database.url);
  await using other = await connect(database.url);
  await holder.query({ sql: "CREATE TABLE t (id integer)" });
  await holder.query({ sql: "BEGIN" });
  await holder.query({ sql: "LOCK TABLE t" });
  const watch = new BlockerWatch(other, waiter.backend, 5);
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

test("who was in the way is known though later nobody is, or the server does not answer", async () => {
  const refused = () => Promise.reject(new Error("too many connections"));
  const { watch, asked } = watchOf(refused, nobody, by(7), nobody, refused);
  watch.begin();
  await until(() => Promise.resolve(asked() > 5));
  watch.end();
  expect(await watch.blockers()).toEqual([{ pid: 7 }]);
});

test("an answer that is on its way when a statement is given up is waited for, and nothing asked after it", async () => {
  const answer = Promise.withResolvers<readonly Row[]>();
  const { watch, asked } = watchOf(() => answer.promise);
  watch.begin();
  watch.end();
  await Bun.sleep(20); // four times as long as until it would ask
  expect(asked()).toBe(0);
  watch.begin();
  await until(() => Promise.resolve(asked() > 0));
  watch.end();
  const blockers = watch.blockers();
  answer.resolve([{ pid: 7 }]);
  expect(await blockers).toEqual([{ pid: 7 }]);
  await Bun.sleep(20);
  expect(asked()).toBe(1);
});

const shown: readonly (readonly [query: string, shown: string])[] = [
  ["SELECT  1,\n  'it''s' ", "SELECT 1, '…'"],
  ["SELECT 1, 'cut of", "SELECT 1, '…'"],
  ["SELECT $a$it's$b$ $a$, $$x$$, 2", "SELECT '…', '…', 2"],
  ["DO $$ cut 'of", "DO '…'"],
  [String.raw`SELECT e'it\'s', E'a\\', 'cut \' of`, "SELECT '…', '…', '…' of"],
  ["SELECT -- don't\n /* it's */ 'it', \"it's\", 'it'", `SELECT '…', "it's", '…'`],
  ["x".repeat(120), "x".repeat(120)],
  ["x".repeat(121), `${"x".repeat(119)}…`],
];

for (const [query, text] of shown) {
  test(`of what is in the way, ${query.slice(0, 25)} is shown without what is secret, in one line`, async () => {
    const { watch, asked } = watchOf(by(7, query));
    watch.begin();
    await until(() => Promise.resolve(asked() > 0));
    watch.end();
    expect(await watch.blockers()).toEqual([{ pid: 7, query: text }]);
  });
}
