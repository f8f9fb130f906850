import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Connection } from "../../lib/driver/driver.ts";
import { ToolError } from "../../lib/error.ts";
import { checkPrivileges } from "../../lib/migrate/guard/check_privileges.ts";
import type { Plan, Work } from "../../lib/plan/plan.ts";
import { connect, failure } from "../driver/connect.ts";
import { revision } from "../revision/graphs.ts";
import { scratch } from "../script/scratch.ts";
import { freshDatabase, type TestDatabase } from "../servers/fresh_database.ts";

const suffix = crypto.randomUUID().slice(0, 8);
const [app, other, heir] = [`"App ${suffix}"`, `other_${suffix}`, `heir_${suffix}`];
const versionTable = { schema: "shut", name: "versions" };
const tables = Array.from({ length: 25 }, (_, n) => `their_${n}`);

/** Of the schemas on the search path, the role may create in the first only, and owns the last. */
const prepared = [
  `CREATE ROLE ${app}`,
  `CREATE ROLE ${other}`,
  `CREATE ROLE ${heir} NOINHERIT`,
  `GRANT ${other} TO ${heir}`,
  "CREATE SCHEMA open",
  "CREATE SCHEMA shut",
  'CREATE SCHEMA "Odd one"',
  `CREATE SCHEMA own AUTHORIZATION ${app}`,
  `GRANT USAGE ON SCHEMA open, shut, "Odd one" TO ${app}, ${heir}`,
  `GRANT CREATE ON SCHEMA open TO ${app}`,
  "CREATE TABLE shut.versions (version_num text)",
  `GRANT SELECT, INSERT, UPDATE, DELETE ON shut.versions TO ${app}, ${heir}`,
  "CREATE TABLE shut.mine (id integer)",
  `ALTER TABLE shut.mine OWNER TO ${app}`,
  ...["open.theirs", "own.kept", ...tables.map((it) => `open.${it}`)].flatMap((it) => [
    `CREATE TABLE ${it} (id integer)`,
    `ALTER TABLE ${it} OWNER TO ${other}`,
  ]),
  "CREATE INDEX their_index ON open.theirs (id)",
  "SET search_path = open, shut, own",
];

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await freshDatabase("postgres");
  connection = await connect(database.url);
  for (const sql of prepared) await connection.query({ sql });
});

