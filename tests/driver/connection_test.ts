/** One suite for every kind of connection: what a caller may rely on, whichever database it has. */
import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import type { Connection, ConnectOptions, Session } from "../../lib/driver/driver.ts";
import { ToolError } from "../../lib/error.ts";
import type { Value } from "../../lib/sql/statement.ts";
import { connect, failure } from "./connect.ts";
import { databases, type DatabaseSource } from "../servers/fresh_database.ts";

const memory: DatabaseSource = {
  name: ":memory:",
  kind: "sqlite",
  fresh: () => Promise.resolve({ url: "sqlite://", [Symbol.asyncDispose]: async () => {} }),
};

for (const source of [...databases(), memory]) {
  describe(source.name, () => {
    const isPostgres = source.kind === "postgres";
    /** Runs `body` on a new, empty database. */
    const onFresh = (
      body: (connection: Connection, url: string) => Promise<void>,
      options: Partial<ConnectOptions> = {},
    ) =>
    async () => {
      await using database = await source.fresh();
      await using connection = await connect(database.url, options);
      await body(connection, database.url);
    };
    const ids = async (connection: Connection) =>
      (await connection.query({ sql: "SELECT id FROM t ORDER BY id" })).map((it) => it["id"]);
    const create = (connection: Connection) =>
      connection.query({ sql: "CREATE TABLE t (id INTEGER PRIMARY KEY)" });
    const insert = (id: number) => ({ sql: `INSERT INTO t VALUES (${id})` });

    test(
      "query() returns rows by column name",
      onFresh(async (connection) => {
        expect(await connection.query({ sql: "SELECT 1 AS one, 'é😀' AS text, NULL AS none" }))
          .toEqual([{ one: 1, text: "é😀", none: null }]);
        expect(await connection.query({ sql: "SELECT 1 AS one WHERE 1 = 2" })).toEqual([]);
        expect(await create(connection)).toEqual([]);
      }),
    );

    describe("query() writes and reads", () => {
      test.each<[name: string, type: string, value: Value, answer?: unknown]>([
        ["null", "INTEGER", null],
        ["true", "BOOLEAN", true, isPostgres ? true : 1],
        ["false", "BOOLEAN", false, isPostgres ? false : 0],
        ["a number", "INTEGER", -42],
        ["a fraction", "DOUBLE PRECISION", 1.5],
        ["a whole number of more than 64 bits", "DOUBLE PRECISION", 1e300],
        ["an integer of 53 bits", "BIGINT", Number.MAX_SAFE_INTEGER],
        ["an integer of 64 bits", "BIGINT", 9007199254740993n],
        ["a small bigint", "BIGINT", 7n, 7],
        ["an empty text", "TEXT", ""],
        ["text", "TEXT", "'; -- \\ \n é😀 $1"],
        ["bytes", isPostgres ? "BYTEA" : "BLOB", new Uint8Array([0, 1, 255])],
      ])("%s", async (_name, type, value, answer = value) => {
        await onFresh(async (connection) => {
          await connection.query({ sql: `CREATE TABLE t (v ${type})` });
          await connection.query({ sql: "INSERT INTO t VALUES ($1)", parameters: [value] });
          expect(await connection.query({ sql: "SELECT v FROM t" })).toEqual([{ v: answer }]);
        })();
      });
    });

    test(
      "query() binds parameters by number, however often they appear",
      onFresh(async (connection) => {
        const type = isPostgres ? "::text" : "";
        const sql = `SELECT $2${type} AS second, $1${type} AS first, $2${type} AS again`;
        expect(await connection.query({ sql, parameters: ["a", "b"] }))
          .toEqual([{ second: "b", first: "a", again: "b" }]);
      }),
    );

    test(
      "query() stores a whole number as an integer",
      onFresh(async (connection) => {
        const type = isPostgres ? "pg_typeof(v)::text" : "typeof(v)";
        await connection.query({ sql: `CREATE TABLE t (v ${isPostgres ? "INTEGER" : ""})` });
        await connection.query({ sql: "INSERT INTO t VALUES ($1)", parameters: [5] });
        expect(await connection.query({ sql: `SELECT ${type} AS type FROM t` }))
          .toEqual([{ type: "integer" }]);
      }),
    );

    if (!isPostgres) {
      test(
        "an integer of more than 64 bits is refused as a parameter, and nothing is written",
        onFresh(async (connection) => {
          await connection.query({ sql: "CREATE TABLE t (v)" });
          const into = (value: bigint) => ({
            sql: "INSERT INTO t VALUES ($1)",
            parameters: [value],
          });
          for (const value of [2n ** 63n, -(2n ** 63n) - 1n]) {
            for (
              const written of [
                () => connection.query(into(value)),
                () => connection.transaction((session) => session.query(into(value))),
                () => connection.transaction((session) => session.send([into(1n), into(value)])),
                () => connection.batch([into(1n), into(value)]),
              ]
            ) {
              const error = await failure(ToolError, written());
              expect([error.code, error.message]).toEqual([
                "operation/invalid",
                `Cannot store ${value} as an integer: those of SQLite have 64 bits`,
              ]);
            }
          }
          for (const value of [2n ** 63n - 1n, -(2n ** 63n)]) await connection.query(into(value));
          expect(await connection.query({ sql: "SELECT v FROM t" })).toEqual([
            { v: 2n ** 63n - 1n },
            { v: -(2n ** 63n) },
          ]);
        }),
      );
    }

    test(
      "query() returns a timestamp as text with its microseconds",
      onFresh(async (connection) => {
        const time = "2026-01-08 14:30:00.123456";
        await connection.query({ sql: "CREATE TABLE t (v TIMESTAMP)" });
        await connection.query({ sql: "INSERT INTO t VALUES ($1)", parameters: [time] });
        expect(await connection.query({ sql: "SELECT v FROM t" })).toEqual([{ v: time }]);
      }),
    );

    test(
      "query() returns the rows of RETURNING",
      onFresh(async (connection) => {
        await create(connection);
        const sql = "INSERT INTO t VALUES (1), (2) RETURNING id";
        expect(await connection.query({ sql })).toEqual([{ id: 1 }, { id: 2 }]);
      }),
    );

    test(
      "query() throws an error with the failed statement and the SQLSTATE",
      onFresh(async (connection) => {
        const statement = { sql: "SELECT 1 AS a,\n  FROM\nnowhere nonsense here" };
        const error = await failure(DatabaseError, connection.query(statement));
        expect(error.code).toBe("database/failed");
        expect(error.answer.statement).toEqual(statement);
        expect(error.answer.message).toMatch(/syntax error/);
        expect(error.answer.sqlState).toBe(isPostgres ? "42601" : "SQLITE_ERROR");
        expect(error.message).not.toMatch(/SQLITE_|SQLite error/);
        await connection.query({ sql: "SELECT 1" });
      }),
    );

    test(
      "query() gives the position of an unknown name",
      onFresh(async (connection) => {
        for (
          const sql of [
            "SELECT 1,\n  é😀 AS a,\n  misspelt\nFROM (SELECT 1 AS é😀) AS s",
            "SELECT 'é' AS a FROM misspelt",
          ]
        ) {
          const { answer } = await failure(DatabaseError, connection.query({ sql }));
          expect(answer.position).toBe(sql.indexOf("misspelt") + 1);
          expect(answer.message).not.toContain("offset");
        }
      }),
    );

    test(
      "query() gives the SQLSTATE of a violated constraint",
      onFresh(async (connection) => {
        await connection.query({
          sql:
            "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> ''))",
        });
        await connection.query({ sql: "INSERT INTO t VALUES (1, 'a')" });
        const state = async (values: string) => {
          const promise = connection.query({ sql: `INSERT INTO t VALUES ${values}` });
          return (await failure(DatabaseError, promise)).answer.sqlState;
        };
        expect([await state("(2, 'a')"), await state("(2, NULL)"), await state("(2, '')")]).toEqual(
          isPostgres
            ? ["23505", "23502", "23514"]
            : ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_NOTNULL", "SQLITE_CONSTRAINT_CHECK"],
        );
      }),
    );

    test(
      "transaction() commits the work of its body and returns its result",
      onFresh(async (connection, url) => {
        await create(connection);
        const result = await connection.transaction(async (transaction) => {
          await transaction.query(insert(1));
          return await transaction.query({ sql: "SELECT id FROM t" });
        });
        expect(result).toEqual([{ id: 1 }]);
        if (source === memory) return;
        await using other = await connect(url);
        expect(await ids(other)).toEqual([1]);
      }),
    );

    test(
      "transaction() includes queries on the connection meanwhile, and cannot be nested",
      onFresh(async (connection) => {
        await create(connection);
        const body = connection.transaction(async (session) => {
          await session.query(insert(1));
          await connection.query(insert(2));
          await connection.send([insert(3)]);
          expect(await ids(connection)).toEqual([1, 2, 3]);
          await failure(Error, connection.transaction(async () => {}));
          throw new Error("enough");
        });
        expect((await failure(Error, body)).message).toBe("enough");
        expect(await ids(connection)).toEqual([]);
      }),
    );

    test(
      "transaction() rolls back when its body throws, tables included",
      onFresh(async (connection) => {
        const cause = new Error("changed my mind");
        const body = connection.transaction(async (transaction) => {
          await transaction.query({ sql: "CREATE TABLE t (id INTEGER PRIMARY KEY)" });
          await transaction.query(insert(1));
          throw cause;
        });
        expect(await failure(Error, body)).toBe(cause);
        await create(connection);
        expect(await ids(connection)).toEqual([]);
      }),
    );

    test(
      "transaction() rolls back when a statement fails, and the connection stays usable",
      onFresh(async (connection) => {
        await create(connection);
        const body = connection.transaction(async (transaction) => {
          await transaction.send([insert(1), insert(2)]);
          await transaction.query(insert(1));
        });
        await failure(DatabaseError, body);
        expect(await ids(connection)).toEqual([]);
        await connection.transaction((transaction) => transaction.query(insert(3)));
        expect(await ids(connection)).toEqual([3]);
      }),
    );

    test(
      "transaction() does not commit statements after the database has ended it",
      onFresh(async (connection) => {
        await create(connection);
        const body = connection.transaction(async (transaction) => {
          const failing = isPostgres
            ? "INSERT INTO t SELECT 1 / 0"
            : "INSERT OR ROLLBACK INTO t VALUES (1), (1)";
          await failure(Error, transaction.query({ sql: failing }));
          await failure(Error, transaction.query(insert(2)));
        });
        await failure(ToolError, body);
        expect(await ids(connection)).toEqual([]);
      }),
    );

    test(
      "query() runs statements that are not awaited in order",
      onFresh(async (connection) => {
        const inOrder = async (session: Session) => {
          // A join may take long: on SQLite it runs on a thread.
          const count = { sql: "INSERT INTO counts SELECT count(*) FROM t AS a, t AS b" };
          const asked = [insert(1), count, insert(2), count, count].map((it) => session.query(it));
          await asked[1];
          asked.push(session.query({ sql: "DELETE FROM t" }));
          await Promise.all(asked);
          expect(await session.query({ sql: "SELECT n FROM counts ORDER BY n" }))
            .toEqual([{ n: 1 }, { n: 4 }, { n: 4 }]);
        };
        await create(connection);
        await connection.query({ sql: "CREATE TABLE counts (n INTEGER)" });
        await connection.transaction(inOrder);
        expect(await ids(connection)).toEqual([]);
      }),
    );

    test(
      "transaction() rolls back statements that its body did not await before it threw",
      onFresh(async (connection) => {
        await create(connection);
        await connection.query(insert(1));
        const body = connection.transaction((session) => {
          const count = { sql: "SELECT count(*) FROM t AS a, t AS b" };
          for (const it of [count, insert(2), count, insert(3)]) session.query(it).catch(() => {});
          throw new Error("enough");
        });
        await failure(Error, body);
        expect(await ids(connection)).toEqual([1]);
      }),
    );

    test(
      "send() returns how many rows each statement changed",
      onFresh(async (connection) => {
        const answered: number[] = [];
        const changed = await connection.transaction((transaction) =>
          transaction.send([
            { sql: "CREATE TABLE t (id INTEGER PRIMARY KEY)" },
            { sql: "INSERT INTO t VALUES (1), (2), (3)" },
            { sql: "UPDATE t SET id = id + 10 WHERE id > 1" },
            { sql: "SELECT id FROM t" },
            { sql: "CREATE INDEX ix ON t (id)" },
            { sql: "DELETE FROM t WHERE id = $1", parameters: [12] },
            { sql: "DELETE FROM t WHERE id = 12" },
            // On SQLite these run on a thread.
            { sql: "INSERT INTO t SELECT a.id + b.id + 20 FROM t AS a, t AS b WHERE a.id <= b.id" },
            { sql: "SELECT count(*) FROM t AS a, t AS b" },
          ], (index) => answered.push(index))
        );
        expect(answered).toEqual([...changed.keys()]);
        expect(changed).toEqual([0, 3, 2, 0, 0, 1, 0, 3, 0]);
        expect(await ids(connection)).toEqual([1, 13, 22, 34, 46]);
      }),
    );

    test(
      "send() and batch() of nothing do nothing",
      onFresh(async (connection) => {
        expect(await connection.transaction((it) => it.send([]))).toEqual([]);
        expect(await connection.batch([])).toEqual([]);
      }),
    );

    test(
      "sendScript() runs statements that end in comments or return rows",
      onFresh(async (connection) => {
        const answered: number[] = [];
        await connection.transaction((transaction) =>
          transaction.sendScript([
            { sql: "CREATE TABLE t (id INTEGER PRIMARY KEY) -- that is all" },
            { sql: "INSERT INTO t VALUES (1), (2), (3)" },
            { sql: "SELECT id FROM t /* ; */" },
            { sql: "DELETE FROM t WHERE id > 2" },
          ], (index) => answered.push(index))
        );
        expect(answered).toEqual([0, 1, 2, 3]);
        expect(await ids(connection)).toEqual([1, 2]);
      }),
    );

    test(
      "sendScript() names the statement of 100 that fails only when it runs",
      onFresh(async (connection) => {
        await connection.query({ sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)" });
        await connection.query({ sql: "INSERT INTO t VALUES (-1, 'there')" });
        for (const index of [0, 1, 37, 99]) {
          const statements = Array.from({ length: 100 }, (_, it) => ({
            sql: `INSERT INTO t VALUES (${it === index ? -1 : it}, '${it % 3 ? "😀" : "é"}; --')`,
          }));
          const script = connection.transaction((it) => it.sendScript(statements));
          const { answer } = await failure(DatabaseError, script);
          expect(answer.index).toBe(index);
          expect(answer.statement.sql).toBe(statements[index]?.sql ?? "");
          expect(await ids(connection)).toEqual([-1]);
        }
      }),
    );

    describe("send(), sendScript() and batch() name the statement that failed", () => {
      test.each([0, 1, 37, 99])("number %i of 100", async (index) => {
        await onFresh(async (connection) => {
          await create(connection);
          for (const wrong of ["INSERT INTO nowhere VALUES (1)", "INSRT INTO t VALUES (1)"]) {
            const statements = Array.from(
              { length: 100 },
              (_, it) => it === index ? { sql: wrong } : insert(it),
            );
            const ways = [
              () => connection.transaction((transaction) => transaction.send(statements)),
              () => connection.transaction((transaction) => transaction.sendScript(statements)),
              () => connection.batch(statements),
            ];
            for (const run of ways) {
              const { answer } = await failure(DatabaseError, run());
              expect(answer.index).toBe(index);
              expect(answer.statement.sql).toBe(wrong);
            }
            expect(await ids(connection)).toEqual([]);
          }
        })();
      });
    });

    test(
      "batch() runs all its statements or none",
      onFresh(async (connection) => {
        await create(connection);
        expect(
          await connection.batch([insert(1), insert(2), { sql: "DELETE FROM t WHERE id < 9" }]),
        )
          .toEqual([1, 1, 2]);
        await failure(DatabaseError, connection.batch([insert(3), insert(3), insert(4)]));
        expect(await ids(connection)).toEqual([]);
      }),
    );

    test(
      "copyIn() stores rows on PostgreSQL, and is refused elsewhere",
      onFresh(async (connection) => {
        await connection.query({ sql: "CREATE TABLE t (id INTEGER, name TEXT)" });
        const copy = connection.copyIn(
          { sql: "COPY t (id, name) FROM STDIN" },
          pieces("1\té😀\n2", "\t\\N\n", "", "3\ta\\tb\n"),
        );
        if (!isPostgres) {
          expect((await failure(ToolError, copy)).code).toBe("operation/unsupported");
          return;
        }
        await copy;
        expect(await connection.query({ sql: "SELECT id, name FROM t ORDER BY id" })).toEqual([
          { id: 1, name: "é😀" },
          { id: 2, name: null },
          { id: 3, name: "a\tb" },
        ]);
      }),
    );
  });
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

test("connect() reads a missing SQLite file as empty, and creates neither it nor its folder", async () => {
  const path = `/tmp/migrate-missing-${process.pid}/a/b.db`;
  await using connection = await connect(`sqlite:///${path}`, { create: false });
  expect(await connection.query({ sql: "SELECT name FROM sqlite_schema" })).toEqual([]);
  expect(existsSync(`/tmp/migrate-missing-${process.pid}`)).toBe(false);
});
