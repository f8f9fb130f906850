import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import type { Session } from "../../lib/driver/driver.ts";
import { fileLockHolders, lockingProcesses } from "../../lib/driver/sqlite/file_lock_holders.ts";
import { deviceNumbers, deviceOf, lockableFile } from "../../lib/driver/sqlite/lockable_file.ts";
import { positionOf } from "../../lib/driver/sqlite/sqlite_error.ts";
import { ToolError } from "../../lib/error.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { until } from "../until.ts";
import { connect, failure } from "./connect.ts";

/** Runs `body` with the path of a file that does not exist, in a folder of its own. */
const onPath = (body: (path: string, folder: string) => Promise<void>) => async () => {
  await using database = await freshDatabase("sqlite");
  const path = database.url.replace("sqlite:///", "");
  await body(path, path.replace(/\/[^/]*$/, ""));
};
const open = (path: string, options: Parameters<typeof connect>[1] = {}) =>
  connect(`sqlite:///${path}`, options);

test.each(["renamed over", "renamed over, through a symbolic link", "deleted"])(
  "transaction() fails if the file is meanwhile %s, and the one in its place stays as it is",
  (how) =>
    onPath(async (path, folder) => {
      await using other = await open(`${folder}/other.db`);
      await other.query({ sql: "CREATE TABLE restored (a)" });
      const link = `${folder}/link.db`;
      writeFileSync(path, "");
      symlinkSync(path, link);
      await using connection = await open(how.includes("link") ? link : path);
      const replace = () =>
        how === "deleted" ? rmSync(path) : renameSync(`${folder}/other.db`, path);
      const steps = [
        async (session: Session) => {
          await session.query({ sql: "CREATE TABLE t (a)" });
          replace();
        },
        // Nor can the next transaction write anything.
        async (session: Session) => void await session.query({ sql: "CREATE TABLE u (a)" }),
      ];
      for (const body of steps) {
        const error = await failure(ToolError, connection.transaction(body));
        expect([error.code, error.message]).toEqual([
          "database/failed",
          expect.stringMatching(
            /^Cannot commit: the file ".*" was moved or replaced while it was open$/,
          ),
        ]);
      }
      if (how === "deleted") return expect(existsSync(path)).toBe(false);
      await using found = await open(path);
      expect(await found.query({ sql: "SELECT name FROM sqlite_schema" })).toEqual([
        { name: "restored" },
      ]);
    })(),
);

test("query() refuses a ? placeholder", async () => {
  await using connection = await connect("sqlite://");
  for (const sql of ["SELECT ?", "SELECT $1, ?", "SELECT '?', ? -- ?"]) {
    const error = await failure(DatabaseError, connection.query({ sql, parameters: [1] }));
    expect(error.message).toContain("a value is written $1, not ?");
    expect(error.answer.statement.sql).toBe(sql);
  }
  const none = { sql: `SELECT '?' AS "a?", [b?], $1, ?1 /* ? */ FROM (SELECT 2 AS "b?") -- ?` };
  expect(await connection.query({ ...none, parameters: [1] })).toMatchObject([{ "a?": "?" }]);
});

test("query() finds a ? placeholder after a string of any length", async () => {
  await using connection = await connect("sqlite://");
  const text = `'${"long? ".repeat(1_000_000)}'`;
  expect(await connection.query({ sql: `SELECT length(${text}) AS l` })).toEqual([{
    l: 6_000_000,
  }]);
  const error = await failure(DatabaseError, connection.query({ sql: `SELECT ${text}, ?` }));
  expect(error.message).toContain("no value is given for ?");
});

const unbound: readonly (readonly [sql: string, parameter: string])[] = [
  ["UPDATE t SET a = ?", "?"],
  ["UPDATE t SET a = ?2", "?2"],
  ["UPDATE t SET a = :email", ":email"],
  ["UPDATE t SET a = 12:30", ":30"],
  ["UPDATE t SET a = @email -- $b", "@email"],
  ["UPDATE t SET a = '?' || \"a\" || [a] || `a` /* ' */ || $email", "$email"],
  ["SELECT a FROM t WHERE a = $1", "$1"],
  ["DELETE FROM t WHERE a = ? RETURNING a", "?"],
];

