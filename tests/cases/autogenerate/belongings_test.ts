import { expect, setDefaultTimeout, test } from "bun:test";
import type { Row } from "../../../lib/sql/statement.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { type Project, project } from "../project.ts";
import { query, run } from "../query.ts";

setDefaultTimeout(60_000);

const before = `CREATE TABLE prices (id integer PRIMARY KEY, net integer);
CREATE VIEW cheap AS SELECT id, net FROM prices WHERE net < 10;
CREATE MATERIALIZED VIEW sums AS SELECT sum(net) AS sum FROM prices;
CREATE FUNCTION gross(p prices) RETURNS integer LANGUAGE sql RETURN (p).net * 2;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted BEFORE UPDATE ON prices FOR EACH ROW WHEN (NEW.net > 0) EXECUTE FUNCTION note();
CREATE DOMAIN mail AS varchar(20) CONSTRAINT filled CHECK (VALUE <> '');
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE people (mail mail, mood mood, size size);
CREATE TABLE bills (price integer CONSTRAINT billed REFERENCES prices, no integer CONSTRAINT counts CHECK (no > 0));
CREATE INDEX "Numbers" ON bills (no);
CREATE MATERIALIZED VIEW sizes AS SELECT size AS s FROM people;
CREATE INDEX ordered ON sizes (s);
CREATE TABLE visits (at integer, page text, CHECK (at >= 0)) PARTITION BY RANGE (at);
CREATE TABLE early_visits PARTITION OF visits FOR VALUES FROM (0) TO (10);
`;
const after = before.replaceAll("net integer", "net bigint").replace("at integer", "at bigint")
  .replace("varchar(20)", "text")
  .replace("RETURNS integer", "RETURNS bigint").replace("('sad', 'ok')", "('ok')")
  .replace("('s', 'm')", "('s', 'm', 'l')").replace("prices, no", "prices ON DELETE CASCADE, no")
  .replace("no > 0", "no > 1").replace("bills (no)", "bills (no DESC)");

const said = [
  "COMMENT ON VIEW cheap IS 'what is \"cheap\", and isn''t free'",
  "COMMENT ON COLUMN cheap.net IS 'before taxes'",
  "ALTER VIEW cheap ALTER COLUMN net SET DEFAULT 5",
  "CREATE RULE free AS ON DELETE TO cheap DO INSTEAD UPDATE prices SET net = 0 WHERE id = old.id",
  "COMMENT ON RULE free ON cheap IS 'nothing goes'",
  "COMMENT ON FUNCTION gross IS 'with taxes'",
  "COMMENT ON TRIGGER noted ON prices IS 'later'",
  "ALTER TABLE prices DISABLE TRIGGER noted",
  "ALTER VIEW cheap OWNER TO pg_database_owner",
  "REVOKE ALL ON FUNCTION gross FROM PUBLIC",
  "GRANT SELECT ON cheap TO CURRENT_USER",
  "GRANT SELECT ON cheap TO pg_monitor WITH GRANT OPTION",
  "GRANT SELECT (net) ON cheap TO PUBLIC",
  "GRANT ALL ON sums TO pg_monitor",
  "GRANT EXECUTE ON FUNCTION gross TO pg_monitor",
  "GRANT USAGE ON DOMAIN mail TO pg_monitor",
  "COMMENT ON TYPE mood IS 'how it goes'",
  "REVOKE ALL ON TYPE mood FROM PUBLIC",
  "COMMENT ON CONSTRAINT billed ON bills IS 'what was bought'",
  "COMMENT ON CONSTRAINT counts ON bills IS 'from one on'",
  `COMMENT ON INDEX "Numbers" IS 'for the office'`,
  "ALTER TABLE visits OWNER TO pg_database_owner",
  "GRANT SELECT ON visits TO pg_monitor WITH GRANT OPTION",
  "GRANT UPDATE (page) ON visits TO PUBLIC",
];

/** The objects' comments, grants, owners and other properties, as the catalogue has them. */
const belongings = `SELECT relname::text AS name, relacl::text AS rights FROM pg_class
    WHERE relacl IS NOT NULL AND relnamespace = 'public'::regnamespace
  UNION SELECT c.relname || '.' || a.attname, a.attacl::text
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND c.relnamespace = 'public'::regnamespace
  UNION SELECT proname::text, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION SELECT typname::text, typacl::text FROM pg_type WHERE typname IN ('mail', 'mood')
  UNION SELECT 'owner of ' || relname, relowner::regrole::text FROM pg_class WHERE relname IN ('cheap', 'visits')
  UNION SELECT tgname::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION SELECT indexname::text, indexdef FROM pg_indexes WHERE tablename = 'sizes'
  UNION SELECT rulename::text, definition FROM pg_rules WHERE schemaname = 'public'
  UNION SELECT 'default of ' || c.relname, pg_get_expr(d.adbin, d.adrelid)
    FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE c.relkind = 'v'
  UNION SELECT pg_describe_object(classoid, objoid, objsubid), description FROM pg_description
    WHERE objoid >= 16384 ORDER BY 1`;

