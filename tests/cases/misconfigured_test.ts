import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";

const longest = 30_000;

/** What is wrong with `migrate.toml`, and what is said of it. */
const mistakes: readonly {
  readonly name: string;
  readonly toml: string;
  readonly says: readonly string[];
  readonly status?: number;
}[] = [
  {
    name: "invalid TOML",
    toml: `# first\ndatabase_url = "sqlite:///./app.db\n`,
    says: ["Cannot read the configuration", "migrate.toml:2", "Hint: Write it in TOML"],
  },
  {
    name: "a misspelled key",
    toml: `databse_url = "sqlite:///./app.db"\n`,
    says: [`unknown key "databse_url"`, "migrate.toml:1", `Did you mean "database_url"?`],
  },
  {
    name: "a value of the wrong type",
    toml: `\ntransaction_per_migration = "yes"\n`,
    says: ["transaction_per_migration is not true or false", "migrate.toml:2"],
  },
  {
    name: "an empty list of schemas",
    toml: "schemas = []\n",
    says: ["schemas is not a list of strings that is not empty", "migrate.toml:1"],
  },
  {
    name: "an empty list of version locations",
    toml: "version_locations = []\n",
    says: ["version_locations is not a list of strings that is not empty", "migrate.toml:1"],
  },
  { name: "a missing URL", toml: "", says: ["no URL is configured", "DATABASE_URL"] },
  {
    name: "an unknown kind of database",
    toml: `database_url = "mysql://u:s3cret@host/db"\n`,
    says: [`"mysql"`, "postgresql://"],
  },
  {
    name: "a port that is not a number",
    toml: `database_url = "postgresql://u:s3cret@host:notaport/db"\n`,
    says: ["Cannot read the PostgreSQL URL"],
  },
  {
    name: "an unknown sslmode",
    toml: `database_url = "postgresql://u:s3cret@host/db?sslmode=s3cret"\n`,
    says: ["sslmode is not one of", "verify-full"],
  },
  {
    name: "an unreachable PostgreSQL server",
    toml: `database_url = "postgresql://u:s3cret@127.0.0.1:1/db"\n`,
    says: ["127.0.0.1:1", "nothing listens there"],
    status: 5,
  },
  {
    name: "an unreachable libSQL server",
    toml: `database_url = "http://127.0.0.1:1?authToken=s3cret"\n`,
    says: ["127.0.0.1"],
    status: 5,
  },
  {
    name: "a directory instead of a database",
    toml: `database_url = "sqlite:///./migrations"\n`,
    says: ["it is a directory"],
    status: 5,
  },
  {
    name: "a file that is not a database",
    toml: `database_url = "sqlite:///./migrate.toml"\n# more than a few bytes`,
    says: ["file is not a database"],
    status: 5,
  },
];

for (const { name, toml, says, status = 1 } of mistakes) {
  test(
    `${name} is a short error without the password, with exit code ${status}`,
    async () => {
      using it = project();
      mkdirSync(join(it.folder, "migrations/versions"), { recursive: true });
      it.write("migrate.toml", toml);
      const before = readdirSync(it.folder, { recursive: true });
      for (const line of ["current", "upgrade head", "ensure_version", "current --json"]) {
        const ended = await it.migrate(...line.split(" "));
        const said = ended.stdout + ended.stderr;
        expect([line, ended.status]).toEqual([line, status]);
        if (!line.endsWith("--json")) { for (const words of says) expect(said).toContain(words); }
        expect(said).not.toContain("s3cret");
        expect(said).not.toContain("bug in migrate");
        if (line !== "current --json") expect(said.trim().split("\n").length).toBeLessThan(7);
      }
      expect(readdirSync(it.folder, { recursive: true })).toEqual(before);
    },
    longest,
  );
}

test("a missing database and a wrong password exit with 5", async () => {
  await using database = await freshDatabase("postgres");
  using it = project();
  await it.ok("init");
  const url = new URL(database.url);
  url.pathname = "/nowhere_to_be_found";
  const nowhere = await current(it, url.href);
  expect([nowhere.status, nowhere.stderr]).toEqual([
    5,
    expect.stringContaining(`database "nowhere_to_be_found" does not exist`),
  ]);
  url.password = "not-the-s3cret";
  const wrong = await current(it, url.href);
  expect([wrong.status, wrong.stderr]).toEqual([
    5,
    expect.stringContaining("password authentication failed"),
  ]);
  expect(wrong.stderr).not.toContain("not-the-s3cret");
}, longest);

function current(it: Project, url: string): ReturnType<Project["migrate"]> {
  return it.migrate("current", "--database-url", url);
}

