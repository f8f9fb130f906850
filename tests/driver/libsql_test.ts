import { describe, expect, test } from "bun:test";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import { ToolError } from "../../lib/error.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { libsqlProxy } from "../servers/libsql_proxy.ts";
import { silentServer } from "../servers/silent_server.ts";
import { connect, failure } from "./connect.ts";

const insert = (id: number) => ({ sql: `INSERT INTO t VALUES (${id})` });
const create = { sql: "CREATE TABLE t (id INTEGER PRIMARY KEY)" };

test("connect() uses HTTP for a ws:// URL", async () => {
  await using database = await freshDatabase("libsql");
  await using connection = await connect(database.url.replace("http", "ws"));
  expect(await connection.batch([create, insert(1)])).toEqual([0, 1]);
});

test("a parameter without a value is refused before anything is sent", async () => {
  await using database = await freshDatabase("libsql");
  await using connection = await connect(database.url);
  await connection.query(create);
  const wrong = { sql: "INSERT INTO t VALUES (:id)" };
  for (
    const run of [
      () => connection.query(wrong),
      () => connection.batch([insert(1), wrong]),
      () => connection.transaction((it) => it.send([insert(2), wrong])),
    ]
  ) {
    const { answer } = await failure(DatabaseError, run());
    expect([answer.message, answer.statement]).toEqual(["no value is given for :id", wrong]);
  }
  expect(await connection.query({ sql: "SELECT id FROM t" })).toEqual([]);
});

describe("connect() explains what is wrong:", () => {
  test.each([
    [
      "nothing listens",
      "http://127.0.0.1:1?authToken=hunter2",
      /at http:\/\/127.0.0.1:1: nothing listens there$/,
    ],
    [
      "an unknown host",
      "libsql://nowhere.invalid?authToken=hunter2",
      /the host name is unknown$/,
    ],
    [
      "a host whose name speaks of a token",
      "libsql://auth-jwt-401.invalid?authToken=hunter2",
      /the host name is unknown$/,
    ],
  ])("%s", async (_name, url, message) => {
    const error = await failure(ToolError, connect(url));
    expect(error.code).toBe("database/unreachable");
    expect(error.message).toMatch(message);
    expect(`${error.message} ${error.facts.hint}`).not.toContain("hunter2");
  });

  test.each([
    "http://127.0.0.1:99999?authToken=hunter2",
    "http://127.0.0.1:1?tls=1&authToken=hunter2",
    "libsql://127.0.0.1?tls=0&authToken=hunter2",
    "libsql://127.0.0.1?tls=no&authToken=hunter2",
  ])("a contradictory URL: %s", async (url) => {
    const error = await failure(ToolError, connect(url));
    expect(error.code).toBe("config/url");
    expect(error.message).toStartWith("Cannot read the libSQL URL: ");
    expect(`${error.message} ${error.facts.hint}`).not.toContain("hunter2");
  });

  test("a server that rejects the token", async () => {
    await using server = Bun.serve({ port: 0, fetch: () => new Response("no", { status: 401 }) });
    const error = await failure(
      ToolError,
      connect(`http://127.0.0.1:${server.port}?authToken=hunter2`),
    );
    expect(error.message).toMatch(/does not accept the token$/);
  });

  test("a server that does not answer", async () => {
    await using server = await silentServer();
    const error = await failure(
      ToolError,
      connect(`${server.url}?connect_timeout=0.2&authToken=hunter2`),
    );
    expect(error.code).toBe("database/unreachable");
    expect(error.message).toBe(`Cannot connect to libSQL at ${server.url}: it does not answer`);
    expect(error.facts.hint).toContain("connect_timeout=SECONDS");
  });

  test("a server of another kind, and a server without TLS", async () => {
    await using postgres = await freshDatabase("postgres");
    const other = await failure(ToolError, connect(`http://${new URL(postgres.url).host}`));
    expect(other.message).toEndWith(": what listens there closes the connection");
    await using server = Bun.serve({ port: 0, fetch: () => new Response("no") });
    const plain = await failure(ToolError, connect(`https://127.0.0.1:${server.port}`));
    expect(plain.message).toEndWith(": what listens there does not speak TLS");
    expect(plain.facts.hint).toContain("http://");
  });

  test.each(
    [
      ["a text", () => new Response("hello"), "what listens there is not a libSQL server"],
      ["nothing", () => new Response(""), "what listens there is not a libSQL server"],
      ["other JSON", () => Response.json({}), "what listens there is not a libSQL server"],
      [
        "a redirection to itself",
        () => Response.redirect("/login", 302),
        "what listens there is not a libSQL server",
      ],
      ["404", () => new Response("no", { status: 404 }), "it answers with HTTP status 404"],
    ] as const,
  )("a server that answers with %s", async (_name, answer, found) => {
    await using server = Bun.serve({ port: 0, fetch: answer });
    const error = await failure(ToolError, connect(`http://127.0.0.1:${server.port}`));
    expect([error.message, error.facts.hint]).toEqual([
      `Cannot connect to libSQL at http://127.0.0.1:${server.port}: ${found}`,
      "Name a libSQL server in the database URL",
    ]);
  });

  test("a server that goes while it is in use", async () => {
    await using database = await freshDatabase("libsql");
    const proxy = libsqlProxy(database.url, () => {});
    await using connection = await connect(proxy.url);
    await proxy[Symbol.asyncDispose]();
    const { message } = await failure(ToolError, connection.query({ sql: "SELECT 1" }));
    expect(message).toMatch(
      /^Lost the connection to libSQL: (?:what listens there closes the connection|nothing listens there)$/,
    );
  });

  test("an abort while it waits, or before", async () => {
    const interrupt = new AbortController();
    await using server = await silentServer(() => interrupt.abort(new Error("enough")));
    const { signal } = interrupt;
    for (const _time of ["while it waits", "before"]) {
      expect(await failure(Error, connect(`${server.url}?connect_timeout=0`, { signal }))).toBe(
        signal.reason,
      );
    }
  });
});

