import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pragmaDefaults } from "../../lib/dialect/sqlite/session_pragmas.ts";
import { connect } from "../driver/connect.ts";
import type { Row } from "../../lib/sql/statement.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, run } from "./query.ts";

setDefaultTimeout(60_000);

/** By the name of what each sets. */
const settings = {
  "statement_timeout": "SET statement_timeout = 0",
  "lock_timeout": "SET lock_timeout = 0",
  "idle_in_transaction_session_timeout": "SET idle_in_transaction_session_timeout TO 0",
  "check_function_bodies": "SET check_function_bodies = false",
  "row_security": "SET row_security = off",
  "session_replication_role": "SET session_replication_role = replica",
  "TimeZone": "SET TIME ZONE 'Asia/Tokyo'",
  "DateStyle": "SET LOCAL DateStyle = 'German'",
  "work_mem": "SET LOCAL work_mem = '64kB'",
  "bytea_output": "SET SESSION bytea_output = 'escape'",
  "own.setting": "SET own.setting = 'x'",
  "extra_float_digits": "DO $$ BEGIN SET extra_float_digits = 0; END $$",
  "search_path": "SELECT pg_catalog.set_config('search_path', '', false)",
};
const names = Object.keys(settings);
const now = `SELECT name, coalesce(current_setting(name, true), '') AS value
  FROM unnest('{${names.join(",")}}'::text[]) AS name
  UNION ALL SELECT 'user', session_user || ' ' || current_user`;
/** Even where nothing is in the search path. */
const note = `CREATE TABLE public.seen AS ${now};`;

/** Returns what the notes of the revision `bbbb`, which follows `aaaa` in the same run, should be. */
async function withoutRevision(it: Project, url: string): Promise<readonly Row[]> {
  it.write("migrations/versions/0.sql", sqlRevision({ id: "0000", up: note }));
  await it.ok("upgrade", "head");
  const rows = await query(url, "SELECT * FROM seen");
  await run(url, "DROP TABLE seen");
  return rows;
}

const ways = {
  "in a transaction": [],
  "outside a transaction": ["-- transaction: false"],
};

for (const [way, more] of Object.entries(ways)) {
  for (const configured of ["", `role = "pg_database_owner"\nstatement_timeout = "7s"\n`]) {
    const title = configured === "" ? "" : ", with a role and a timeout in the configuration";
    test(`postgres: what a revision sets ${way} ends with it${title}`, async () => {
      await using database = await freshDatabase("postgres");
      await run(
        database.url,
        "GRANT CREATE ON SCHEMA public TO pg_database_owner",
      );
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", configured);
      const expected = await withoutRevision(it, database.url);
      const up = ["RESET ROLE", ...Object.values(settings), ""].join(";\n");
      const [a, b] = [{ id: "aaaa", down: ["0000"] }, { id: "bbbb", down: ["aaaa"] }];
      it.write("migrations/versions/a.sql", sqlRevision({ ...a, up, more }));
      it.write("migrations/versions/b.sql", sqlRevision({ ...b, up: note }));
      await it.ok("upgrade", "head");
      expect(await query(database.url, "SELECT * FROM seen")).toEqual(expected);
    });
  }
}

for (const kind of ["sql", "ts"]) {
  test(`postgres: a role that a revision takes on ends with it: .${kind}`, async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const expected = await withoutRevision(it, database.url);
    const b = sqlRevision({ id: "bbbb", down: ["aaaa"], up: note });
    it.write("migrations/versions/b.sql", b);
    for (const sql of ["SET ROLE pg_monitor", "SET SESSION AUTHORIZATION pg_monitor"]) {
      const a = { id: "aaaa", down: ["0000"] };
      if (kind === "sql") {
        it.write("migrations/versions/a.sql", sqlRevision({ ...a, up: `${sql};` }));
      } else it.write("migrations/versions/a.ts", code(`await db.query("${sql}");`));
      await it.ok("upgrade", "head");
      expect(await query(database.url, "SELECT * FROM seen")).toEqual(expected);
      await run(database.url, "DROP TABLE seen");
      await it.ok("stamp", "0000");
    }
  });
}

function code(body: string): string {
  return `import type { Operations } from "migrate";
export const revision = "aaaa";
export const downRevision = "0000";
export function upgrade(op: Operations): void {
  op.run("sets something", async (db) => {
    ${body}
  });
}
export function downgrade(): void {}
`;
}

test("postgres: a revision cannot claim to be sent in another encoding", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  for (const sql of ["SET client_encoding = 'LATIN1'", "SET NAMES 'latin1'"]) {
    const up = `CREATE TABLE t (x text);\n${sql};\nINSERT INTO t VALUES ('é');`;
    it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", up }));
    expect((await it.migrate("upgrade", "head")).stderr).toMatch(
      /Cannot run revision aaaa: it sets client_encoding to latin1, [^]*at migrations\/versions\/a.sql:\d+\n {2}Hint: Remove that statement/i,
    );
  }
  rmSync(join(it.folder, "migrations/versions/a.sql"));
  it.write("migrations/versions/0.sql", sqlRevision({ id: "0000" }));
  it.write("migrations/versions/a.ts", code(`await db.query("SET NAMES 'latin1'");`));
  expect((await it.migrate("upgrade", "head")).stderr).toContain(
    "it sets client_encoding to latin1",
  );
  for (const name of ["0.sql", "a.ts"]) rmSync(join(it.folder, "migrations/versions", name));
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up: "SET client_encoding = 'UTF8';\nSET NAMES DEFAULT;" }),
  );
  await it.ok("upgrade", "head");
});

