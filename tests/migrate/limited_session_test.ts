import { expect, test } from "bun:test";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import type { Session } from "../../lib/driver/driver.ts";
import { LimitedSession } from "../../lib/migrate/lock/limited_session.ts";
import { connect, failure } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";

/** Runs `body` in a transaction in which changes to the schema wait five seconds for a lock. */
async function limited(body: (session: Session) => Promise<void>): Promise<void> {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  await connection.transaction((session) =>
    body(
      new LimitedSession(session, {
        limit: 5000,
        watch: { begin: () => {}, end: () => {} },
        scope: "transaction",
      }),
    )
  );
  // Somebody else may use the session next.
  expect(await connection.query({ sql: "SHOW lock_timeout" })).toEqual([{ lock_timeout: "0" }]);
}

const create = {
  sql: "CREATE TABLE t (id integer, timeout text DEFAULT current_setting('lock_timeout'))",
};
const insert = { sql: "INSERT INTO t (id) VALUES (1), (2)" };
const note = (name: string) => ({
  sql: `CREATE TABLE ${name} AS SELECT current_setting('lock_timeout') AS it`,
});

test("the lock timeout applies to schema changes only, however they are sent", async () => {
  await limited(async (session) => {
    const answered: number[] = [];
    const counts = await session.send(
      [create, insert, note("a"), insert],
      (index) => answered.push(index),
    );
    expect(counts.slice(0, 2)).toEqual([0, 2]);
    expect(counts.length).toBe(4);
    expect(answered).toEqual([0, 1, 2, 3]);
    await session.sendScript([insert, note("b"), insert], (index) => answered.push(index));
    expect(answered.slice(4)).toEqual([0, 1, 2]);
    await session.query(note("c"));
    await session.query(insert);
    await session.query(note("d"));
    await session.copyIn({ sql: "COPY t (id) FROM STDIN" }, lines());
    expect(await session.query({ sql: "SELECT DISTINCT timeout FROM t" })).toEqual([
      { timeout: "0" },
    ]);
    const notes = "SELECT it FROM a UNION ALL TABLE b UNION ALL TABLE c UNION ALL TABLE d";
    expect((await session.query({ sql: notes })).map((it) => it["it"])).toEqual(
      Array.from("abcd", () => "5s"),
    );
    await session.query(note("e"));
  });
});

async function* lines(): AsyncGenerator<string> {
  yield "1\n";
}

test("the index of a failed statement does not count the SET statements between", async () => {
  const statements = [create, insert, note("a"), { sql: "INSERT INTO nowhere VALUES (1)" }, insert];
  for (const way of ["send", "sendScript"] as const) {
    const failing = limited(async (session) => void await session[way](statements));
    const { answer } = await failure(DatabaseError, failing);
    expect(answer).toMatchObject({ index: 3, statement: statements[3] ?? {} });
  }
});

test("only statements that may wait for a lock are watched, for as long as they run", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  const seen: string[] = [];
  const watch = { begin: () => void seen.push("begin"), end: () => void seen.push("end") };
  const failing = { sql: "ALTER TABLE nowhere ADD COLUMN a integer" };
  for (const way of ["query", "send", "sendScript"] as const) {
    const ask = async (session: Session, statement: { readonly sql: string }) => {
      await (way === "query" ? session.query(statement) : session[way]([statement]));
      seen.push("done");
    };
    await failure(
      DatabaseError,
      connection.transaction(async (inner) => {
        const session = new LimitedSession(inner, { limit: 5000, watch, scope: "transaction" });
        await ask(session, create);
        await ask(session, insert);
        await ask(session, failing);
      }),
    );
    expect([way, ...seen.splice(0)]).toEqual(
      [way, "begin", "end", "done", "done", "begin", "end"],
    );
  }
});
