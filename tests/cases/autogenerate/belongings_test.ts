import { expect, setDefaultTimeout, test } from "bun:test";
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
CREATE DOMAIN mail AS varchar(20);
CREATE TABLE people (mail mail);
`;
const after = before.replaceAll("net integer", "net bigint").replace("varchar(20)", "text")
  .replace("RETURNS integer", "RETURNS bigint");

const said = [
  "COMMENT ON VIEW cheap IS 'what is \"cheap\", and isn''t free'",
  "COMMENT ON COLUMN cheap.net IS 'before taxes'",
  "COMMENT ON FUNCTION gross IS 'with taxes'",
  "COMMENT ON TRIGGER noted ON prices IS 'later'",
  "ALTER TABLE prices DISABLE TRIGGER noted",
  "ALTER VIEW cheap OWNER TO pg_database_owner",
  "REVOKE ALL ON FUNCTION gross FROM PUBLIC",
  "GRANT SELECT ON cheap TO pg_monitor WITH GRANT OPTION",
  "GRANT SELECT (net) ON cheap TO PUBLIC",
  "GRANT ALL ON sums TO pg_monitor",
  "GRANT EXECUTE ON FUNCTION gross TO pg_monitor",
  "GRANT USAGE ON DOMAIN mail TO pg_monitor",
];

/** What belongs to the objects besides what they are made of, as the catalogue has it. */
const belongings = `SELECT relname::text AS name, relacl::text AS rights FROM pg_class
    WHERE relacl IS NOT NULL AND relnamespace = 'public'::regnamespace
  UNION SELECT c.relname || '.' || a.attname, a.attacl::text
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND c.relnamespace = 'public'::regnamespace
  UNION SELECT proname::text, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION SELECT typname::text, typacl::text FROM pg_type WHERE typname = 'mail'
  UNION SELECT 'owner of ' || relname, relowner::regrole::text FROM pg_class WHERE relname = 'cheap'
  UNION SELECT tgname::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION SELECT pg_describe_object(classoid, objoid, objsubid), description FROM pg_description
    WHERE objoid >= 16384 ORDER BY 1`;

async function upgraded(it: Project, name: string, models: string): Promise<void> {
  it.write("schema.sql", models);
  await it.ok("revision", "--autogenerate", "-m", name);
  await it.ok("upgrade", "head");
}

test.each(["ts", "sql"])(
  "what is made anew comes back with what belongs to it (%s)",
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

test.each(["ts", "sql"])("what belongs to a column goes with it (%s)", async (format) => {
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

test("grants are compared where the project asks for it", async () => {
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
