import { expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { freshDatabase } from "../servers/fresh_database.ts";
import { project, sqlRevision } from "./project.ts";
import { query } from "./query.ts";

/** As SQLite's shell and many other programs accept it. */
const legacy = `
  CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ("new", "done")));
  CREATE INDEX ix_jobs ON jobs (id) WHERE state = "new";
  CREATE TRIGGER tr_jobs AFTER INSERT ON jobs WHEN NEW.state = "old"
    BEGIN DELETE FROM jobs WHERE state = "old"; END;
  INSERT INTO jobs (state) VALUES ('new'), ('done');
`;

test("strings in double quotes are compared and dumped as strings", async () => {
  await using database = await freshDatabase("sqlite");
  using old = new Database(database.url.replace("sqlite:///", ""));
  old.run(legacy);
  using it = project({ env: { DATABASE_URL: database.url } });
  const dumped = await it.ok("dump");
  expect(dumped).toContain("CHECK (state IN ('new', 'done'))");
  expect(dumped).toContain("WHERE state = 'new'");
  it.write("schema.sql", dumped);
  const { status, stdout } = await it.migrate("diff", "schema.sql", database.url);
  expect(status).toBe(0);
  expect(stdout).toStartWith("No differences between");
});

test("where a string in double quotes prevents a rename, the hint mends it", async () => {
  await using database = await freshDatabase("sqlite");
  const path = database.url.replace("sqlite:///", "");
  using old = new Database(path);
  old.run(legacy);
  using it = project({ env: { DATABASE_URL: database.url } });
  const rename = "ALTER TABLE jobs RENAME COLUMN state TO status;";
  const mends: string[] = [];
  for (;;) {
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: mends.join("\n") }));
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up: rename }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    if (status === 0) break;
    expect(stderr).toMatch(
      /error in (?:table|index|trigger) \w+: no such column: (?:new|done|old)/,
    );
    const [mend = ""] = /PRAGMA writable_schema = ON; .*RESET;/.exec(stderr) ?? [];
    expect(mend).not.toBe("");
    expect(mends).not.toContain(mend);
    mends.push(mend);
  }
  expect(mends.length).toBe(4);
  expect(await query(database.url, "SELECT * FROM jobs")).toEqual([
    { id: 1, status: "new" },
    { id: 2, status: "done" },
  ]);
  expect(await query(database.url, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  const [index] = await query(
    database.url,
    "SELECT sql FROM sqlite_schema WHERE name = 'ix_jobs'",
  );
  expect(index?.["sql"]).toContain(`status = 'new'`);
});

test("the hint mends a trigger that fails because of a string in double quotes", async () => {
  await using database = await freshDatabase("sqlite");
  using old = new Database(database.url.replace("sqlite:///", ""));
  old.run(legacy);
  old.run('CREATE VIEW v AS SELECT "constant" FROM jobs');
  using it = project({ env: { DATABASE_URL: database.url } });
  const insert = "INSERT INTO jobs (state) VALUES ('new');";
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: insert }));
  const { stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain("no such column: old\n");
  const [mend = ""] = /PRAGMA writable_schema = ON; .*RESET;/.exec(stderr) ?? [];
  expect(mend).toContain(" WHERE name = 'tr_jobs';");
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: `${mend}\n${insert}` }));
  await it.ok("upgrade", "head");
  expect(await query(database.url, "SELECT count(*) AS n FROM jobs")).toEqual([{ n: 3 }]);
});

test("a mistake in a statement is not blamed on names that others have in double quotes", async () => {
  await using database = await freshDatabase("sqlite");
  using old = new Database(database.url.replace("sqlite:///", ""));
  old.run(`CREATE TABLE "people" ("id" INTEGER, "shoe_size" INTEGER); CREATE TABLE d (e);
    CREATE TRIGGER tr AFTER UPDATE ON d BEGIN UPDATE "people" SET "shoe_size" = "unheard"; END;`);
  using it = project({ env: { DATABASE_URL: database.url } });
  for (const column of ["shoe_size", "unheard"]) {
    const up = `UPDATE d SET ${column} = 1;`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toContain(`no such column: ${column}\n`);
    expect(stderr).not.toContain("quotes");
  }
});

test("the hint for a string in double quotes in a script is to write it in single ones", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  const create = (value: string) =>
    `CREATE TABLE jobs (state TEXT, CHECK (state = ${value}));\nINSERT INTO jobs VALUES ('new');`;
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: create(`"it's"`) }));
  const { stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain("no such column: it's\n");
  expect(stderr).toContain("Hint: If it is a string, write it in single quotes: 'it''s'\n");
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: create("its") }));
  expect((await it.migrate("upgrade", "head")).stderr).not.toContain("quotes");
  const select = `SELECT 1 FROM "elsewhere";`;
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: select }));
  const other = await it.migrate("upgrade", "head");
  expect(other.stderr).toContain("no such table: elsewhere\n");
  expect(other.stderr).not.toContain("quotes");
});
