import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { executable, type Project, project } from "../project.ts";

setDefaultTimeout(60_000);

const one = "CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, name TEXT);\n";
const renamed = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, name TEXT);\n";

/** A project on SQLite whose models are `schema.sql`. */
async function started(more = "", url = "sqlite:///./app.db"): Promise<Project> {
  const it = project();
  await it.ok("init", "--quiet");
  it.write("migrate.toml", `database_url = "${url}"\nmodels = "schema.sql"\n${more}`);
  it.write("schema.sql", one);
  return it;
}

/** The same, with the models in the database. */
async function upgraded(more = ""): Promise<Project> {
  const it = await started(more);
  await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
  await it.ok("upgrade", "head");
  return it;
}

function versions(it: Project): readonly string[] {
  return readdirSync(join(it.folder, "migrations/versions"));
}

describe("revision --autogenerate", () => {
  test("takes the options of a plain revision", async () => {
    using it = await upgraded();
    const locations = 'version_locations = ["migrations/versions", "more"]\n';
    it.write("migrate.toml", it.read("migrate.toml") + locations);
    it.write("more/.keep", "");
    it.write("schema.sql", `${one}CREATE TABLE b (id INTEGER PRIMARY KEY);`);
    const options = "--head base --branch-label other --depends-on aaaa --rev-id bbbb --splice " +
      "--version-path more --format sql --json";
    const { revisions, operations } = JSON.parse(
      await it.ok("revision", "--autogenerate", "-m", "two", ...options.split(" ")),
    );
    expect(revisions).toMatchObject([{
      revision: "bbbb",
      downRevisions: [],
      dependsOn: ["aaaa"],
      branchLabels: ["other"],
      message: "two",
      path: expect.stringMatching(/^more\/.*_bbbb_two\.sql$/),
    }]);
    expect(operations).toEqual([{
      kind: "createTable",
      table: expect.objectContaining({ name: "b" }),
      description: ["added table 'b'"],
      destructive: [],
    }]);
    await it.ok("upgrade", "heads");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  });

  test("writes no file if nothing has changed, and says so as text and as JSON", async () => {
    using it = await upgraded();
    expect(await it.ok("revision", "--autogenerate")).toBe("No changes in schema detected.\n");
    const said = JSON.parse(await it.ok("revision", "--autogenerate", "--json"));
    expect(said).toEqual({ revisions: [], operations: [] });
    expect(versions(it)).toHaveLength(1);
  });

  test("creates no SQLite file, and needs no upgrade first with --from-revisions", async () => {
    using it = await started();
    await it.ok("revision", "--autogenerate", "-m", "one");
    it.write("schema.sql", renamed);
    const refused = await it.migrate("revision", "--autogenerate", "-m", "two");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("Error: Target database is not up to date.\n");
    await it.ok("revision", "--autogenerate", "-m", "two", "--from-revisions");
    expect(existsSync(join(it.folder, "app.db"))).toBe(false);
    await it.ok("upgrade", "head");
    await it.ok("check");
  });

  test("rejects an unknown --head before it reads the models", async () => {
    using it = await upgraded();
    it.write("schema.sql", "not SQL");
    const { stderr, status } = await it.migrate("revision", "--autogenerate", "--head", "zzzz");
    expect(stderr).toContain("Can't locate revision identified by 'zzzz'");
    expect(status).toBe(1);
  });

  test("fails if a post-write hook fails, and keeps the file", async () => {
    using it = await started(
      '[[post_write_hooks]]\nname = "format"\ntype = "exec"\nexecutable = "false"\noptions = "REVISION_SCRIPT_FILENAME"\n',
    );
    const { stderr, status } = await it.migrate("revision", "--autogenerate", "-m", "one");
    expect(stderr).toContain('Cannot finish the post-write hook "format": it exited with status 1');
    expect(status).toBe(1);
    expect(versions(it)).toHaveLength(1);
  });

  test("fails if a post-write hook cannot be started, and keeps the file", async () => {
    for (const cause of ['executable = "no-such-program"', 'executable = "true"\ncwd = "gone"']) {
      using it = await started(`[[post_write_hooks]]\nname = "format"\ntype = "exec"\n${cause}\n`);
      expect(await it.migrate("revision", "--autogenerate", "-m", "one")).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(
          /the post-write hook "format": it cannot be started from \/[^:]*: (?!Error)/,
        ),
      });
      expect(versions(it)).toHaveLength(1);
    }
  });

  test("refuses a template without a place for the imports", async () => {
    using it = await started();
    it.write(
      "migrations/revision.ts.template",
      "export const revision = ${revision};\nexport const downRevision = ${downRevision};\n",
    );
    const { stderr, status } = await it.migrate("revision", "--autogenerate", "-m", "one");
    expect(stderr).toContain("with revision.ts.template: it has no ${imports}");
    expect(status).toBe(1);
    expect(versions(it)).toEqual([]);
  });

  test("uses the naming convention of env.ts", async () => {
    using it = await started();
    it.write("migrations/env.ts", 'export const naming = { uq: "uq_%(table_name)s" };\n');
    const unique = (name: string) => `CREATE TABLE t (a TEXT, CONSTRAINT ${name} UNIQUE (a));`;
    it.write("schema.sql", unique("uq_t"));
    await it.ok("revision", "--autogenerate", "--rev-id", "aaaa");
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    it.write("schema.sql", unique("own").replace("a TEXT", "a TEXT, b TEXT"));
    await it.ok("revision", "--autogenerate", "--rev-id", "bbbb");
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  });

  test("leaves unnamed what the naming convention of env.ts cannot name", async () => {
    using it = await started();
    const naming = 'export const naming = { ck: "ck_%(table_name)s_%(constraint_name)s" };\n';
    it.write("migrations/env.ts", naming);
    it.write(
      "models.ts",
      `import { column, enumeration, integer, table } from "migrate";
export const moods = table("moods", column("mood", enumeration("mood", ["sad", "ok"])));
`,
    );
    it.write(
      "migrate.toml",
      it.read("migrate.toml").replace(/models.*/, 'models = ["schema.sql", "models.ts"]'),
    );
    const models = (check: string) =>
      `CREATE TABLE t (a INT${check}, CHECK (a > 1), CHECK (a > 2));`;
    for (
      const [id, check] of [["aaaa", " CHECK (a > 0)"], ["bbbb", ""], [
        "cccc",
        " CHECK (a > 3)",
      ]] as const
    ) {
      it.write("schema.sql", models(check));
      await it.ok("revision", "--autogenerate", "--rev-id", id);
      await it.ok("upgrade", "head");
      expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    }
    await it.ok("downgrade", "base");
    await it.ok("upgrade", "head");
  });

  test("refuses --format sql for a rebuild if foreign keys are enforced, but not ts", async () => {
    using it = await upgraded("foreign_keys = true\n");
    it.write("schema.sql", one.replace("mail TEXT", "mail TEXT NOT NULL DEFAULT ''"));
    const words = ["revision", "--autogenerate", "-m", "two", "--format"];
    const { stderr, status } = await it.migrate(...words, "sql");
    expect(stderr).toContain("Cannot write a rebuild of a table as SQL: foreign keys are enforced");
    expect(status).toBe(1);
    await it.ok(...words, "ts");
    await it.ok("upgrade", "head");
    await it.ok("check");
  });

  test.each(["ts", "sql"])(
    "explains why a primary key that a foreign key refers to cannot be removed (%s)",
    async (format) => {
      using it = await started();
      const models = (key: string) =>
        `CREATE TABLE p (id INTEGER${key}); CREATE TABLE c (p_id INTEGER REFERENCES p (id));`;
      it.write("schema.sql", models(" PRIMARY KEY"));
      await it.ok("revision", "--autogenerate", "-m", "one");
      await it.ok("upgrade", "head");
      it.write("schema.sql", models(""));
      const written = await it.migrate(
        "revision",
        "--autogenerate",
        "-m",
        "two",
        "--format",
        format,
      );
      const { stderr } = written.status === 0 ? await it.migrate("upgrade", "head") : written;
      expect(stderr).toContain('foreign key mismatch - "c" referencing "p"');
      expect(stderr).toContain(
        "Hint: The columns that a foreign key refers to must be the primary key",
      );
    },
  );

  const alone: readonly (readonly string[])[] = [
    ["--models", "schema.sql"],
    ["--rename", "a:b"],
    ["--from-revisions"],
  ];
  for (const words of alone) {
    test(`${words[0]} without --autogenerate is an error`, async () => {
      using it = await started();
      const { stderr, status } = await it.migrate("revision", ...words);
      expect(stderr).toContain(`Cannot use ${words[0]} without --autogenerate`);
      expect(status).toBe(2);
      expect(versions(it)).toEqual([]);
    });
  }
});

