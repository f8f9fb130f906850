import { describe, expect, test } from "bun:test";
import { project, sqlRevision } from "../cases/project.ts";
import { run } from "../cases/query.ts";
import { databases, freshDatabase } from "../servers/fresh_database.ts";

/** Upgrades a database that has a table `t` by a revision whose body is `body`, then by one that counts its rows. */
async function upgraded(url: string, body: string) {
  using folder = project();
  await folder.ok("init");
  const up = "CREATE TABLE t (a integer);";
  folder.write("migrations/versions/a.sql", sqlRevision({ id: "a", up }));
  const revision = (id: string, down: string, run: string) =>
    folder.write(
      `migrations/versions/${id}.ts`,
      `import { column, integer } from "migrate";
export const revision = "${id}";
export const downRevision = "${down}";
export function upgrade(op) {
  op.run("test", async (db, op) => {
    ${run}
  });
}
`,
    );
  revision("b", "a", body);
  revision(
    "c",
    "b",
    `const [row] = await db.query("SELECT count(*) AS n FROM t");
    console.log("rows:", Number(row.n));`,
  );
  return await folder.migrate("upgrade", "head", "--database-url", url);
}

describe.each(databases())("$name: the body of op.run", ({ fresh }) => {
  test("need not await its operations and queries", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `op.addColumn("t", column("b", integer()));
    for (const n of [1, 2]) void db.query\`INSERT INTO t (a, b) VALUES (${"${n}"}, 1)\`;`,
    );
    expect(status).toBe(0);
    expect(stderr).toContain("rows: 2\n");
  });

  test("need not await a batch whose function is async", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `op.batchAlterTable("t", async (batch) => {
      await batch.addColumn(column("b", integer()));
      await new Promise((done) => setImmediate(done));
      await batch.addColumn(column("c", integer()));
      await db.query("INSERT INTO t (a, b, c) VALUES (1, 1, 1)");
    });`,
    );
    expect(status).toBe(0);
    expect(stderr).toContain("rows: 1\n");
  });

  test("cannot pass values beside the text of a query", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `await db.query("INSERT INTO t (a) VALUES (?)", [5]);`,
    );
    expect(status).toBe(1);
    expect(stderr).toContain("Error: Cannot query with values beside the text\n");
  });

  test("fails if an operation that it did not await fails", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `op.addColumn("nowhere", column("b", integer()));
    await db.query("SELECT 1").catch(() => {}); // answered after the operation
  `,
    );
    expect(status).toBe(1);
    expect(stderr).toContain("Cannot upgrade to b: ");
    expect(stderr).toContain("at migrations/versions/b.ts:6:8");
    expect(stderr).toContain("ALTER TABLE nowhere");
  });

  test.each([
    ["a query", "await db.query`SELECT nothing FROM nowhere`;"],
    ["an operation", 'await op.execute("SELECT nothing FROM nowhere");'],
    ["a call that it did not await", 'op.execute("SELECT nothing FROM nowhere");'],
    ["a call that is refused", 'await op.execute("COMMIT");'],
    ["an impossible operation", 'await op.createTable("u");'],
    ["its own code", "await db.query`SELECT 1`; (void 0).length;"],
  ])("fails with the line of %s", async (_, line) => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `await db.query\`INSERT INTO t VALUES (1)\`;
    if (1 > 0) {
      ${line}
    }`,
    );
    expect(status).toBe(1);
    expect(stderr).toContain("\n  at migrations/versions/b.ts:8:");
  });

  test("fails with the first error, even if it awaited only a later call", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `op.execute("SELECT first FROM nowhere");
    await db.query\`SELECT second FROM nowhere\`;`,
    );
    expect(status).toBe(1);
    expect(stderr).toContain("\n  at migrations/versions/b.ts:6:");
    expect(stderr).toContain("  SELECT first FROM nowhere");
  });

  test("fails with its own error, even if a query has failed too", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `db.query("SELECT nothing FROM nowhere");
    throw new Error("enough");`,
    );
    expect(status).toBe(1);
    expect(stderr).toContain("Cannot upgrade to b: enough");
  });

  test("runs all statements of a text, and gets the rows of the last", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `await db.query("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) " +
      "INSERT INTO t SELECT i FROM n");
    const [row] = await db.query("SELECT 1; UPDATE t SET a = 0; DELETE FROM t WHERE a = 0; SELECT 2 AS last");
    console.log("last:", row.last);`,
    );
    expect(stderr).toContain("last: 2\n");
    expect(stderr).toContain("rows: 0\n");
    expect(status).toBe(0);
  });

  test("cannot pass values to several statements at once", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `await db.query\`INSERT INTO t VALUES (${"${1}"}); INSERT INTO t VALUES (2)\`;`,
    );
    expect(stderr).toContain("Cannot run several statements with values at once");
    expect(status).toBe(1);
  });

  test("cannot do anything after it has returned", async () => {
    await using database = await fresh();
    const { stderr, status } = await upgraded(
      database.url,
      `setImmediate(() => {
      const late = [op.dropTable("t"), db.query("INSERT INTO t (a) VALUES (1)"), db.inspect()];
      for (const one of late) one.catch((it) => console.log(it.message));
    });`,
    );
    expect(status).toBe(0);
    const refused = "Cannot do anything more in the body of an op.run that has returned\n";
    expect(stderr.split(refused)).toHaveLength(4);
    expect(stderr).toContain("rows: 0\n");
  });
});