test(
  "PGTARGETSESSIONATTRS is what libpq makes of it, with a server and with the embedded one",
  async () => {
    await using database = await freshDatabase("postgres");
    for (const target of ["any", "primary", "prefer-standby"]) {
      using it = project({ env: { DATABASE_URL: database.url, PGTARGETSESSIONATTRS: target } });
      it.write("migrate.toml", 'models = ["m.sql"]\nscratch = "embedded"\n');
      it.write("m.sql", "");
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one" }));
      await it.ok("upgrade", "head");
      await it.ok("check");
    }
  },
  longest,
);

test("an unreadable configuration and a folder that cannot be made are errors", async () => {
  using it = project();
  mkdirSync(join(it.folder, "migrate.toml"));
  const config = await it.migrate("heads", "-c", "migrate.toml");
  expect([config.status, config.stderr]).toEqual([
    1,
    expect.stringContaining('Cannot read "migrate.toml": it is a directory'),
  ]);
  expect(config.stderr).toContain("Hint: Give a readable file with -c or MIGRATE_CONFIG\n");
  rmSync(join(it.folder, "migrate.toml"), { recursive: true });
  expect((await it.migrate("heads", "-c", ".")).stderr).toContain("\n  at .\n");
  it.write("file", "");
  expect((await it.migrate("init", "file")).stderr).toContain("Hint: Name another directory\n");
  const init = await it.migrate("init", "file/migrations");
  expect([init.status, init.stderr]).toEqual([
    1,
    expect.stringContaining(
      'Cannot write "migrations": a file is where its folder should be\n' +
        "  at file/migrations\n  Hint: Check who owns its folder",
    ),
  ]);
  expect(init.stderr).not.toContain("bug in migrate");
  const json = JSON.parse((await it.migrate("init", "file/migrations", "--json")).stdout);
  expect(json.error.code).toBe("script/failed");
}, longest);

test("init refuses a configuration without a name or at a folder, writing nothing", async () => {
  using it = project();
  for (const [name, said] of [["", "its name is empty"], [".", "it is a directory"]] as const) {
    const { status, stderr } = await it.migrate("init", "-c", name);
    expect([status, stderr]).toEqual([1, expect.stringContaining(said)]);
  }
  expect(readdirSync(it.folder)).toEqual([]);
}, longest);

test("missing files, folders and sections are errors that name them", async () => {
  using it = project();
  const none = await it.migrate("heads");
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining("Path doesn't exist")]);
  expect(none.stderr).toContain("migrate init");
  it.write("conf/app.toml", 'script_location = "../db/scripts"\n');
  for (const config of ["conf/app.toml", "conf/other.toml"]) {
    const { stderr } = await it.migrate("heads", "-c", config);
    const typed = /migrate (init .*)/.exec(stderr)?.[1]?.split(" ") ?? [];
    await it.ok(...typed);
    await it.ok("heads", "-c", config);
  }
  rmSync(join(it.folder, "migrations"), { recursive: true });
  it.write("migrations", "no folder");
  const file = await it.migrate("upgrade", "head", "--database-url", "sqlite:///./app.db");
  expect([file.status, file.stderr]).toEqual([1, expect.stringContaining("it is not a folder")]);
  rmSync(join(it.folder, "migrations"));
  await it.ok("init");
  for (
    const [option, name] of [["-c", "other.toml"], ["--env-file", "other.env"], ["-n", "other"]]
  ) {
    const { status, stderr } = await it.migrate("heads", option ?? "", name ?? "");
    expect([option, status]).toEqual([option, 1]);
    expect(stderr).toContain(name ?? "");
  }
  const folder = await it.migrate("heads", "--env-file", "migrations");
  expect([folder.status, folder.stderr]).toEqual([
    1,
    expect.stringContaining('migrations": it is a directory\n'),
  ]);
}, longest);

test(
  "an upgrade of an in-memory database, as for an empty path in the URL, has a warning",
  async () => {
    using it = project({ env: { DATABASE_URL: "sqlite:///" } });
    it.write("migrations/versions/a.sql", sqlRevision({ id: "a" }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([0, expect.stringContaining("The database is in memory")]);
    expect((await it.migrate("current")).stderr).not.toContain("in memory");
  },
  longest,
);

test("a mistake in TOML is shown by its line alone: the one before it may have a password", async () => {
  using it = project();
  it.write("migrate.toml", 'database_url = "postgresql://u:hunter2@h/db"\nscript_location = x\n');
  const { stderr, stdout } = await it.migrate("current");
  expect(stderr).toContain("at migrate.toml:2");
  expect(stderr + stdout).not.toContain("hunter2");
});