test("postgres: a revision cannot change how its own literals are read", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const off = "SET standard_conforming_strings = off";
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", up: `${off};` }));
  expect((await it.migrate("upgrade", "head")).stderr).toMatch(
    /it sets standard_conforming_strings to off, [^]*at migrations\/versions\/a.sql:\d+\n {2}Hint: .*E'…'/,
  );
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up: "DISCARD ALL;", more: ["-- transaction: false"] }),
  );
  expect((await it.migrate("upgrade", "head")).stderr).toContain("Hint: Write DISCARD PLANS,");
  // Nor does one that hides it break the journal.
  const hidden =
    `DO $$ BEGIN PERFORM set_config('standard_conforming_strings', 'off', false); END $$;`;
  const up =
    `CREATE TABLE t (id int);\n${hidden}\nCREATE INDEX CONCURRENTLY\n i ON t (id);\nSELECT 1/0;`;
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up, more: ["-- transaction: false"] }),
  );
  expect((await it.migrate("upgrade", "head")).stderr).toContain("division by zero");
  expect((await it.migrate("current")).stderr).toContain("aaaa");
  await run(database.url, `UPDATE migrate_history SET journal = '{"' WHERE outcome = 'started'`);
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect([status, stderr]).toEqual([1, expect.stringContaining("migrate resume aaaa")]);
  await it.ok("stamp", "aaaa");
});

test("postgres: temporary tables do not hide the tables of later revisions", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const made = [
    "CREATE TEMP TABLE t1 ()",
    "SELECT 1 AS x INTO TEMP t2",
    "CREATE TABLE pg_temp.t3 ()",
  ];
  const up = ["CREATE TABLE t1 (); CREATE TABLE t2 (); CREATE TABLE t3 ();", ...made].join(";\n");
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", up: `${up};` }));
  const added = ["t1", "t2", "t3"].map((it) => `ALTER TABLE ${it} ADD COLUMN added integer;`);
  it.write(
    "migrations/versions/b.sql",
    sqlRevision({ id: "bbbb", down: ["aaaa"], up: added.join("\n") }),
  );
  await it.ok("upgrade", "head");
  const columns =
    "SELECT relname AS t FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attname = 'added' ORDER BY 1";
  expect(await query(database.url, columns)).toEqual([{ t: "t1" }, { t: "t2" }, { t: "t3" }]);
});

test("postgres: a script resets what its revisions set", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const statements = [...Object.values(settings), "SET ROLE pg_monitor", "SET NAMES 'UTF8'"];
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up: `${statements.join(";")};` }),
  );
  const script = await it.ok("upgrade", "head", "--sql");
  const resets = [...script.matchAll(/^RESET (.*);$/gm)].map(([, name]) => name);
  const unseen = ["extra_float_digits", "TimeZone"]; // inside of DO; by the standard's name
  expect(resets.toSorted()).toEqual(
    [...names.filter((it) => !unseen.includes(it)), "TIME ZONE", "ROLE", "client_encoding"]
      .toSorted(),
  );
  expect(script.indexOf("RESET search_path")).toBeLessThan(
    script.indexOf("INSERT INTO alembic_version"),
  );
});

for (const kind of ["sql", "ts"]) {
  test(`sqlite: a pragma that a revision sets ends with it: .${kind}`, async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    await run(database.url, "CREATE TABLE t (x INTEGER CHECK (x > 0))");
    it.write("migrations/versions/0.sql", sqlRevision({ id: "0000" }));
    const pragma = "PRAGMA ignore_check_constraints = ON";
    const a = { id: "aaaa", down: ["0000"] };
    if (kind === "sql") {
      it.write("migrations/versions/a.sql", sqlRevision({ ...a, up: `${pragma};` }));
    } else it.write("migrations/versions/a.ts", code(`await db.query("${pragma}");`));
    const b = { id: "bbbb", down: ["aaaa"], up: "INSERT INTO t VALUES (-1);" };
    it.write("migrations/versions/b.sql", sqlRevision(b));
    expect((await it.migrate("upgrade", "head")).stderr).toContain("CHECK constraint failed");
    expect(await query(database.url, "SELECT * FROM t")).toEqual([]);
  });
}

test("sqlite: a new session has the pragmas that a revision's are set back to", async () => {
  await using connection = await connect("sqlite:///:memory:");
  for (const [name, value] of pragmaDefaults) {
    const [row] = await connection.query({ sql: `PRAGMA ${name}` });
    expect([name, Object.values(row ?? {})]).toEqual([name, [value === "ON" ? 1 : 0]]);
  }
});