afterAll(async () => {
  await connection.query({ sql: `DROP OWNED BY ${app}, ${other}, ${heir}` });
  await connection.query({ sql: `DROP ROLE ${app}, ${other}, ${heir}` });
  await connection[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

type Asked = string | Exclude<Work, { kind: "statement" }>;

/** Checks whether `role` may run a revision that does `work`; a string is a statement on its own line. */
async function check(
  work: readonly Asked[],
  role = app,
  { table = versionTable, history = false, transactional = true } = {},
): Promise<void> {
  const move = { direction: "upgrade", revision: revision("one") } as const;
  const statements = work.map((it, index): Work =>
    typeof it === "string"
      ? { kind: "statement", statement: { sql: it }, at: { file: "1.sql", line: index + 1 } }
      : it
  );
  const source = { file: "1.ts", checksum: "" };
  const step = { move, before: [], after: ["one"], changes: [], work: statements, source };
  const plan: Plan = { from: [], to: ["one"], segments: [{ transactional, steps: [step] }] };
  await connection.transaction(async (session) => {
    await session.send([{ sql: `SET LOCAL ROLE ${role}` }]);
    await checkPrivileges(plan, session, { versionTable: table, history });
  });
}

const rows: Asked = { kind: "copy", statement: { sql: "COPY mine FROM STDIN" }, data: [] };
const code: Asked = {
  kind: "body",
  operation: { kind: "run", summary: "code", body: async () => {} },
};

const allowed: readonly (readonly [string, readonly Asked[]])[] = [
  ["missing objects", ["ALTER TABLE nowhere ADD a integer", "CREATE TABLE no_schema.t ()"]],
  ["own objects", ["ALTER TABLE mine ADD a integer", "DROP TABLE mine", "CREATE TABLE t ()"]],
  ["dropping another's table in the role's own schema", ["DROP TABLE kept"]],
  [
    "recreating such a table",
    ["DROP TABLE kept", "CREATE TABLE kept (id integer)", "CREATE INDEX ON kept (id)"],
  ],
  ["everything after a change of the role", ["SET ROLE x", "ALTER TABLE theirs ADD a integer"]],
  ["everything after code", [code, "ALTER TABLE theirs ADD a integer"]],
];

for (const [what, work] of allowed) {
  test(`checkPrivileges() allows ${what}`, () => check(work));
}

const isOwner = `does not own theirs, which belongs to "${other}"`;
const refused: readonly (readonly [string, readonly Asked[], string, number])[] = [
  ["altering another's table", ["ALTER TABLE theirs ADD a integer"], isOwner, 1],
  ["dropping another's table", ["DROP TABLE theirs"], isOwner, 1],
  ["dropping an index of another's table", ["DROP INDEX their_index"], isOwner, 1],
  ["altering another's table after a COPY", [rows, "ALTER TABLE theirs ADD a integer"], isOwner, 2],
  [
    "two changes to another's table, naming the first",
    ["COMMENT ON TABLE theirs IS 'x'", "ALTER TABLE theirs ADD a integer"],
    isOwner,
    1,
  ],
  [
    "altering another's table in the role's own schema",
    ["ALTER TABLE kept ADD a integer"],
    `does not own kept, which belongs to "${other}"`,
    1,
  ],
  [
    "an index in a schema without CREATE, on the role's own table",
    ["CREATE INDEX ON mine (id)"],
    "lacks CREATE on the schema shut",
    1,
  ],
  [
    "a table in a schema without CREATE",
    ['CREATE TABLE "Odd one".t ()'],
    'lacks CREATE on the schema "Odd one"',
    1,
  ],
];

for (const [what, work, message, line] of refused) {
  test(`checkPrivileges() refuses ${what}`, async () => {
    const error = await failure(ToolError, check(work));
    expect(error.message).toBe(
      `Cannot run revision one: the role ${app} ${message}`,
    );
    expect(error.facts).toMatchObject({ revision: "one", file: "1.sql", line });
    expect(error.facts.detail).toBeUndefined();
  });
}

test("checkPrivileges() lists all that a role lacks, up to twenty lines", async () => {
  const error = await failure(ToolError, check(tables.map((it) => `DROP TABLE ${it}`)));
  const lines = error.facts.detail?.split("\n") ?? [];
  expect(lines.length).toBe(21);
  expect(lines[19]).toContain("their_20");
  expect(lines[20]).toBe("  … and 4 more");
});

test("checkPrivileges() checks even the last of thousands of statements", async () => {
  const many = Array.from({ length: 2500 }, (_, n) => `CREATE TABLE t_${n} ()`);
  const error = await failure(ToolError, check([...many, "DROP TABLE theirs"]));
  expect(error.facts).toMatchObject({ line: 2501, detail: undefined });
});

test("checkPrivileges() reads a large file up to a change of the role", async () => {
  using files = scratch();
  const section = (up: string): Asked => {
    const path = files.write("large.sql", `-- migrate:up\n${up}`);
    return { kind: "section", section: { path, direction: "upgrade", grammar: "postgres" } };
  };
  const change = "ALTER TABLE theirs ADD a integer;";
  await check([section(`SET ROLE x;\n${change}`)]);
  const copy = "COPY mine FROM stdin;\n1\n\\.\n";
  const error = await failure(ToolError, check([section(copy + change)]));
  expect(error.message).toContain(isOwner);
  expect(error.facts).toMatchObject({ file: files.path("large.sql"), line: 5 });
});

test("checkPrivileges() refuses a NOINHERIT member of the owner", async () => {
  const error = await failure(ToolError, check(["ALTER TABLE theirs ADD a integer"], heir));
  expect(error.message).toContain(`"${heir}" does not own theirs`);
  expect(error.facts.hint).toContain(`OWNER TO ${heir}, or GRANT ${other} TO ${heir}; or`);
});

test("checkPrivileges() requires each privilege on the version table, or CREATE if there is none", async () => {
  for (const privilege of ["SELECT", "INSERT", "UPDATE", "DELETE"]) {
    await connection.query({ sql: `REVOKE ${privilege} ON shut.versions FROM ${app}` });
    const error = await failure(ToolError, check([]));
    expect(error.message).toBe(`Cannot run: the role ${app} may not read and write shut.versions`);
    expect(error.facts.hint).toContain(`DELETE ON shut.versions TO ${app}; or`);
    await connection.query({ sql: `GRANT ${privilege} ON shut.versions TO ${app}` });
  }
  await check([]);
  const error = await failure(
    ToolError,
    check([], app, { table: { schema: "shut", name: "none" } }),
  );
  expect(error.message).toBe(`Cannot run: the role ${app} lacks CREATE on the schema shut`);
});

test("checkPrivileges() requires to read and add to the history, if the plan writes it", async () => {
  await connection.query({ sql: "CREATE TABLE shut.migrate_history (id integer, journal text)" });
  const writing = [{ history: true }, { transactional: false }];
  for (const granted of ["SELECT", "INSERT"]) {
    await connection.query({ sql: `GRANT ${granted} ON shut.migrate_history TO ${app}` });
    for (const options of writing) {
      const error = await failure(ToolError, check([], app, options));
      expect(error.message).toBe(
        `Cannot run: the role ${app} may not read and add to shut.migrate_history`,
      );
      expect(error.facts.hint).toContain(
        `GRANT SELECT, INSERT ON shut.migrate_history TO ${app}; or`,
      );
    }
    await check([]);
    await connection.query({ sql: `REVOKE ${granted} ON shut.migrate_history FROM ${app}` });
  }
  await connection.query({
    sql: `GRANT SELECT, INSERT (journal) ON shut.migrate_history TO ${app}`,
  });
  for (const options of writing) await check([], app, options);
  await connection.query({ sql: "DROP TABLE shut.migrate_history" });
  const missing = await failure(ToolError, check([], app, { history: true }));
  expect(missing.message).toBe(`Cannot run: the role ${app} lacks CREATE on the schema shut`);
});
