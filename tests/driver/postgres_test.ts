import { describe, expect, test } from "bun:test";
import { connect as connectSocket, createServer } from "node:net";
import { once } from "node:events";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import type { Connection, ConnectOptions } from "../../lib/driver/driver.ts";
import { ToolError } from "../../lib/error.ts";
import { query, untilRuns } from "../cases/query.ts";
import { alteringProxy } from "../servers/altering_proxy.ts";
import { freshDatabase, postgresUrl } from "../servers/fresh_database.ts";
import { postgresServer } from "../servers/guarded_server.ts";
import { until } from "../until.ts";
import { connect, failure } from "./connect.ts";

const onFresh = (
  body: (connection: Connection, url: string) => Promise<void>,
  options: Partial<ConnectOptions> = {},
) =>
async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url, options);
  await body(connection, database.url);
};

describe("connect() explains what is wrong:", () => {
  test.each<[name: string, change: (url: URL) => void, message: RegExp, hint: RegExp]>([
    [
      "nothing listens",
      (it) => it.port = "1",
      /at 127.0.0.1:1: nothing listens there$/,
      /host and port/,
    ],
    [
      "an unknown host",
      (it) => it.hostname = "nowhere.invalid",
      /nowhere.invalid:\d+: the host name is unknown$/,
      /host and port/,
    ],
    [
      "a wrong password",
      (it) => it.password = "hunter2",
      /password authentication failed for user "migrate"$/,
      /Check the password for "migrate"/,
    ],
    [
      "no password",
      (it) => it.password = "",
      /password authentication failed for user "migrate"$/,
      /No password is given for "migrate"/,
    ],
    [
      "an unknown database",
      (it) => it.pathname = "/nowhere",
      /database "nowhere" does not exist$/,
      /createdb nowhere/,
    ],
    [
      "an unknown setting",
      (it) => it.search = "?options=-c%20nowhere%3D1",
      /unrecognized configuration parameter "nowhere"$/,
      /Check what the database URL says about the session/,
    ],
    [
      "a missing socket",
      (it) => it.search = "?host=/nowhere",
      /there is no socket in \/nowhere$/,
      /host and port/,
    ],
    [
      "a server without TLS",
      (it) => it.search = "?sslmode=require",
      /TLS failed: the server has none$/,
      /sslmode/,
    ],
    [
      "an unreadable certificate",
      (it) => it.search = "?sslmode=verify-full&sslrootcert=/nowhere.pem",
      /Cannot read the certificate or key "\/nowhere.pem"$/,
      /sslrootcert/,
    ],
    [
      "a server without the requested session attributes",
      (it) => it.search = "?target_session_attrs=standby",
      /Cannot use PostgreSQL at .*: it is not standby$/,
      /target_session_attrs/,
    ],
  ])("%s", async (_name, change, message, hint) => {
    const url = new URL(await postgresUrl());
    change(url);
    const error = await failure(ToolError, connect(url.href));
    expect(error.message).toMatch(message);
    expect(error.facts.hint).toMatch(hint);
    const { password } = await postgresServer();
    for (const secret of [password, encodeURIComponent(password), "hunter2"]) {
      expect(`${error.message} ${error.facts.hint} ${error.stack}`).not.toContain(secret);
    }
  });

  test.each([
    ["a server that hangs up", "", /closed the connection$/],
    [
      "a server that is not PostgreSQL",
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      /what answers is not PostgreSQL$/,
    ],
    ["a server that does not answer", undefined, /it does not answer$/],
  ])("%s", async (_name, answer, message) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      if (answer !== undefined) socket.once("data", () => socket.end(answer));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const error = await failure(
      ToolError,
      connect(`postgresql://app:hunter2@127.0.0.1:${port}/shop?connect_timeout=0.2`),
    );
    server.close();
    expect(error.code).toBe("database/unreachable");
    expect(error.message).toMatch(message);
  });

  test("an abort while it waits, or before", async () => {
    const interrupt = new AbortController();
    const server = createServer(() => interrupt.abort(new Error("enough"))).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const url = `postgresql://127.0.0.1:${port}/shop`;
    for (const _time of ["while it waits", "before"]) {
      expect(await failure(Error, connect(url, { signal: interrupt.signal }))).toBe(
        interrupt.signal.reason,
      );
    }
    server.close();
  });
});

