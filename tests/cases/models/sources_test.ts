import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { project } from "../project.ts";
import { run } from "../query.ts";
import { linkDrizzle } from "./link_drizzle.ts";

setDefaultTimeout(120_000);

const root = join(import.meta.dirname, "../../..");

const generic = `
  import { column, enumeration, foreignKey, index, integer, now, string, table, timestamp, view } from "migrate";
  export const users = table("users",
    column("id", integer(), { primaryKey: true }),
    column("email", string(255), { nullable: false, unique: true }),
    column("role", enumeration("role", ["admin", "member"]), { nullable: false, serverDefault: "member" }),
    column("team_id", integer(), { references: "teams.id" }),
    column("created_at", timestamp({ timezone: true }), { nullable: false, serverDefault: now() }),
    index("users_by_created", ["created_at"]));
  export const teams = table("teams",
    column("id", integer(), { primaryKey: true }),
    column("owner_id", integer()),
    foreignKey(["owner_id"], "users.id", { name: "teams_owner", onDelete: "cascade" }));
  export default [view("members", "SELECT id, email FROM users")];
`;

const sql = `
  CREATE TABLE teams (id integer PRIMARY KEY, name varchar(20) DEFAULT 'x' NOT NULL);
  CREATE TABLE users (id integer PRIMARY KEY, team_id integer REFERENCES teams (id), at timestamp DEFAULT CURRENT_TIMESTAMP);
  CREATE INDEX by_team ON users (team_id) WHERE team_id > 0;
  CREATE VIEW names AS SELECT name FROM teams;
`;

/** The models of each source by kind of database, and the file for them. */
const sources = {
  "TypeScript": { postgres: generic, sqlite: generic, file: "schema.ts" },
  "SQL": { postgres: sql, sqlite: sql, file: "schema.sql" },
  "Drizzle": {
    postgres: readFileSync(join(root, "tests/commands/drizzle/postgres.ts"), "utf8"),
    sqlite: readFileSync(join(root, "tests/commands/drizzle/sqlite.ts"), "utf8"),
    file: "db/schema.ts",
  },
};

for (const [name, source] of Object.entries(sources)) {
  for (const kind of ["postgres", "sqlite"] as const) {
    test(`${kind}: autogenerate from ${name} leaves no difference, and can be undone`, async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      linkDrizzle(it.folder);
      await it.ok("init");
      const config = it.read("migrate.toml");
      it.write("migrate.toml", `models = "${source.file}"\nschemas = ["public", "app"]\n${config}`);
      it.write(source.file, source[kind]);
      expect(await it.migrate("check")).toMatchObject({ status: 3 });
      await it.ok("revision", "--autogenerate", "-m", "all of it");
      await it.ok("upgrade", "head");
      expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
      await it.ok("downgrade", "base");
      await it.ok("upgrade", "head");
      expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    });
  }
}

test("triggers, comments and grants follow renames and drops in Drizzle models", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  linkDrizzle(it.folder);
  await it.ok("init");
  it.write("migrate.toml", 'models = "schema.ts"\ngrants = true\n');
  const change = async (models: string, ...renames: readonly string[]) => {
    it.write(
      "schema.ts",
      `import { integer, pgTable } from "drizzle-orm/pg-core";\n${models}`,
    );
    const words = renames.flatMap((one) => ["--rename", one]);
    await it.ok("revision", "--autogenerate", "-m", "next", ...words);
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  };
  await change(`export const prices = pgTable("prices", { id: integer(), net: integer() });
    export const old = pgTable("old", { id: integer() });`);
  await run(
    database.url,
    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER noted BEFORE INSERT ON prices FOR EACH ROW EXECUTE FUNCTION note()",
    "COMMENT ON TABLE prices IS 'of all things'",
    "GRANT SELECT ON prices, old TO pg_monitor",
    "GRANT UPDATE (id, net), INSERT (net) ON prices TO pg_monitor",
  );
  await change(
    'export const costs = pgTable("costs", { id: integer(), total: integer() });',
    "prices:costs",
    "prices.net:total",
  );
  const dump = await it.ok("dump");
  expect(dump).toContain("CREATE TRIGGER noted BEFORE INSERT ON costs");
  expect(dump).toContain("COMMENT ON TABLE costs IS 'of all things'");
  expect(dump).toEndWith(`GRANT INSERT (total), UPDATE (id, total) ON TABLE costs TO pg_monitor;

GRANT SELECT ON TABLE costs TO pg_monitor;
`);
  await change('export const costs = pgTable("costs", { id: integer() });');
  expect(await it.ok("dump")).toEndWith(`GRANT SELECT ON TABLE costs TO pg_monitor;

GRANT UPDATE (id) ON TABLE costs TO pg_monitor;
`);
  await it.ok("downgrade", "-1");
  expect(await it.ok("dump")).toBe(dump);
});

test("models that import a package that is not installed are an error naming it", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./x.db" } });
  it.write(
    "schema.ts",
    'import { sqliteTable } from "drizzle-orm/sqlite-core";\nexport const t = sqliteTable("t", {});',
  );
  it.write("migrate.toml", 'models = "schema.ts"\n');
  it.write("migrations/versions/.keep", "");
  const { stderr, status } = await it.migrate("check");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Error: Cannot load "schema.ts": .*drizzle-orm/m);
});