const endless = {
  sql:
    "INSERT INTO t WITH RECURSIVE c (x) AS (SELECT 9 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
};

test("cancel() abandons the request in flight, which the server rolls back", async () => {
  await using database = await freshDatabase("libsql");
  let seen = () => {};
  await using proxy = libsqlProxy(database.url, (text) => void (/RECURSIVE/.test(text) && seen()));
  await using connection = await connect(proxy.url);
  await connection.transaction((session) => session.query(create));
  const cancelled = () => new Promise<void>((resolve) => seen = resolve);
  let soon = cancelled().then(() => connection.cancel());
  expect((await failure(ToolError, connection.batch([insert(1), endless]))).code).toBe(
    "database/unreachable",
  );
  await soon;
  soon = cancelled().then(() => connection.cancel());
  const body = connection.transaction(async (session) => {
    await session.query(insert(2));
    await session.query(endless);
  });
  expect((await failure(ToolError, body)).code).toBe("database/unreachable");
  await soon;
  await connection.batch([insert(3)]);
  expect(await connection.query({ sql: "SELECT id FROM t" })).toEqual([{ id: 3 }]);
});

test("cancel() does not interrupt a COMMIT", async () => {
  await using database = await freshDatabase("libsql");
  let commits = 0;
  let cancel = async () => {};
  await using proxy = libsqlProxy(database.url, async (text) => {
    if (!/COMMIT/.test(text)) return;
    commits++;
    await cancel();
  });
  await using connection = await connect(proxy.url);
  cancel = () => connection.cancel();
  await connection.query(create);
  await connection.transaction(async (session) => void await session.query(insert(1)));
  expect(commits).toBe(1);
  expect(await connection.query({ sql: "SELECT id FROM t" })).toEqual([{ id: 1 }]);
});

test("transaction() fails even if its body catches the error of a statement", async () => {
  await using database = await freshDatabase("libsql");
  await using connection = await connect(database.url);
  await connection.batch([create]);
  const body = connection.transaction(async (session) => {
    await session.query(insert(1));
    await session.query(insert(1)).catch(() => {});
  });
  expect((await failure(ToolError, body)).message).toStartWith("Cannot continue");
  expect(await connection.query({ sql: "SELECT id FROM t" })).toEqual([]);
});

test("query() gives the right position of a wrong word that occurs twice", async () => {
  await using database = await freshDatabase("libsql");
  await using connection = await connect(database.url);
  for (const sql of ["SELECT 'é', 'wrong', wrong", "SELECT 'é', 'wrong' AS a wrong b"]) {
    const { answer } = await failure(DatabaseError, connection.query({ sql }));
    expect(answer.position).toBe(sql.lastIndexOf("wrong") + 1);
  }
});

test("batch() turns foreign keys off on request, for itself only", async () => {
  await using database = await freshDatabase("libsql");
  await using connection = await connect(database.url);
  await connection.batch([
    create,
    { sql: "CREATE TABLE c (t REFERENCES t ON DELETE CASCADE)" },
    insert(1),
  ]);
  await connection.batch([{ sql: "INSERT INTO c VALUES (1)" }]);
  const counts = [{ sql: "DELETE FROM t" }, insert(1)];
  await connection.batch(counts, { foreignKeys: false });
  expect(await connection.query({ sql: "SELECT count(*) AS n FROM c" })).toEqual([{ n: 1 }]);
  await connection.batch(counts);
  expect(await connection.query({ sql: "SELECT count(*) AS n FROM c" })).toEqual([{ n: 0 }]);
});

test(
  "transaction() commits nothing after the server has ended it after five seconds",
  async () => {
    await using database = await freshDatabase("libsql");
    await using first = await connect(database.url);
    await using second = await connect(database.url);
    await first.batch([create]);
    const slow = first.transaction(async (transaction) => {
      await transaction.query(insert(1));
      await second.batch([insert(2)]);
      const error = await failure(DatabaseError, transaction.query(insert(3)));
      expect(error.answer.sqlState).toBe("TRANSACTION_TIMEOUT");
      expect(error.facts.hint).toMatch(/five seconds/);
      await failure(ToolError, transaction.query(insert(4)));
      await failure(ToolError, transaction.send([insert(5)]));
    });
    await failure(ToolError, slow);
    await first.batch([insert(6)]);
    expect(await first.query({ sql: "SELECT id FROM t" })).toEqual([{ id: 2 }, { id: 6 }]);
  },
  15_000,
);