describe("check", () => {
  test("exits with 3 on a difference, 0 on none, and 1 on an outdated database", async () => {
    using it = await started();
    const missing = await it.migrate("check");
    expect(missing.stdout).toBe("New upgrade operations detected:\n  added table 'users'\n");
    expect(missing.status).toBe(3);
    await it.ok("revision", "--autogenerate");
    const behind = await it.migrate("check", "--json");
    expect(JSON.parse(behind.stdout).error.code).toBe("database/not_at_heads");
    expect(behind.status).toBe(1);
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  });

  test("prints as JSON what each operation does and destroys", async () => {
    using it = await upgraded();
    it.write("schema.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n");
    const { stdout, status } = await it.migrate("check", "--json");
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      operations: [{
        kind: "dropColumn",
        table: { name: "users" },
        column: "mail",
        existing: { name: "mail", type: { kind: "text" }, nullable: true },
        description: ["removed column 'users.mail'"],
        destructive: ["drops the column mail of users with its values"],
      }],
      drift: [],
    });
  });

  test("ignores excluded tables and the tool's own tables", async () => {
    using it = await upgraded('exclude = ["legacy_*"]\nversion_table = "revisions"\n');
    it.write("schema.sql", `${one}CREATE TABLE legacy_a (x);`);
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  });

  test("fails if no models are configured, or a name is empty", async () => {
    using it = await started();
    it.write("migrate.toml", 'database_url = "sqlite:///./app.db"\n');
    const { stderr, status } = await it.migrate("check");
    expect(stderr).toContain("Cannot tell how the database should look: no models are configured");
    expect(status).toBe(1);
    const unset = await it.migrate("check", "--models", "");
    expect(unset.stderr).toContain("Cannot find the models: the name of one of them is empty");
    expect(unset.status).toBe(1);
  });
});