for (const [sql, parameter] of unbound) {
  test(`a parameter without a value is refused: ${sql}`, async () => {
    await using connection = await connect("sqlite://");
    await connection.query({ sql: "CREATE TABLE t (a)" });
    for (const transaction of [false, true]) {
      const run = () => connection.query({ sql });
      const refused = transaction ? connection.transaction(run) : run();
      const error = await failure(DatabaseError, refused);
      expect(error.answer.message).toBe(`no value is given for ${parameter}`);
    }
  });
}

test("what only looks like a parameter has no value", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: 'CREATE TABLE "a?" (a$1, [b:c], `d@e`) /* ? */ -- :f' });
  const sql = "INSERT INTO \"a?\" (a$1, [b:c]) VALUES ('12:30', json_extract('[1]', '$[0]')) /* ?";
  await connection.query({ sql });
  expect(await connection.query({ sql: 'SELECT a$1, [b:c] FROM "a?"' })).toEqual([
    { a$1: "12:30", "b:c": 1 },
  ]);
});

describe("connect()", () => {
  test(
    "reads a missing file as empty without creating it or its folder",
    onPath(async (path, folder) => {
      for (const missing of [path, `${folder}/a/b.db`]) {
        await using connection = await open(missing, { create: false });
        expect(await connection.query({ sql: "SELECT name FROM sqlite_schema" })).toEqual([]);
      }
      expect(readdirSync(folder)).toEqual([]);
    }),
  );

  test(
    "creates a missing file if told to",
    onPath(async (path) => {
      await using connection = await open(path);
      await connection.query({ sql: "CREATE TABLE t (a)" });
      expect(existsSync(path)).toBe(true);
    }),
  );

  test(
    "takes every character of a path literally",
    onPath(async (_path, folder) => {
      const path = `${folder}/a b#%41é.db`;
      await using connection = await open(path);
      await connection.query({ sql: "CREATE TABLE t (a)" });
      expect(readdirSync(folder)).toEqual(["a b#%41é.db"]);
    }),
  );

  test.each<[name: string, make: (path: string) => string, found: RegExp]>([
    ["a directory", (path) => (mkdirSync(path), path), /it is a directory$/],
    [
      "a file that is not a database",
      (path) => (writeFileSync(path, "hello ".repeat(100)), path),
      /file is not a database$/,
    ],
    ["a missing folder", (path) => `${path}/sub/dev.db`, /its folder does not exist$/],
    [
      "a folder that is a file",
      (path) => (writeFileSync(path, ""), `${path}/dev.db`),
      /its folder is a file$/,
    ],
  ])("refuses %s", async (_name, make, found) => {
    await onPath(async (path) => {
      const error = await failure(ToolError, open(make(path)));
      expect(error.code).toBe("database/unreachable");
      expect(error.message).toMatch(found);
      expect(error.message.match(/Cannot open/g)).toHaveLength(1);
      expect(error.facts.hint).toBeDefined();
    })();
  });

  test(
    "refuses a file that it has no permission to read",
    onPath(async (path, folder) => {
      chmodSync(folder, 0o777);
      const [file, closed] = [`${folder}/file.db`, `${folder}/closed`];
      mkdirSync(closed);
      for (const it of [file, `${closed}/file.db`]) writeFileSync(it, "");
      for (const it of [file, closed]) chmodSync(it, 0);
      // Root may read everything.
      const program = join(import.meta.dirname, "open_unprivileged.ts");
      const files = [path, file, `${closed}/file.db`];
      await using child = Bun.spawn([process.execPath, program, ...files], { stdout: "pipe" });
      expect((await new Response(child.stdout).text()).trimEnd().split("\n")).toEqual([
        "opened",
        expect.stringMatching(/permission is denied$/),
        expect.stringMatching(/permission is denied$/),
      ]);
      chmodSync(closed, 0o700);
    }),
  );
});