async function upgraded(it: Project, name: string, models: string): Promise<void> {
  it.write("schema.sql", models);
  await it.ok("revision", "--autogenerate", "-m", name);
  await it.ok("upgrade", "head");
}

test.each(["ts", "sql"])(
  "recreated objects keep their comments, grants, owner and other properties (%s)",
  async (format) => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    await it.ok("init");
    it.write("migrate.toml", `models = "schema.sql"\nrevision_format = "${format}"\n`);
    await upgraded(it, "one", before);
    await run(database.url, ...said);
    const given = await query(database.url, belongings);
    await upgraded(it, "two", after);
    expect(await query(database.url, belongings)).toEqual(given);
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    await it.ok("downgrade", "-1");
    expect(await query(database.url, belongings)).toEqual(given);
  },
);

test.each(["ts", "sql"])("a view keeps its comment when it loses a column (%s)", async (format) => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  it.write("migrate.toml", `models = "schema.sql"\nrevision_format = "${format}"\n`);
  await upgraded(it, "one", "CREATE VIEW names AS SELECT 1 AS id, 'a' AS name;");
  await run(
    database.url,
    "COMMENT ON COLUMN names.name IS 'given'",
    "COMMENT ON VIEW names IS 'of people'",
    "GRANT SELECT (id, name) ON names TO pg_monitor",
  );
  it.write("schema.sql", "CREATE VIEW names AS SELECT 1 AS id;");
  await it.ok("revision", "--autogenerate", "-m", "two");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(0);
  if (format === "ts") {
    expect(stderr).toContain(`Cannot put back "COMMENT ON COLUMN names.name IS 'given'"`);
  }
  const [view] = await query(
    database.url,
    "SELECT obj_description('names'::regclass) AS comment",
  );
  expect(view).toEqual({ comment: "of people" });
  const columns = await query(
    database.url,
    "SELECT attacl::text AS rights FROM pg_attribute WHERE attrelid = 'names'::regclass AND attnum > 0",
  );
  expect(columns).toEqual([{
    rights: format === "ts" ? "{pg_monitor=r/migrate}" : null,
  }]);
});

test.each(["ts", "sql"])(
  "a sequence owned by a column is dropped with it, and recreated by the downgrade (%s)",
  async (format) => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    await it.ok("init");
    it.write("migrate.toml", `models = "schema.sql"\nrevision_format = "${format}"\n`);
    const kept = "CREATE TABLE kept (id integer);";
    await upgraded(
      it,
      "one",
      `${kept} CREATE SEQUENCE numbers; CREATE TABLE bills (no text DEFAULT 'B' || nextval('numbers'));
    ALTER SEQUENCE numbers OWNED BY bills.no;`,
    );
    await run(database.url, "ALTER SEQUENCE numbers OWNED BY bills.no");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    await upgraded(it, "two", kept);
    await it.ok("downgrade", "-1");
    await run(database.url, "INSERT INTO bills DEFAULT VALUES");
    expect(await query(database.url, "SELECT no FROM bills")).toEqual([{ no: "B1" }]);
  },
);

const view = `CREATE VIEW v AS SELECT 1 AS a; COMMENT ON VIEW v IS 'one';
  GRANT SELECT ON v TO pg_monitor WITH GRANT OPTION;`;
const remade = `op.dropView("v"); op.createView("v", "SELECT 1 AS a");`;
const routine =
  `CREATE FUNCTION f(a integer, VARIADIC b text[]) RETURNS integer LANGUAGE sql RETURN 1;
  REVOKE ALL ON FUNCTION f FROM PUBLIC; GRANT EXECUTE ON FUNCTION f TO pg_monitor; COMMENT ON FUNCTION f IS 'one';`;
const routineAgain = (...[dropped, made]: readonly string[]) =>
  `op.dropFunction("${dropped}");
  op.createFunction("${made}", "CREATE FUNCTION f(a integer, VARIADIC b text[]) RETURNS integer LANGUAGE sql RETURN 2");`;
const outside = "outside a transaction";
const named = "f(IN a integer, VARIADIC b text[], OUT c integer)";