describe("renames", () => {
  test("are suggested in a warning without a terminal, and taken from --rename", async () => {
    using it = await upgraded();
    it.write("schema.sql", renamed);
    const { stderr } = await it.migrate("check");
    expect(stderr).toContain(
      "Warning: Table 'users' is dropped, and 'people' is new: its rows would be lost\n" +
        "  Hint: If it was renamed, add --rename users:people\n",
    );
    const { stdout } = await it.migrate(
      ..."check --rename users:people --rename users.mail:email".split(" "),
    );
    expect(stdout).toBe(
      "New upgrade operations detected:\n  renamed table 'users' to 'people'\n" +
        "  renamed column 'people.mail' to 'email'\n",
    );
  });

  test.each(["postgres", "sqlite"] as const)(
    "leave a view unchanged that uses another table's column of the old name (%s)",
    async (kind) => {
      await using database = await freshDatabase(kind);
      using it = await started("", database.url);
      const models = (column: string) =>
        `CREATE TABLE teams (team_id integer PRIMARY KEY, title text);
        CREATE TABLE members (name text, ${column} integer);
        CREATE VIEW lists AS SELECT t.team_id, m.name FROM members m JOIN teams t ON t.team_id = m.${column};`;
      it.write("schema.sql", models("team_id"));
      await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
      await it.ok("upgrade", "head");
      it.write("schema.sql", models("team"));
      const rename = ["--rename", "members.team_id:team"];
      const { stdout } = await it.migrate("check", ...rename);
      expect(stdout).toBe(
        "New upgrade operations detected:\n  renamed column 'members.team_id' to 'team'\n",
      );
      await it.ok("revision", "--autogenerate", "-m", "two", "--rev-id", "bbbb", ...rename);
      await it.ok("upgrade", "head");
      expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
      await it.ok("downgrade", "aaaa");
      expect((await it.migrate("check", "--drift", "--json")).stdout).toContain('"drift": []');
    },
  );

  // https://www.postgresql.org/docs/current/sql-createview.html: a view's own columns keep their names.
  test("recreate the views whose own columns are renamed in the models, too", async () => {
    await using database = await freshDatabase("postgres");
    using it = await started("", database.url);
    const models = (column: string) =>
      `CREATE TABLE users (id integer, ${column} text);
      CREATE TABLE admins (${column} text);
      CREATE VIEW plain AS SELECT ${column} FROM users;
      CREATE VIEW further AS SELECT id, u.${column} FROM users u WHERE u.${column} <> '';
      CREATE VIEW lone AS SELECT DISTINCT ${column} FROM users;
      CREATE VIEW joined AS SELECT ${column} AS who FROM users UNION SELECT ${column} FROM admins;
      CREATE VIEW kept AS SELECT ${column} AS name FROM users UNION SELECT ${column} AS name FROM admins;
      CREATE POLICY own ON users USING (EXISTS (SELECT a.${column} FROM admins a WHERE a.${column} = users.${column}));
      CREATE VIEW handed AS SELECT s.${column} AS who FROM (SELECT ${column} FROM users) s;
      CREATE VIEW shared AS WITH s AS (SELECT ${column} FROM users) SELECT ${column} FROM s;
      CREATE VIEW counted AS SELECT count(DISTINCT ${column}) AS name FROM users;`;
    it.write("schema.sql", models("name"));
    await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
    await it.ok("upgrade", "head");
    it.write("schema.sql", models("mail"));
    const rename = ["--rename", "users.name:mail", "--rename", "admins.name:mail"];
    const { stdout } = await it.migrate("check", ...rename);
    for (
      const name of ["view 'plain'", "view 'further'", "view 'lone'", "policy 'own' on 'users'"]
    ) {
      expect(stdout).toContain(`${name}\n`);
    }
    expect(stdout).not.toMatch(/joined|kept|counted/);
    await it.ok("revision", "--autogenerate", "-m", "two", "--rev-id", "bbbb", ...rename);
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    await it.ok("downgrade", "aaaa");
    expect((await it.migrate("check", "--drift", "--json")).stdout).toContain('"drift": []');
  });

  test("leave views and triggers unchanged in which SQLite quotes the new table name", async () => {
    using it = await started();
    const models = (name: string) =>
      `CREATE TABLE ${name} (a INTEGER);
      CREATE VIEW v AS SELECT ${name}.a, 'from user' AS b FROM ${name};
      CREATE VIEW w AS SELECT x.a FROM ${name} x, ${name}, ${name} AS y;
      CREATE TRIGGER t AFTER INSERT ON ${name} BEGIN UPDATE ${name} SET a = 0; END;`;
    it.write("schema.sql", models("user"));
    await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
    await it.ok("upgrade", "head");
    it.write("schema.sql", models("[Some One]"));
    const rename = ["--rename", 'user:"Some One"'];
    expect((await it.migrate("check", ...rename)).stdout)
      .toBe("New upgrade operations detected:\n  renamed table 'user' to 'Some One'\n");
    await it.ok("revision", "--autogenerate", "-m", "two", ...rename);
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    expect(await it.ok("verify")).toBe("Verified 2 revisions: 2 passed\n");
    await it.ok("downgrade", "aaaa");
    expect((await it.migrate("check", "--drift", "--json")).stdout).toContain('"drift": []');
  });

  test.each(["ts", "sql"])(
    "are undone after a function that uses the old names in its text is recreated (%s)",
    async (format) => {
      await using database = await freshDatabase("postgres");
      using it = await started("", database.url);
      const models = (table: string, column: string) =>
        `CREATE TABLE ${table} (${column} integer);
      CREATE FUNCTION f(${table}) RETURNS SETOF integer LANGUAGE sql AS 'SELECT ${column} FROM ${table}';`;
      it.write("schema.sql", models("users", "id"));
      await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
      await it.ok("upgrade", "head");
      it.write("schema.sql", models("people", "key"));
      const renames = ["--rename", "users:people", "--rename", "users.id:key"];
      await it.ok("revision", "--autogenerate", "-m", "two", "--format", format, ...renames);
      await it.ok("upgrade", "head");
      expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
      await it.ok("downgrade", "aaaa");
      expect((await it.migrate("check", "--drift", "--json")).stdout).toContain('"drift": []');
    },
  );

  test("that SQLite cannot apply to a view drop and recreate it, with its triggers", async () => {
    using it = await started();
    const models = (column: string) =>
      `CREATE TABLE users (id integer, ${column} text);
      CREATE VIEW shown AS WITH x AS (SELECT ${column} FROM users) SELECT x.${column} FROM x;
      CREATE VIEW shown_again AS SELECT ${column} FROM shown;
      CREATE VIEW plain AS SELECT ${column} FROM users;
      CREATE TRIGGER kept INSTEAD OF INSERT ON shown BEGIN INSERT INTO users (${column}) VALUES (1); END;`;
    it.write("schema.sql", models("name"));
    await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
    await it.ok("upgrade", "head");
    const before = await it.ok("dump");
    it.write("schema.sql", models("mail"));
    const words = ["--autogenerate", "-m", "two", "--rename", "users.name:mail", "--json"];
    const [made] = JSON.parse(await it.ok("revision", ...words)).revisions;
    expect(it.read(made.path)).not.toContain("plain");
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    await it.ok("downgrade", "aaaa");
    expect(await it.ok("dump")).toBe(before);
  });

  test("that SQLite cannot apply to an excluded view are refused with a hint", async () => {
    using it = await started();
    const models = (column: string, view = "") =>
      `CREATE TABLE users (id integer, ${column} text);${view}`;
    const shown = "CREATE VIEW shown AS WITH x AS (SELECT name FROM users) SELECT x.name FROM x;";
    it.write("schema.sql", models("name", shown));
    await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
    await it.ok("upgrade", "head");
    it.write("schema.sql", models("mail"));
    it.write("migrate.toml", `exclude = ["shown"]\n${it.read("migrate.toml")}`);
    const rename = ["--rename", "users.name:mail"];
    const { status, stderr } = await it.migrate("revision", "--autogenerate", ...rename);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        "Error: Cannot rename on SQLite: error in view shown after rename: no such column: x.name\n" +
          "  Hint: Drop it in a revision before",
      ),
    ]);
    it.write(
      "migrations/versions/two.ts",
      `export const revision = "bbbb";
export const downRevision = "aaaa";
export function upgrade(op) { op.renameColumn("users", "name", "mail"); }
`,
    );
    expect((await it.migrate("upgrade", "head")).stderr).toContain("Hint: Drop it in a revision");
  });

  test("leave a table unchanged that is partitioned by the column", async () => {
    await using database = await freshDatabase("postgres");
    using it = await started("", database.url);
    const models = (column: string) =>
      `CREATE TABLE events (${column} date) PARTITION BY RANGE (${column});
      CREATE TABLE later PARTITION OF events DEFAULT PARTITION BY LIST ((extract(year FROM ${column})));`;
    it.write("schema.sql", models("day"));
    await it.ok("revision", "--autogenerate", "-m", "one");
    await it.ok("upgrade", "head");
    it.write("schema.sql", models("at"));
    const { stdout } = await it.migrate("check", "--rename", "events.day:at");
    expect(stdout).toBe(
      "New upgrade operations detected:\n  renamed column 'events.day' to 'at'\n",
    );
  });

  test("leave a partition unchanged whose bounds contain the enum value", async () => {
    await using database = await freshDatabase("postgres");
    using it = await started("", database.url);
    const models = (value: string) =>
      `CREATE TYPE mood AS ENUM ('${value}', 'ok');
      CREATE TABLE days (day date, m mood) PARTITION BY LIST (m);
      CREATE TABLE bad PARTITION OF days FOR VALUES IN ('${value}', NULL) PARTITION BY LIST (m);
      CREATE TABLE worst PARTITION OF bad FOR VALUES IN ('${value}');
      CREATE TABLE nights (name text, m mood) PARTITION BY RANGE (name, m);
      CREATE TABLE worse PARTITION OF nights FOR VALUES FROM ('sad', '${value}') TO ('sad', MAXVALUE);`;
    it.write("schema.sql", models("sad"));
    await it.ok("revision", "--autogenerate", "-m", "one", "--rev-id", "aaaa");
    await it.ok("upgrade", "head");
    it.write("schema.sql", models("it''s"));
    const rename = "mood.sad:it's";
    expect(await it.migrate("check", "--rename", rename)).toMatchObject({
      stdout: `New upgrade operations detected:\n  renamed value 'sad' of enum 'mood' to 'it's'\n`,
    });
    await it.ok("revision", "--autogenerate", "-m", "two", "--rename", rename);
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    await it.ok("downgrade", "aaaa");
    expect((await it.migrate("check", "--drift", "--json")).stdout).toContain('"drift": []');
  });

  test("that are invalid are refused before anything is written", async () => {
    using it = await upgraded();
    it.write("schema.sql", renamed);
    for (const text of ["users", "users:nobody", "nobody:people"]) {
      const { status } = await it.migrate("revision", "--autogenerate", "--rename", text);
      expect({ text, status }).toEqual({ text, status: 2 });
    }
    expect(versions(it)).toHaveLength(1);
  });

  const answers: readonly (readonly [answers: string, lines: readonly string[], status: number])[] =
    [
      ["yy", ["renamed table 'users' to 'people'", "renamed column 'people.mail' to 'email'"], 3],
      ["n", ["added table 'people'", "removed table 'users'  (destructive)"], 3],
      ["\x04", ["added table 'people'", "removed table 'users'  (destructive)"], 3],
      ["\x03", ["Interrupted: nothing was written"], 130],
    ];
  for (const [typed, lines, status] of answers) {
    test(`are prompted for on a terminal, answered with ${JSON.stringify(typed)}`, async () => {
      using it = await upgraded();
      it.write("schema.sql", renamed);
      const ended = await onTerminal(it, ["check"], typed);
      expect(ended.said).toContain("Is table 'people' the renamed 'users'? [y/N] ");
      for (const line of lines) expect(ended.said).toContain(line);
      expect(ended.status).toBe(status);
    });
  }

  test("are not prompted for with --json", async () => {
    using it = await upgraded();
    it.write("schema.sql", renamed);
    const { said } = await onTerminal(it, ["check", "--json"], "");
    expect(said).toContain("add --rename users:people");
    expect(said).not.toContain("[y/N]");
  });
});

