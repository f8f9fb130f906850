import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Connection } from "../../lib/driver/driver.ts";
import { connectEmbedded } from "../../lib/driver/embedded/embedded.ts";
import { freshDatabase, type TestDatabase } from "../servers/fresh_database.ts";
import { connect } from "./connect.ts";

setDefaultTimeout(60_000);

let database: TestDatabase;
let server: Connection;
let embedded: Connection;
const notices: string[] = [];

beforeAll(async () => {
  database = await freshDatabase("postgres");
  server = await connect(database.url);
  embedded = await connectEmbedded({ onNotice: (text) => notices.push(text) });
});
afterAll(async () => {
  await embedded[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const values = [
  "1::int2, 2::int4, 3::int8, 9007199254740993::int8, 1.50::numeric, 1.5::float4, 1e300::float8",
  "true, 'x'::text, 'x'::varchar, NULL, '{\"a\":[1]}'::json, '{\"a\":[1]}'::jsonb, '\\xdead'::bytea",
  "date '2026-01-02', timestamp '2026-01-02 03:04:05.123456', timestamptz '2026-01-02 03:04:05Z'",
  "ARRAY[1,2], ARRAY['a'], interval '1 day', 'a'::name, 5::oid, '00000000-0000-0000-0000-000000000000'::uuid",
];

for (const sql of values) {
  test(`the embedded server returns the same values as a real one: ${sql}`, async () => {
    const columns = sql.split(/, (?![^[]*\])/).map((it, at) => `${it} AS c${at}`).join(", ");
    await server.query({ sql: "SET TimeZone = 'UTC'" });
    const statement = { sql: `SELECT ${columns}` };
    expect(await embedded.query(statement)).toEqual(await server.query(statement));
  });
}

test("the embedded server takes parameters, and returns how many rows changed", async () => {
  await embedded.query({ sql: "CREATE TABLE p (a int, b text, c bytea)" });
  const insert = "INSERT INTO p VALUES ($1, $2, $3)";
  const counts = await embedded.batch([
    { sql: insert, parameters: [1, "x", Uint8Array.of(1, 2)] },
    { sql: insert, parameters: [2n, null, null] },
    { sql: "UPDATE p SET b = 'y'" },
  ]);
  expect(counts).toEqual([1, 1, 2]);
  expect(await embedded.query({ sql: "SELECT * FROM p ORDER BY a" })).toEqual([
    { a: 1, b: "y", c: Uint8Array.of(1, 2) },
    { a: 2, b: "y", c: null },
  ]);
});

test("the embedded server returns the same errors as a real one", async () => {
  const statements = [{ sql: "SELECT 1" }, { sql: "SELECT 1 +\n nope" }, { sql: "SELECT 2" }];
  const failure = async (connection: Connection) => {
    const error = await connection.batch(statements).catch((it) => it);
    return error.answer;
  };
  const answer = await failure(embedded);
  expect(answer).toMatchObject({ index: 1, sqlState: "42703", position: 13 });
  expect(answer).toEqual(await failure(server));
});

test("the embedded server rolls back a transaction whose body throws", async () => {
  const run = embedded.transaction(async (transaction) => {
    await transaction.query({ sql: "CREATE TABLE gone (a int)" });
    throw new Error("stop");
  });
  await expect(run).rejects.toThrow("stop");
  await expect(embedded.query({ sql: "SELECT * FROM gone" })).rejects.toThrow("does not exist");
});

test("the embedded server takes the rows of a COPY, in a transaction too", async () => {
  await embedded.query({ sql: "CREATE TABLE c (a int, b text)" });
  async function* data() {
    yield "1\tx\n2";
    yield "\t\\N\n";
  }
  await embedded.transaction((it) => it.copyIn({ sql: "COPY c (a, b) FROM stdin" }, data()));
  expect(await embedded.query({ sql: "SELECT * FROM c ORDER BY a" })).toEqual([
    { a: 1, b: "x" },
    { a: 2, b: null },
  ]);
  async function* wrong() {
    yield "one\tx\n";
  }
  await expect(embedded.copyIn({ sql: "COPY c FROM STDIN" }, wrong())).rejects.toMatchObject({
    code: "database/failed",
    message: 'invalid input syntax for type integer: "one"',
  });
});

test("the embedded server refuses a COPY that is sent as a query, and stays usable", async () => {
  const copy = embedded.query({ sql: "COPY (SELECT 1) TO STDOUT" });
  await expect(copy).rejects.toMatchObject({ code: "operation/unsupported" });
  expect(await embedded.query({ sql: "SELECT 1 AS a" })).toEqual([{ a: 1 }]);
});

test("the embedded server runs statements outside a transaction, and passes on notices", async () => {
  await embedded.query({ sql: "CREATE TABLE i (a int)" });
  await embedded.query({ sql: "CREATE INDEX CONCURRENTLY by_a ON i (a)" });
  await embedded.query({ sql: "DO $$ BEGIN RAISE NOTICE 'hello'; END $$" });
  expect(notices).toContain("NOTICE: hello");
});

for (const name of ["citext", "pg_trgm", "pgcrypto", "uuid-ossp", "earthdistance", "moddatetime"]) {
  test(`the embedded server has the extension ${name}`, async () => {
    await embedded.query({ sql: `CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE` });
    const found = await embedded.query({
      sql: "SELECT extname FROM pg_extension WHERE extname = $1",
      parameters: [name],
    });
    expect(found).toEqual([{ extname: name }]);
  });
}

test("the embedded server names an extension that it does not have", async () => {
  const create = embedded.query({ sql: "CREATE EXTENSION postgis" });
  await expect(create).rejects.toThrow('extension "postgis" is not available');
});

test("the embedded server creates the roles that a statement names", async () => {
  await embedded.query({ sql: "CREATE TABLE g (a int)" });
  await embedded.batch([
    { sql: 'GRANT SELECT ON g TO reader, "Odd Name" WITH GRANT OPTION' },
    { sql: "ALTER TABLE g OWNER TO app" },
    { sql: "CREATE POLICY p ON g FOR SELECT TO auditor USING (a > 0)" },
    { sql: "ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO PUBLIC" },
  ]);
  const roles = await embedded.query({
    sql: "SELECT rolname FROM pg_roles WHERE NOT rolsuper AND rolname !~ '^pg_' ORDER BY 1",
  });
  expect(roles.map((it) => it["rolname"])).toEqual(["Odd Name", "app", "auditor", "reader"]);
});