describe("Foreign keys", () => {
  const broken = [
    { sql: "CREATE TABLE p (id INTEGER PRIMARY KEY)" },
    { sql: "CREATE TABLE c (p REFERENCES p)" },
    { sql: "INSERT INTO c VALUES (1)" },
  ];

  test(
    "are not enforced by default, as in sqlite3",
    onPath(async (path) => {
      await using connection = await open(path);
      for (const it of broken) await connection.query(it);
      await connection.batch([{ sql: "INSERT INTO c VALUES (2)" }]);
      expect(await connection.query({ sql: "PRAGMA foreign_keys" })).toEqual([{ foreign_keys: 0 }]);
    }),
  );

  test(
    "are enforced on request, except in a batch that turns them off",
    onPath(async (path) => {
      await using connection = await open(path, { foreignKeys: true });
      expect((await failure(DatabaseError, connection.batch(broken))).answer.sqlState)
        .toBe("SQLITE_CONSTRAINT_FOREIGNKEY");
      await connection.batch(broken, { foreignKeys: false });
      const insert = { sql: "INSERT INTO c VALUES (2)" };
      await failure(DatabaseError, connection.transaction((it) => it.query(insert)));
    }),
  );
});

describe("Two connections", () => {
  test(
    "wait for each other",
    onPath(async (path) => {
      await using first = await open(path);
      await using second = await open(path);
      await first.query({ sql: "CREATE TABLE t (id INTEGER)" });
      await using hasty = await open(path, { lockWaitMilliseconds: 100 });
      const insert = { sql: "INSERT INTO t VALUES (1)" };
      const { waiting } = await first.transaction(async (transaction) => {
        await transaction.query(insert);
        const waiting = second.transaction((it) => it.query({ sql: "SELECT id FROM t" }));
        // It waits longer than another one, which gives up.
        await failure(ToolError, hasty.batch([insert]));
        return { waiting };
      });
      expect(await waiting).toEqual([{ id: 1 }]);
    }),
  );

  // In a file of more than a megabyte, a COMMIT runs on the thread.
  test.each([["a small", 0], ["a large", 2 ** 21]])(
    "of %s file wait for a reader before they commit",
    async (_name, bytes) =>
      await onPath(async (path) => {
        await using reader = await open(path);
        await using writer = await open(path);
        await using newcomer = await open(path, { lockWaitMilliseconds: 0 });
        await writer.query({ sql: "CREATE TABLE t (id INTEGER)" });
        await writer.query({ sql: `CREATE TABLE large AS SELECT zeroblob(${bytes}) AS it` });
        await reader.query({ sql: "BEGIN" });
        await reader.query({ sql: "SELECT * FROM t" });
        const written = writer.transaction((it) => it.query({ sql: "INSERT INTO t VALUES (1)" }));
        // A pending commit lets no new reader begin: https://sqlite.org/lockingv3.html
        const isRefused = () =>
          newcomer.query({ sql: "SELECT * FROM t" }).then(() => false, () => true);
        await until(isRefused);
        expect(await reader.query({ sql: "SELECT id FROM t" })).toEqual([]);
        await reader.query({ sql: "COMMIT" });
        await written;
        expect(await reader.query({ sql: "SELECT id FROM t" })).toEqual([{ id: 1 }]);
      })(),
  );

  test(
    "give up after lockWaitMilliseconds, and leave nothing behind",
    onPath(async (path) => {
      await using first = await open(path);
      const told: string[] = [];
      await using second = await open(path, {
        lockWaitMilliseconds: 100,
        onLocked: (holder) => told.push(holder),
      });
      await first.query({ sql: "CREATE TABLE t (id INTEGER)" });
      await first.transaction(async () => {
        const error = await failure(ToolError, second.batch([{ sql: "INSERT INTO t VALUES (1)" }]));
        expect(error.code).toBe("lock/busy");
        expect(error.message).toBe(`Cannot use "${path}": another connection has it locked`);
        expect(error.facts.hint).toMatch(/lock_wait in the configuration, or --lock-wait/);
        expect(told).toEqual([]);
      });
      expect(await second.query({ sql: "SELECT * FROM t" })).toEqual([]);
    }),
  );

  test(
    "report a locked file even if it cannot be opened",
    onPath(async (path) => {
      await using first = await open(path);
      await first.batch([{ sql: "CREATE TABLE t (id INTEGER)" }]);
      await first.query({ sql: "BEGIN EXCLUSIVE" });
      const error = await failure(ToolError, open(path, { lockWaitMilliseconds: 0 }));
      expect(error.code).toBe("lock/busy");
    }),
  );

  test(
    "stop waiting when they are interrupted",
    onPath(async (path) => {
      const interrupt = new AbortController();
      await using first = await open(path);
      await using second = await open(path, { signal: interrupt.signal });
      await first.query({ sql: "CREATE TABLE t (id INTEGER)" });
      await first.transaction(async () => {
        const waiting = failure(Error, second.batch([{ sql: "INSERT INTO t VALUES (1)" }]));
        interrupt.abort(new Error("enough"));
        expect(await waiting).toBe(interrupt.signal.reason);
      });
    }),
  );

  // In the second, what is locked to write is the file beside it: https://sqlite.org/walformat.html
  test.each(["DELETE", "WAL"])(
    "in mode %s name the process that has the file locked",
    async (mode) =>
      await onPath(async (path) => {
        await using connection = await open(path, { lockWaitMilliseconds: 0 });
        await connection.query({ sql: `PRAGMA journal_mode = ${mode}` });
        await connection.query({ sql: "CREATE TABLE t (id INTEGER)" });
        const before = Date.now();
        await using other = Bun.spawn([
          process.execPath,
          "-e",
          `const { default: Database } = await import(${
            JSON.stringify(import.meta.resolve("libsql"))
          });
         require("fs").writeFileSync("/proc/self/comm", "a) b c");
         const database = new Database(${JSON.stringify(path)});
         database.exec("BEGIN IMMEDIATE");
         console.log("locked");
         setInterval(() => database.open, 1000);`,
        ], { stdout: "pipe", stderr: "ignore" });
        await other.stdout.getReader().read();
        const [holder, ...others] = fileLockHolders(path);
        expect(others).toEqual([]);
        expect(fileLockHolders(path, "writers")).toEqual([holder ?? ""]);
        const [, user, since] =
          new RegExp(`^a\\) b c \\(process ${other.pid}, user (.+), since (.+)\\)$`)
            .exec(holder ?? "") ?? [];
        expect(user).toBe(Bun.spawnSync(["id", "-un"]).stdout.toString().trim());
        // It is known in whole seconds, since a boot that is known in whole seconds.
        const seconds = Date.parse(since ?? "") / 1000;
        expect(seconds).toBeGreaterThan(before / 1000 - 2);
        expect(seconds).toBeLessThan(Date.now() / 1000 + 1);
        const error = await failure(
          ToolError,
          connection.batch([{ sql: "INSERT INTO t VALUES (1)" }]),
        );
        expect(error.message).toContain(`${holder} has it locked`);
      })(),
  );
});