/** Runs a command on a terminal of its own, where each question is answered by the next letter. */
async function onTerminal(
  { folder }: Project,
  words: readonly string[],
  typed: string,
): Promise<{ readonly said: string; readonly status: number }> {
  const waiting = [...typed];
  let said = "";
  const child = Bun.spawn([...executable.command, ...words], {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", NO_COLOR: "1" },
    terminal: {
      data: (terminal, bytes) => {
        const text = new TextDecoder().decode(bytes);
        said += text.replaceAll("\r\n", "\n");
        const letter = text.includes("[y/N] ") ? waiting.shift() : undefined;
        if (letter !== undefined) terminal.write(/\w/.test(letter) ? `${letter}\n` : letter);
      },
    },
  });
  return { status: await child.exited, said };
}

test("on PostgreSQL, several schemas are compared, one with the version table", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init", "--quiet");
  it.write(
    "migrate.toml",
    'models = "schema.sql"\nschemas = ["public", "app"]\nversion_table_schema = "public"\n',
  );
  it.write(
    "schema.sql",
    "CREATE SCHEMA app; CREATE TABLE app.users (id bigint PRIMARY KEY);\n" +
      "CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint REFERENCES app.users);\n",
  );
  await it.ok("revision", "--autogenerate", "-m", "one");
  await it.ok("upgrade", "head");
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
  await it.ok("downgrade", "base");
  await it.ok("upgrade", "head");
  expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
});