test.each([
  [outside, view, remade],
  ["in an autocommit block", view, `op.autocommitBlock(() => { ${remade} });`],
  [
    "dropped before an autocommit block and created in it",
    view,
    `op.dropView("v"); op.autocommitBlock(() => { op.createView("v", "SELECT 1 AS a"); });`,
  ],
  [
    "in op.run",
    view,
    `op.run("again", async (db, op) => { await op.dropView("v"); await op.createView("v", "SELECT 1 AS a"); });`,
  ],
  [
    "dropped twice",
    view,
    `op.dropView("v"); op.dropView("v", { ifExists: true }); op.createView("v", "SELECT 1 AS a");`,
  ],
  [
    "created with replace",
    view,
    `op.dropView("v"); op.createView("v", "SELECT 1 AS a", { replace: true });`,
  ],
  ["a routine identified with argument names", routine, routineAgain(named, named)],
  [
    "a routine identified with type aliases",
    routine,
    routineAgain("f(int, text[])", "f(integer, text[])"),
  ],
  [
    "attributes of a composite type, constraints of a domain",
    `CREATE TYPE pair AS (a integer, b text); COMMENT ON COLUMN pair.a IS 'first';
    CREATE DOMAIN mail AS text CONSTRAINT filled CHECK (VALUE <> ''); COMMENT ON CONSTRAINT filled ON DOMAIN mail IS 'not empty';`,
    `const pair = { kind: "compositeType", name: "pair" } as const;
    op.dropObject(pair); op.createObject({ ...pair, definition: { sql: "CREATE TYPE pair AS (a integer, b text)" } });
    op.dropDomain("mail"); op.createDomain("mail", "varchar CONSTRAINT filled CHECK (VALUE <> '')");`,
  ],
  [
    "a replaced trigger",
    `CREATE TABLE t (a integer); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER noted BEFORE UPDATE ON t EXECUTE FUNCTION note(); ALTER TABLE t DISABLE TRIGGER noted;`,
    `op.createTrigger("noted", "t", "CREATE TRIGGER noted BEFORE INSERT ON t EXECUTE FUNCTION note()", { replace: true });`,
  ],
])("recreated objects keep their comments, grants and state: %s", async (what, there, up) => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  await run(database.url, there);
  const given = await query(database.url, belongings);
  expect(given).not.toBeEmpty();
  it.write("migrations/versions/again.ts", revision("again", up, what !== outside));
  await it.ok("upgrade", "head");
  expect(await query(database.url, belongings)).toEqual(given);
});

/** Returns a revision that does what `up` says. */
function revision(id: string, up: string, transaction = true): string {
  return `/** ${id} */
import { type Operations } from "migrate";
export const revision = "${id}";
export const downRevision = null;
export const transaction = ${transaction};
export function upgrade(op: Operations): void {
  ${up}
}
`;
}

test("a new object does not get the comments and grants of a dropped namesake", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  await run(database.url, view);
  it.write(
    "migrations/versions/gone.ts",
    revision(
      "gone",
      `op.run("drops it", (db, op) => op.dropView("v"));
  op.run("makes another", async (db, op) => {
    await op.dropView("v", { ifExists: true });
    await op.createView("v", "SELECT 2 AS b");
  });`,
    ),
  );
  await it.ok("upgrade", "head");
  expect(await query(database.url, belongings)).toEqual([]);
});

test.each(["ts", "sql"])(
  "recreated objects keep their grants whatever the default privileges are (%s)",
  async (format) => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    await it.ok("init");
    it.write("migrate.toml", `models = "schema.sql"\nrevision_format = "${format}"\n`);
    const models = `CREATE VIEW v AS SELECT 1 AS a;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql RETURN 1;
`;
    await upgraded(it, "one", models);
    await run(
      database.url,
      "GRANT SELECT ON v TO pg_monitor",
      "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO pg_monitor",
      "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC",
      "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    );
    await upgraded(
      it,
      "two",
      models.replace("1 AS a", "1::bigint AS a").replace("RETURNS integer", "RETURNS bigint"),
    );
    const rights = await query(
      database.url,
      `SELECT x.grantee::regrole::text AS who, x.privilege_type AS what
      FROM pg_class c, aclexplode(c.relacl) x WHERE c.relname = 'v' AND x.grantee <> c.relowner
    UNION ALL SELECT x.grantee::regrole::text, x.privilege_type
      FROM pg_proc p, aclexplode(p.proacl) x WHERE p.proname = 'f' AND x.grantee <> p.proowner`,
    );
    expect(rights).toEqual([{ who: "pg_monitor", what: "SELECT" }, { who: "-", what: "EXECUTE" }]);
  },
);