test("op.run waits for calls of an async function that its body does not await", async () => {
  await using database = await freshDatabase("sqlite");
  const { stderr, status } = await upgraded(
    database.url,
    `(async () => {
    await op.addColumn("t", column("b", integer()));
    await op.addColumn("t", column("c", integer()));
    await db.query("INSERT INTO t (a, b, c) VALUES (1, 1, 1)");
  })();`,
  );
  expect(status).toBe(0);
  expect(stderr).toContain("rows: 1\n");
});

test("the body of op.run may call op.run", async () => {
  await using database = await freshDatabase("sqlite");
  const { stderr, status } = await upgraded(
    database.url,
    `await op.run("inner", async (db) => {
    await new Promise((done) => setImmediate(done));
    await db.query({ sql: "INSERT INTO t (a) VALUES ($1)", parameters: [1] });
  });
  console.log("tables:", (await db.inspect()).tables.map((it) => it.name).join());`,
  );
  expect(status).toBe(0);
  expect(stderr).toContain("tables: t\n");
  expect(stderr).toContain("rows: 1\n");
});

test("op.autocommitBlock is refused in the body of op.run", async () => {
  await using database = await freshDatabase("sqlite");
  const { stderr, status } = await upgraded(
    database.url,
    `op.autocommitBlock(() => op.execute("INSERT INTO t (a) VALUES (1)"));`,
  );
  expect(status).toBe(1);
  expect(stderr).toContain("Cannot leave the transaction that the body of op.run works in\n");
});

test("the body of op.run may catch a failure and continue", async () => {
  await using database = await freshDatabase("sqlite");
  const { stderr, status } = await upgraded(
    database.url,
    `await db.query("SELECT nothing FROM nowhere").catch(() => {});
  await db.query("INSERT INTO t (a) VALUES (1)");`,
  );
  expect(status).toBe(0);
  expect(stderr).toContain("rows: 1\n");
});

test("nothing that a failed body of op.run still does takes effect", async () => {
  await using database = await freshDatabase("postgres");
  const { stderr } = await upgraded(
    database.url,
    `(async () => {
    await op.execute("CREATE TABLE one (id integer)");
    await op.execute("CREATE TABLE two (id integer)");
  })().catch(() => {});
  throw new Error("enough");`,
  );
  expect(stderr).toContain("Cannot upgrade to b: enough");
  await run(database.url, "CREATE TABLE one (id integer)", "CREATE TABLE two (id integer)");
});