test(
  "lockingProcesses() tells apart files of the same inode on different devices",
  onPath((path) => {
    writeFileSync(path, "");
    const file = lockableFile(path);
    if (file === undefined) throw new Error("it is there");
    const [device = ""] = file.devices;
    const [major, minor] = device.split(":").map((it) => Number(it).toString(16).padStart(2, "0"));
    const locks = `1: POSIX  ADVISORY  WRITE 4711 ${major}:${minor}:${file.inode} 0 EOF
2: POSIX  ADVISORY  READ 4712 ${major}:${minor}:${file.inode} 124 124
3: POSIX  ADVISORY  WRITE 4713 7f:${minor}:${file.inode} 0 EOF
4: POSIX  ADVISORY  WRITE 4714 ${major}:7f:${file.inode} 0 EOF
5: POSIX  ADVISORY  WRITE 4715 ${major}:${minor}:${file.inode + 1} 0 EOF
`;
    expect(lockingProcesses(locks, [file], "all")).toEqual(["4711", "4712"]);
    expect(lockingProcesses(locks, [file], "writers")).toEqual(["4711"]);
    const hexadecimal = "1: POSIX  ADVISORY  WRITE 4711 fe:1a:10 0 EOF\n";
    expect(lockingProcesses(hexadecimal, [{ inode: 10, devices: ["254:26"] }], "all"))
      .toEqual(["4711"]);
    return Promise.resolve();
  }),
);