test("connect() accepts a connect_timeout of none or of many years", async () => {
  for (const seconds of ["0", "999999999"]) {
    await using connection = await connect(`${await postgresUrl()}?connect_timeout=${seconds}`);
    expect(await connection.query({ sql: "SELECT 1 AS one" })).toEqual([{ one: 1 }]);
  }
});

test("connect() tries the next host if nothing listens on the first", async () => {
  const url = (await postgresUrl()).replace("@", "@127.0.0.1:1,");
  await using connection = await connect(url);
  expect(await connection.query({ sql: "SELECT 1 AS one" })).toEqual([{ one: 1 }]);
});

test("connect() says why each of several hosts failed", async () => {
  const url = (await postgresUrl()).replace("@", "@127.0.0.1:1,");
  const error = await failure(ToolError, connect(`${url}?target_session_attrs=standby`));
  expect(error.message).toMatch(/^Cannot use PostgreSQL at .*: it is not standby$/);
  expect(error.facts.detail).toBe(
    "Cannot connect to PostgreSQL at 127.0.0.1:1: nothing listens there",
  );
});

test.each([
  ["standby", 1, false],
  ["prefer-standby", 2, true],
])(
  "connect() does not retry without TLS to find out whether a server is %s",
  async (wanted, asked, found) => {
    const { host, port } = await postgresServer();
    const url = new URL(await postgresUrl());
    let count = 0;
    const server = createServer((client) => {
      count += 1;
      const upstream = connectSocket(port, host);
      for (const it of [client, upstream]) it.on("error", () => {});
      client.pipe(upstream).pipe(client);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    url.port = String(typeof address === "object" ? address?.port : 0);
    url.search = `?target_session_attrs=${wanted}`;
    const connection = await connect(url.href).catch(() => undefined);
    await connection?.[Symbol.asyncDispose]();
    server.close();
    expect(connection !== undefined).toBe(found);
    expect(count).toBe(asked);
  },
);

test("connect() uses a Unix socket if the host is its folder", async () => {
  const { socket, port, user, password } = await postgresServer();
  // A socket is not encrypted, whatever the URL says of TLS.
  for (const tls of ["", "&sslmode=require"]) {
    await using connection = await connect(
      `postgresql://${user}:${
        encodeURIComponent(password)
      }@/postgres?host=${socket}&port=${port}${tls}`,
    );
    expect(await connection.query({ sql: "SELECT inet_client_addr() AS address" })).toEqual([{
      address: null,
    }]);
  }
});

test("connect() distinguishes a primary from a session that may write", async () => {
  const readOnly = "options=-c%20default_transaction_read_only%3Don";
  for (const wanted of ["primary", "read-only"]) {
    await using connection = await connect(
      `${await postgresUrl()}?${readOnly}&target_session_attrs=${wanted}`,
    );
    expect(connection.readOnly).toBe("session");
  }
  for (
    const refused of [
      `${readOnly}&target_session_attrs=read-write`,
      "target_session_attrs=read-only",
    ]
  ) {
    await failure(ToolError, connect(`${await postgresUrl()}?${refused}`));
  }
});

test("connect() sends the URL's options, search_path and application_name", async () => {
  const setting = async (query: string, name: string, options: Partial<ConnectOptions> = {}) => {
    await using connection = await connect(`${await postgresUrl()}${query}`, options);
    return (await connection.query({ sql: `SELECT current_setting('${name}') AS it` }))[0]?.["it"];
  };
  expect(await setting("?options=-c%20search_path%3Dapp", "search_path")).toBe("app");
  expect(await setting("?search_path=app", "search_path")).toBe("app");
  expect(await setting("", "application_name")).toBe("migrate");
  expect(await setting("", "application_name", { applicationName: "migrate a1b2" })).toBe(
    "migrate a1b2",
  );
  expect(await setting("?application_name=shop", "application_name")).toBe("shop");
  expect(await setting("", "client_connection_check_interval")).toBe("1s");
});

test(
  "query() reads values the same way, whatever the session's settings",
  onFresh(async (_, url) => {
    const own = [
      "standard_conforming_strings=off",
      "bytea_output=escape",
      String.raw`DateStyle=SQL,\ DMY`,
      "IntervalStyle=sql_standard",
      "extra_float_digits=-5",
      "quote_all_identifiers=on",
    ];
    const options = own.map((it) => `-c ${it}`);
    await using connection = await connect(
      `${url}?options=${encodeURIComponent(options.join(" "))}`,
    );
    const [row] = await connection.query({
      sql: String.raw`SELECT 'a\b' AS text, '\x6162'::bytea AS bytes, DATE '02/01/2020' AS day,
        INTERVAL '-1 day -2 hours' AS span, 0.1::float8 + 0.2 AS number,
        format_type('text'::regtype, NULL) AS type, current_setting('DateStyle') AS style`,
    });
    expect(row).toEqual({
      text: "a\\b",
      bytes: new Uint8Array([0x61, 0x62]),
      day: "2020-01-02",
      span: "-1 days -02:00:00",
      number: 0.1 + 0.2,
      type: "text",
      style: "ISO, DMY",
    });
  }),
);

test(
  "query() reads PostgreSQL's own types",
  onFresh(async (connection) => {
    const [row] = await connection.query({
      sql: `SELECT 12345678901234567890.5::numeric AS exact, '{"a":[1]}'::jsonb AS document,
        ARRAY['a', 'b'] AS list, DATE '2026-01-08' AS day, TIMESTAMPTZ '2026-01-08 14:30:00.123456+00' AS time,
        INTERVAL '1 day' AS span, 'b'::"char" AS letter, 1.5::real AS real, uuid_nil AS id
        FROM (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS uuid_nil) AS t`,
    });
    expect(row).toEqual({
      exact: "12345678901234567890.5",
      document: { a: [1] },
      list: "{a,b}",
      day: "2026-01-08",
      time: expect.stringMatching(/14:30:00\.123456/),
      span: "1 day",
      letter: "b",
      real: 1.5,
      id: "00000000-0000-0000-0000-000000000000",
    });
  }),
);

test(
  "query() writes a string as a JSON document, and a timestamp with all its digits",
  onFresh(async (connection) => {
    await connection.query({
      sql: "CREATE TABLE t (document jsonb, time timestamptz, price numeric)",
    });
    const time = "2026-01-08 14:30:00.123456+00";
    const parameters = ['{"a": "é"}', time, "12345678901234567890.5"];
    await connection.query({ sql: "INSERT INTO t VALUES ($1, $2, $3)", parameters });
    expect(
      await connection.query({
        sql: "SELECT document, time = $1 AS same, price::text AS price FROM t",
        parameters: [time],
      }),
    ).toEqual([{ document: { a: "é" }, same: true, price: "12345678901234567890.5" }]);
  }),
);

test(
  "query() passes on the server's detail, hint and context",
  onFresh(async (connection) => {
    const sql =
      "DO $$ BEGIN RAISE 'no' USING DETAIL = 'the detail', HINT = 'the hint', ERRCODE = 'P0042'; END $$";
    const { answer } = await failure(DatabaseError, connection.query({ sql }));
    expect(answer).toMatchObject({
      message: "no",
      sqlState: "P0042",
      serverDetail: "the detail",
      serverHint: "the hint",
      context: expect.stringContaining("PL/pgSQL function"),
    });
  }),
);

test("query() passes notices to onNotice", async () => {
  const notices: string[] = [];
  await onFresh(async (connection) => {
    await connection.query({ sql: "CREATE TABLE IF NOT EXISTS t ()" });
    await connection.query({ sql: "CREATE TABLE IF NOT EXISTS t ()" });
  }, { onNotice: (text) => notices.push(text) })();
  expect(notices).toEqual(['NOTICE: relation "t" already exists, skipping']);
});

test(
  "send() runs thousands of statements",
  onFresh(async (connection) => {
    // It must send them without waiting for each answer.
    const statements = Array.from(
      { length: 4000 },
      (_, it) => ({ sql: `INSERT INTO t VALUES (${it})` }),
    );
    await connection.query({ sql: "CREATE TABLE t (id integer)" });
    const changed = await connection.transaction((transaction) => transaction.send(statements));
    expect(changed.length).toBe(4000);
    expect(await connection.query({ sql: "SELECT count(*) AS n, sum(id) AS sum FROM t" }))
      .toEqual([{ n: 4000, sum: 7998000 }]);
  }),
);

test(
  "transaction() throws if the commit fails",
  onFresh(async (connection) => {
    await connection.query({
      sql: "CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
    });
    const body = connection.transaction((it) => it.query({ sql: "INSERT INTO t VALUES (1, 2)" }));
    expect((await failure(DatabaseError, body)).answer.sqlState).toBe("23503");
    expect(await connection.query({ sql: "SELECT * FROM t" })).toEqual([]);
  }),
);

test(
  "transaction() fails even if its body catches the error of a statement",
  onFresh(async (connection) => {
    const body = connection.transaction(async (transaction) => {
      await transaction.query({ sql: "CREATE TABLE t ()" });
      await transaction.query({ sql: "SELECT 1 / 0" }).catch(() => {});
    });
    expect((await failure(ToolError, body)).message).toMatch(/Cannot commit/);
    expect(await connection.query({ sql: "SELECT to_regclass('t') AS t" })).toEqual([{ t: null }]);
  }),
);

test(
  "cancel() stops the running statement, and the connection stays usable",
  onFresh(async (connection, url) => {
    const sleeping = failure(DatabaseError, connection.query({ sql: "SELECT pg_sleep(600)" }));
    await untilRuns(url, "SELECT pg_sleep");
    await connection.cancel();
    expect((await sleeping).answer.sqlState).toBe("57014");
    expect(await connection.query({ sql: "SELECT 1 AS one" })).toEqual([{ one: 1 }]);
    await connection.cancel();
  }),
);

test("beside() uses a separate session, which ends with the connection", async () => {
  await using database = await freshDatabase("postgres");
  const connection = await connect(database.url);
  const asked = [1, 2].map(() => connection.beside({ sql: "SELECT pg_backend_pid() AS pid" }));
  const [first, second] = await Promise.all(asked);
  expect(first).toEqual(second ?? []);
  expect(first).not.toEqual([{ pid: connection.backend }]);
  await connection[Symbol.asyncDispose]();
  const left = `SELECT pid FROM pg_stat_activity WHERE pid = ${first?.[0]?.["pid"]}`;
  await until(async () => (await query(database.url, left)).length === 0);
});

test("beside() opens its session again if there were too many, or if it was lost", async () => {
  await using database = await freshDatabase("postgres");
  await using administrator = await connect(database.url);
  const role = `limited_${crypto.randomUUID().slice(0, 8)}`;
  const limit = (most: number) =>
    administrator.query({ sql: `ALTER ROLE ${role} LOGIN PASSWORD 'x' CONNECTION LIMIT ${most}` });
  await administrator.query({ sql: `CREATE ROLE ${role}` });
  await limit(1);
  const url = new URL(database.url);
  url.username = role;
  url.password = "x";
  await using connection = await connect(url.href);
  const asked = () => connection.beside({ sql: "SELECT pg_backend_pid() AS pid" });
  const refused = await failure(Error, asked());
  expect(refused.message).toContain("too many connections");
  await limit(2);
  const [first] = await asked();
  await failure(DatabaseError, connection.beside({ sql: "SELECT 1 / 0" }));
  expect(await asked()).toEqual([{ pid: first?.["pid"] }]);
  await administrator.query({ sql: `SELECT pg_terminate_backend(${first?.["pid"]}, 10000)` });
  await failure(ToolError, asked());
  expect(await asked()).not.toEqual([{ pid: first?.["pid"] }]);
  await connection[Symbol.asyncDispose]();
  await until(async () => {
    const sql = `SELECT FROM pg_stat_activity WHERE usename = '${role}'`;
    return (await administrator.query({ sql })).length === 0;
  });
  await administrator.query({ sql: `DROP ROLE ${role}` });
});

test("a session whose transaction cannot be rolled back is lost, and ends on the server", async () => {
  await using database = await freshDatabase("postgres");
  const url = new URL(database.url);
  await using proxy = await alteringProxy(
    Number(url.port),
    (text) => text.replace("ROLLBACK", "ROLLBECK"),
  );
  url.port = String(proxy.port);
  await using connection = await connect(url.href);
  const failed = connection.transaction(async (session) => {
    await session.query({ sql: "CREATE TABLE t (id integer)" });
    await session.query({ sql: "SELECT 1 / 0" });
  });
  expect((await failure(DatabaseError, failed)).answer.sqlState).toBe("22012");
  const after = await failure(ToolError, connection.query({ sql: "SELECT 1" }));
  expect([after.code, after.message]).toEqual([
    "database/unreachable",
    expect.stringContaining("Lost the connection to PostgreSQL"),
  ]);
  const left = `SELECT FROM pg_stat_activity WHERE pid = ${connection.backend}`;
  await until(async () => (await query(database.url, left)).length === 0);
  expect(await query(database.url, "SELECT to_regclass('t') AS t")).toEqual([{ t: null }]);
});

test("disposing of a connection does not wait for a session beside it that does not open", async () => {
  await using database = await freshDatabase("postgres");
  const url = new URL(database.url);
  const opening = Promise.withResolvers<void>();
  await using proxy = await alteringProxy(Number(url.port), (text, client) => {
    if (client === 1) return text;
    opening.resolve();
    return undefined;
  });
  url.port = String(proxy.port);
  const connection = await connect(url.href);
  const asked = failure(Error, connection.beside({ sql: "SELECT 1" }));
  await opening.promise;
  const start = performance.now();
  await connection[Symbol.asyncDispose]();
  await asked;
  expect(performance.now() - start).toBeLessThan(2000);
});

test("disposing of a connection stops its running statement", async () => {
  await using database = await freshDatabase("postgres");
  const connection = await connect(database.url);
  const sleeping = failure(ToolError, connection.query({ sql: "SELECT pg_sleep(600)" }));
  await untilRuns(database.url, "SELECT pg_sleep");
  await connection[Symbol.asyncDispose]();
  await sleeping;
  const left = `SELECT pid FROM pg_stat_activity WHERE pid = ${connection.backend}`;
  await until(async () => (await query(database.url, left)).length === 0);
});

test(
  "a connection that the server has terminated is not reopened",
  onFresh(async (connection, url) => {
    await using other = await connect(url);
    await connection.query({ sql: "CREATE TABLE t (id int)" });
    const [row] = await connection.query({ sql: "SELECT pg_backend_pid() AS pid" });
    const body = connection.transaction(async (transaction) => {
      await transaction.query({ sql: "INSERT INTO t VALUES (1)" });
      await other.query({ sql: `SELECT pg_terminate_backend(${row?.["pid"]}, 5000)` });
      await failure(ToolError, transaction.query({ sql: "INSERT INTO t VALUES (2)" }));
      await transaction.query({ sql: "INSERT INTO t VALUES (3)" });
    });
    expect((await failure(ToolError, body)).code).toBe("database/unreachable");
    const later = await failure(ToolError, connection.query({ sql: "INSERT INTO t VALUES (4)" }));
    expect(later.message).toMatch(
      /^Lost the connection to PostgreSQL at 127\.0\.0\.1:\d+: terminating connection/,
    );
    expect(await other.query({ sql: "SELECT * FROM t" })).toEqual([]);
  }),
);

test(
  "send() and sendScript() fail, and resend nothing, if the server terminates the connection",
  onFresh(async (connection, url) => {
    await using other = await connect(url);
    await connection.query({ sql: "CREATE TABLE t (id int)" });
    const statements = Array.from(
      { length: 2000 },
      (_, it) =>
        it === 500
          ? { sql: "SELECT pg_terminate_backend(pg_backend_pid())" }
          : { sql: `INSERT INTO t VALUES (${it})` },
    );
    await failure(ToolError, connection.transaction((it) => it.send(statements)));
    await using third = await connect(url);
    const script = third.transaction((it) => it.sendScript(statements));
    expect((await failure(ToolError, script)).code).toBe("database/unreachable");
    expect(await other.query({ sql: "SELECT * FROM t" })).toEqual([]);
  }),
);

test(
  "a COPY to or from the client is refused, alone or among others, and harms nothing",
  onFresh(async (connection) => {
    await connection.query({ sql: "CREATE TABLE t AS SELECT generate_series(1, 1000) AS id" });
    for (const sql of ["COPY t TO STDOUT", "/* */ COPY t FROM STDIN"]) {
      const among = [{ sql: "SELECT 1" }, { sql }, { sql: "SELECT 2" }];
      const ways = [
        () => connection.query({ sql }),
        () => connection.transaction((it) => it.send(among)),
        () => connection.transaction((it) => it.sendScript(among)),
      ];
      for (const way of ways) {
        expect((await failure(ToolError, way())).code).toBe("operation/unsupported");
        expect(await connection.query({ sql: "SELECT count(*) AS n FROM t" }))
          .toEqual([{ n: 1000 }]);
      }
    }
  }),
);

test(
  "pooled is false on a direct connection",
  onFresh(async (connection) => {
    expect(connection.pooled).toBe(false);
  }),
);

describe("copyIn() fails, and the connection stays usable, when", () => {
  const lines = async function* (count: number, last: string) {
    for (let it = 0; it < count; it++) yield `${it}\tname ${it}\n`;
    yield last;
  };
  const broken = async function* () {
    yield "1\ta\n";
    throw new Error("the file ended");
  };
  test.each<[name: string, data: AsyncIterable<string>, message: RegExp]>([
    ["the only row is wrong", lines(0, "x\ty\n"), /invalid input syntax for type integer/],
    ["the last row lacks a column", lines(10, "11"), /missing data for column "name"/],
    [
      "the last of many rows is wrong",
      lines(200_000, "x\ty\n"),
      /invalid input syntax for type integer/,
    ],
    ["a key is duplicated", lines(5, "1\ty\n"), /duplicate key/],
    ["its input breaks off", broken(), /the file ended/],
  ])("%s", async (_name, data, message) => {
    await onFresh(async (connection) => {
      await connection.query({ sql: "CREATE TABLE t (id int PRIMARY KEY, name text)" });
      const copy = connection.copyIn({ sql: "COPY t FROM STDIN" }, data);
      expect((await failure(Error, copy)).message).toMatch(message);
      expect(await connection.query({ sql: "SELECT * FROM t" })).toEqual([]);
    })();
  });

  test(
    "the table is missing",
    onFresh(async (connection) => {
      const copy = connection.copyIn({ sql: "COPY nowhere FROM STDIN" }, lines(10, ""));
      expect((await failure(DatabaseError, copy)).answer.sqlState).toBe("42P01");
      expect(await connection.query({ sql: "SELECT 1 AS one" })).toEqual([{ one: 1 }]);
    }),
  );

  test(
    "its input breaks off in a transaction, which is rolled back",
    onFresh(async (connection) => {
      const body = connection.transaction(async (transaction) => {
        await transaction.query({ sql: "CREATE TABLE t (id int, name text)" });
        await transaction.copyIn({ sql: "COPY t FROM STDIN" }, lines(10, ""));
        await transaction.copyIn({ sql: "COPY t FROM STDIN" }, broken());
      });
      expect((await failure(Error, body)).message).toBe("the file ended");
      expect(await connection.query({ sql: "SELECT to_regclass('t') AS t" })).toEqual([{
        t: null,
      }]);
    }),
  );
});
