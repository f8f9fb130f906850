import { expect, setDefaultTimeout, test } from "bun:test";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { project } from "../project.ts";
import { query, run, versions } from "../query.ts";

setDefaultTimeout(60_000);

const tables = [
  "CREATE TABLE users (id integer PRIMARY KEY, email varchar(255) NOT NULL, CONSTRAINT uq_users_email UNIQUE (email))",
  "CREATE TABLE posts (id integer PRIMARY KEY, user_id integer REFERENCES users (id), body text)",
  "CREATE INDEX ix_posts_user_id ON posts (user_id)",
  "INSERT INTO users VALUES (1, 'ann@example.org')",
];

/** As Alembic writes it. */
const alembicTable = [
  "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
  "INSERT INTO alembic_version VALUES ('1975ea83b712')",
];

const words = "revision --autogenerate --from-revisions --models database";
const baseline = [...words.split(" "), "-m", "the schema so far"];

for (const { name, fresh } of databases()) {
  test(`${name}: a baseline with Alembic's recorded id takes over its database`, async () => {
    await using database = await fresh();
    await using other = await fresh();
    await run(database.url, ...tables, ...alembicTable);
    using it = project({ env: { DATABASE_URL: database.url } });
    await it.ok("init");
    const { stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toContain(
      `take the database over with "migrate ${words} --rev-id 1975ea83b712"`,
    );
    await it.ok(...baseline, "--rev-id", "1975ea83b712");
    expect(await it.ok("current")).toBe("1975ea83b712 (head)\n");
    expect(await it.ok("diff", "head", "database")).toStartWith("No differences");
    await it.ok("upgrade", "head", "--database-url", other.url);
    expect(await it.ok("diff", "database", other.url)).toStartWith("No differences");
    expect(await query(database.url, "SELECT email FROM users")).toEqual([
      { email: "ann@example.org" },
    ]);
  });
}

test("a baseline can be stamped over no recorded revision, or over two unknown ones", async () => {
  await using database = await freshDatabase("sqlite");
  await run(database.url, ...tables);
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  await it.ok(...baseline, "--rev-id", "aaaa", "--format", "sql");
  await it.ok("stamp", "head", "--verify");
  expect(await versions(database.url)).toEqual(["aaaa"]);
  await run(database.url, "DELETE FROM alembic_version");
  await run(database.url, "INSERT INTO alembic_version VALUES ('1975ea83b712'), ('ae1027a6acf2')");
  await it.ok("stamp", "head", "--verify");
  expect(await versions(database.url)).toEqual(["aaaa"]);
});

test("a manual change becomes a revision", async () => {
  await using database = await freshDatabase("sqlite");
  await run(database.url, ...tables);
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  await it.ok(...baseline, "--rev-id", "aaaa");
  await it.ok("stamp", "head");
  await run(database.url, "ALTER TABLE users ADD COLUMN nick text");
  await it.ok(...baseline, "--rev-id", "bbbb");
  await it.ok("stamp", "head", "--verify");
  expect(await versions(database.url)).toEqual(["bbbb"]);
  await it.ok("check", "--drift");
  await it.ok("downgrade", "-1");
  expect(await query(database.url, "SELECT * FROM users")).toEqual([
    { id: 1, email: "ann@example.org" },
  ]);
});

test("comparing a database with itself is an error", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///app.db" } });
  await run(`sqlite:///${it.folder}/app.db`, ...tables);
  await it.ok("init");
  for (const models of ["database", "sqlite:///./app.db"]) {
    const { status, stderr } = await it.migrate("revision", "--autogenerate", "--models", models);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'Error: Cannot compare the database with itself\n  Hint: Type "migrate check --drift" to compare it',
    );
  }
});

test("what is in schemas that are not compared is a warning wherever a database is read whole", async () => {
  await using database = await freshDatabase("postgres");
  await run(
    database.url,
    "CREATE SCHEMA app",
    "CREATE TABLE app.users (id integer PRIMARY KEY)",
    "CREATE SCHEMA ours",
  );
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init", "--quiet");
  it.write("migrate.toml", 'version_table_schema = "ours"');
  const warnings = async (command: string) =>
    [...(await it.migrate(...command.split(" "))).stderr.matchAll(/Warning: (.*)/g)].map((
      [, text],
    ) => text);
  expect(await warnings(words)).toEqual(["Not compared: what the models have in the schema app"]);
  const one = "revision -m one --rev-id aaaa --format sql";
  await it.ok(...one.split(" "));
  const there = ["Not compared: what there is in the schema app"];
  for (const command of ["stamp aaaa --verify", "stamp --detect", "diff database base"]) {
    expect(await warnings(command)).toEqual(there);
  }
  expect(await warnings("check --drift")).toEqual([]);
  await run(database.url, "CREATE SCHEMA theirs", "CREATE EXTENSION hstore SCHEMA theirs");
  expect(await warnings("dump")).toEqual([
    "Left out of the dump: what there is in the schema app",
  ]);
  it.write("migrate.toml", 'version_table_schema = "ours"\nschemas = ["public"]');
  expect(await warnings("diff database base")).toEqual([]);
});