test("deviceNumbers() splits as makedev(3) joins", () => {
  expect(deviceNumbers(0xfe01)).toBe("254:1");
  expect(deviceNumbers(0x12345f67)).toBe(`${0x45f}:${0x12367}`);
});

test("deviceOf() finds the file system that a file is on", () => {
  const mountInfo = `21 1 254:0 / / rw - ext4 /dev/vda rw
22 21 0:30 / /data rw - btrfs /dev/vdb rw
23 21 0:31 / /data\\040too rw - btrfs /dev/vdc rw
24 22 0:32 / /data/in rw - overlay overlay rw
25 24 0:33 / /data/in rw - overlay overlay rw
26 21 0:34 /a.db /etc/a.db rw - ext4 /dev/vdd rw
`;
  const expected = {
    "/a.db": "254:0",
    "/data/a.db": "0:30",
    "/data too/a.db": "0:31",
    "/data/in/a.db": "0:33", // which hides the one before
    "/data/inner/a.db": "0:30",
    "/etc/a.db": "0:34",
  };
  const found = Object.keys(expected).map((path) => [path, deviceOf(path, mountInfo)]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test(
  "transaction() survives a trigger that rolls back",
  onPath(async (path) => {
    await using connection = await open(path);
    await connection.query({ sql: "CREATE TABLE t (a)" });
    await connection.query({
      sql: "CREATE TRIGGER no BEFORE INSERT ON t BEGIN SELECT RAISE(ROLLBACK, 'not here'); END",
    });
    const body = connection.transaction((it) => it.query({ sql: "INSERT INTO t VALUES (1)" }));
    expect((await failure(DatabaseError, body)).message).toBe("not here");
    await connection.batch([{ sql: "CREATE TABLE u (a)" }]);
  }),
);

test(
  "closing a connection leaves nothing in the write-ahead log",
  onPath(async (path, folder) => {
    {
      await using connection = await open(path);
      await connection.query({ sql: "PRAGMA journal_mode = WAL" });
      await connection.batch([{ sql: "CREATE TABLE t (a)" }, { sql: "INSERT INTO t VALUES (1)" }]);
      await connection.query({ sql: "SELECT * FROM t" });
    }
    copyFileSync(path, `${folder}/copy.db`);
    await using copy = await open(`${folder}/copy.db`);
    expect(await copy.query({ sql: "SELECT * FROM t" })).toEqual([{ a: 1 }]);
  }),
);

test(
  "closing a connection that only read leaves another's write-ahead log alone",
  onPath(async (path) => {
    await using writer = await open(path);
    await writer.query({ sql: "PRAGMA journal_mode = WAL" });
    await writer.query({ sql: "CREATE TABLE t (a)" });
    const { size } = statSync(`${path}-wal`);
    {
      await using reader = await open(path);
      expect(await reader.query({ sql: "SELECT * FROM t" })).toEqual([]);
    }
    expect(size).toBeGreaterThan(0);
    expect(statSync(`${path}-wal`).size).toBe(size);
  }),
);

test("positionOf() finds a word only if it occurs once", () => {
  expect(positionOf('near "nto": syntax error', "INSERT nto t")).toBe(8);
  expect(positionOf('near "b": syntax error', "SELECT a AS ab b, c")).toBe(16);
  expect(positionOf('near ",": syntax error', "SELECT 1,, 2")).toBeUndefined();
  expect(positionOf('near "(": syntax error', "SELECT (")).toBe(8);
  expect(positionOf("no such table: main.t", "SELECT * FROM t")).toBe(15);
  expect(positionOf("UNIQUE constraint failed: t.a", "INSERT INTO t VALUES (1)")).toBeUndefined();
});

test("a table can be dropped after an EXPLAIN on it", async () => {
  await using connection = await connect("sqlite://", { lockWaitMilliseconds: 0 });
  await connection.query({ sql: "CREATE TABLE t (a)" });
  await connection.transaction(async (session) => {
    expect(await session.query({ sql: "EXPLAIN SELECT * FROM t" })).not.toEqual([]);
    await session.query({ sql: "DROP TABLE t" });
  });
});

const endless = {
  sql: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
};

test("query() writes and reads the same values on SQLite's thread", async () => {
  await using connection = await connect("sqlite://");
  const sql = "SELECT $1 AS n, x'00ff' AS bytes, typeof($2) AS type FROM (SELECT 1) AS a";
  const parameters = [9007199254740993n, true];
  const row = { n: 9007199254740993n, bytes: new Uint8Array([0, 255]), type: "integer" };
  expect(await connection.query({ sql, parameters })).toEqual([row]);
  await connection.transaction(async (session) => {
    expect(await session.query({ sql: `${sql} JOIN (SELECT 1) AS b`, parameters })).toEqual([row]);
  });
});

test("cancel() stops a statement on SQLite's thread after earlier ones are garbage-collected", async () => {
  await using connection = await connect("sqlite://");
  for (let n = 0; n < 100; n++) await connection.query({ sql: `SELECT ${n}` });
  const running = connection.transaction((it) => it.query(endless));
  for (let turn = 0; turn < 5; turn++) {
    await Bun.sleep(20);
    Bun.gc(true);
  }
  await connection.cancel();
  expect((await failure(DatabaseError, running)).answer.sqlState).toBe("SQLITE_INTERRUPT");
});

test("cancel() stops a statement that SQLite's thread has not begun", async () => {
  for (let turns = 1; turns < 10; turns++) {
    await using connection = await connect("sqlite://");
    const running = failure(DatabaseError, connection.transaction((it) => it.query(endless)));
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    await connection.cancel();
    expect((await running).answer.sqlState).toBe("SQLITE_INTERRUPT");
  }
});

test("query() runs the statements after one that fails on SQLite's thread", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a)" });
  await connection.transaction(async (session) => {
    const tooLarge = "SELECT abs(-9223372036854775808) FROM (SELECT 1) AS a JOIN (SELECT 1) AS b";
    const failing = failure(DatabaseError, session.query({ sql: tooLarge }));
    await session.query({ sql: "INSERT INTO t VALUES (1)" });
    expect((await failing).answer.statement.sql).toBe(tooLarge);
  });
  expect(await connection.query({ sql: "SELECT a FROM t" })).toEqual([{ a: 1 }]);
});

test("transaction() rolls back what a failed body still does", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a)" });
  const body = connection.transaction((session) => {
    const counted = () => session.query({ sql: "SELECT count(*) FROM t AS a, t AS b" });
    counted().then(counted).then(() => session.query({ sql: "INSERT INTO t VALUES (1)" }));
    throw new Error("enough");
  });
  expect((await failure(Error, body)).message).toBe("enough");
  expect(await connection.query({ sql: "SELECT a FROM t" })).toEqual([]);
});

test("cancel() stops statements that wait for their turn", async () => {
  await using connection = await connect("sqlite://");
  await connection.transaction(async (session) => {
    // Long enough for signals to be handled before the next statement.
    Bun.sleepSync(60);
    const running = [endless, endless].map((it) => failure(DatabaseError, session.query(it)));
    await connection.cancel();
    const codes = (await Promise.all(running)).map((it) => it.answer.sqlState);
    expect(codes).toEqual(["SQLITE_INTERRUPT", "SQLITE_INTERRUPT"]);
  });
});
