import { expect, setDefaultTimeout, test } from "bun:test";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { type Project, project } from "../project.ts";
import { query, run } from "../query.ts";

setDefaultTimeout(60_000);

async function started(url: string, models: string): Promise<Project> {
  const it = project();
  await it.ok("init", "--quiet");
  it.write("migrate.toml", `database_url = "${url}"\nmodels = "schema.sql"\n`);
  it.write("schema.sql", models);
  await it.ok("revision", "--autogenerate", "-m", "one");
  await it.ok("upgrade", "head");
  return it;
}

/** Makes the change to `models` as a revision, which is upgraded to, downgraded and upgraded to again. */
async function changed(it: Project, models: string, renames: readonly string[]): Promise<void> {
  const before = await it.ok("dump");
  it.write("schema.sql", models);
  const words = renames.flatMap((one) => ["--rename", one]);
  await it.ok("revision", "--autogenerate", "-m", "next", ...words);
  await it.ok("upgrade", "head");
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  await it.ok("downgrade", "-1");
  expect(await it.ok("dump")).toBe(before);
  await it.ok("upgrade", "head");
}

test.each(databases())(
  "$name: a view takes the name of a renamed table, and gives it back",
  async ({ fresh }) => {
    await using database = await fresh();
    const plain =
      "CREATE TABLE a (id integer PRIMARY KEY, x text); CREATE VIEW v AS SELECT x FROM a;";
    const covered = `CREATE TABLE a_old (id integer PRIMARY KEY, x text);
    CREATE VIEW a AS SELECT id, x FROM a_old; CREATE VIEW v AS SELECT x FROM a;`;
    using it = await started(database.url, plain);
    await run(database.url, "INSERT INTO a VALUES (1, 'kept')");
    await changed(it, covered, ["a:a_old"]);
    await changed(it, plain, ["a_old:a"]);
    expect(await query(database.url, "SELECT x FROM v")).toEqual([{ x: "kept" }]);
  },
);

test("on PostgreSQL, whatever follows renames is changed with them, and restored", async () => {
  await using database = await freshDatabase("postgres");
  const models = (users: string, mail: string, sad: string, limit: number) =>
    `CREATE TYPE mood AS ENUM ('${sad}', 'ok');
    CREATE DOMAIN feeling AS mood DEFAULT '${sad}' CHECK (VALUE <> '${sad}' OR ${limit} > 0);
    CREATE TABLE ${users} (id integer PRIMARY KEY, ${mail} text, m mood DEFAULT '${sad}');
    CREATE TABLE other (id integer PRIMARY KEY, mail text, f feeling);
    CREATE VIEW named AS SELECT id, ${mail} AS users FROM ${users};
    CREATE VIEW further AS SELECT users, id + ${limit} AS id FROM named WHERE users > '';
    CREATE VIEW shared AS WITH s AS (SELECT id, ${mail}, m FROM ${users})
      SELECT s.${mail}, o.mail AS o FROM s JOIN other o USING (id) WHERE m = '${sad}' AND id > ${limit};
    CREATE FUNCTION total(least_mood mood DEFAULT '${sad}') RETURNS bigint LANGUAGE sql
      BEGIN ATOMIC SELECT count(${mail}) + ${limit} FROM ${users} WHERE m <> '${sad}'; END;
    CREATE PROCEDURE added() LANGUAGE sql
      BEGIN ATOMIC INSERT INTO ${users} (id, ${mail}) VALUES (${limit}, 'x'); END;`;
  const dropped =
    `CREATE FUNCTION told() RETURNS bigint LANGUAGE sql AS 'SELECT count(mail) FROM users';
    CREATE FUNCTION said() RETURNS integer LANGUAGE plpgsql AS 'DECLARE u users%ROWTYPE; BEGIN RETURN 1; END';
    CREATE VIEW counted AS SELECT told() AS n;`;
  using it = await started(database.url, models("users", "mail", "sad", 1) + dropped);
  const renames = ["users:people", "users.mail:email", "mood.sad:low"];
  await changed(it, models("people", "email", "low", 2), renames);
});

test.each(databases())("$name: a new column takes the name of a renamed one", async ({ fresh }) => {
  await using database = await fresh();
  const models = (columns: string, shown: string) =>
    `CREATE TABLE a (id integer PRIMARY KEY, ${columns}); CREATE VIEW v AS SELECT ${shown} AS x FROM a;`;
  using it = await started(database.url, models("x text", "x"));
  await run(database.url, "INSERT INTO a VALUES (1, 'kept')");
  await changed(it, models("x_old text, x integer", "x_old"), ["a.x:x_old"]);
  expect(await query(database.url, "SELECT x FROM v")).toEqual([{ x: "kept" }]);
});

test("on PostgreSQL, renames that cannot be tried are predicted, with a warning", async () => {
  await using database = await freshDatabase("postgres");
  // No revision can create an aggregate.
  const models = (users: string) =>
    `CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
    CREATE TABLE ${users} (n integer); CREATE VIEW v AS SELECT total(n) AS n FROM ${users};`;
  await run(database.url, models("users"));
  using it = project();
  await it.ok("init", "--quiet");
  it.write("migrate.toml", `database_url = "${database.url}"\nmodels = "schema.sql"\n`);
  it.write("schema.sql", models("people"));
  const { stdout, stderr } = await it.migrate("check", "--rename", "users:people");
  expect(stderr).toContain(
    "Warning: Cannot try the renames on a scratch database: function total(integer) does not exist\n" +
      "  Hint: How views, triggers and routines follow them is predicted: read both directions\n",
  );
  expect(stdout).toBe(
    "New upgrade operations detected:\n  renamed table 'users' to 'people'\n",
  );
});