test("an enum is changed even if the role may not restore the owner of a view", async () => {
  await using database = await freshDatabase("postgres");
  const role = `app_${crypto.randomUUID().slice(0, 8)}`;
  const url = new URL(database.url);
  [url.username, url.password] = [role, "app"];
  await run(
    database.url,
    `CREATE ROLE ${role} LOGIN PASSWORD 'app'`,
    `CREATE ROLE ${role}_owner`,
    `GRANT ${role}_owner TO ${role}`,
    `GRANT CREATE ON SCHEMA public TO ${role}`,
    `SET ROLE ${role}`,
    "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    "CREATE TABLE people (mood mood)",
    "CREATE VIEW moods AS SELECT mood FROM people",
    "COMMENT ON VIEW moods IS 'all of them'",
    "RESET ROLE",
    `ALTER VIEW moods OWNER TO ${role}_owner`,
  );
  try {
    using it = project({ env: { DATABASE_URL: url.href } });
    await it.ok("init");
    it.write("migrations/versions/moods.ts", revision("moods", `op.changeEnum("mood", ["ok"]);`));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toContain(`Cannot put back "ALTER VIEW moods OWNER TO ${role}_owner"`);
    expect(status).toBe(0);
    expect(await query(database.url, "SELECT obj_description('moods'::regclass) AS comment"))
      .toEqual([{ comment: "all of them" }]);
  } finally {
    await run(
      database.url,
      `DROP OWNED BY ${role}, ${role}_owner CASCADE`,
      `DROP ROLE ${role}, ${role}_owner`,
    );
  }
});

test("recreated objects keep grants that are excluded from comparison, too", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  it.write(
    "migrate.toml",
    `models = "schema.sql"\nrevision_format = "sql"\ngrants = true\nexclude = ["grant:pg_read_all_data"]\n`,
  );
  const models = "CREATE VIEW v AS SELECT 1 AS a; GRANT SELECT ON v TO pg_monitor;";
  await upgraded(it, "one", models);
  await run(database.url, "GRANT SELECT ON v TO pg_read_all_data");
  const given = await query(database.url, belongings);
  await upgraded(it, "two", models.replace("1 AS a", "1::bigint AS a"));
  const rights = ({ rights }: Row) => String(rights).split(/[{,}]/).sort();
  expect((await query(database.url, belongings)).map(rights)).toEqual(given.map(rights));
});

test("grants follow renamed tables and columns, whatever the order of columns", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  it.write("migrate.toml", `models = "schema.sql"\ngrants = true\n`);
  const models = `CREATE TABLE prices (id integer, net integer);
GRANT SELECT ON prices TO pg_monitor WITH GRANT OPTION; GRANT UPDATE (id, net) ON prices TO pg_monitor;
`;
  await upgraded(it, "one", models);
  const renamed = models.replaceAll("prices", "costs").replaceAll("net", '"Net"');
  it.write("schema.sql", renamed);
  const renames = ["--rename", "prices:costs", "--rename", "prices.net:Net"];
  await it.ok("revision", "--autogenerate", "-m", "two", ...renames);
  await it.ok("upgrade", "head");
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  await it.ok("downgrade", "-1");
  await it.ok("upgrade", "head");
  it.write("schema.sql", renamed.replace('id integer, "Net" integer', '"Net" integer, id integer'));
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
});

test("grants are compared and dumped only with grants = true", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  it.write("migrate.toml", `models = "schema.sql"\n`);
  await upgraded(it, "one", before);
  const models = `${before}GRANT SELECT ON prices TO pg_monitor;\n`;
  it.write("schema.sql", models);
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  expect(await it.ok("dump")).not.toContain("GRANT");
  it.write("migrate.toml", `models = "schema.sql"\ngrants = true\n`);
  const { status, stdout } = await it.migrate("check");
  expect(status).toBe(3);
  expect(stdout).toEndWith("  added grant of SELECT ON TABLE prices to 'pg_monitor'\n");
  await upgraded(it, "rights", models);
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  expect(await it.ok("dump")).toEndWith("GRANT SELECT ON TABLE prices TO pg_monitor;\n");
  expect((await it.migrate("check", "--drift")).status).toBe(0);
  await run(database.url, "REVOKE SELECT ON prices FROM pg_monitor");
  const drift = await it.migrate("check", "--drift");
  expect(drift.status).toBe(3);
  expect(drift.stdout).toContain("grant of SELECT ON TABLE prices to 'pg_monitor'");
});
