import { expect, test } from "bun:test";
import { chmodSync, readFileSync } from "node:fs";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { postgresServer } from "../servers/guarded_server.ts";
import { closedPort } from "../servers/server_process.ts";
import { executable, type Project, project, sqlRevision, untilSaid } from "./project.ts";
import { query } from "./query.ts";

const longest = 120_000;

/** Fails if any of `secrets`, as it is or as a URL has it, stands in `text`. */
function expectNone(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    for (
      const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
    ) {
      if (text.includes(spelling)) throw new Error(`"${spelling}" stands in:\n${text}`);
    }
  }
}

const commands: readonly (readonly string[])[] = [
  ["current", "-v"],
  ["upgrade", "head"],
  ["upgrade", "head", "--json"],
  ["history", "-v", "-i"],
  ["downgrade", "base"],
  ["stamp", "nothing", "--json"],
  ["check"],
  ["upgrade", "head", "--sql"],
];

/** Runs what talks to a database, and returns all that it said. */
async function everything(
  it: Project,
  words: readonly string[] = [],
  run: readonly (readonly string[])[] = commands,
): Promise<string> {
  const said: string[] = [];
  for (const command of run) {
    const { stdout, stderr } = await it.migrate(...command, ...words);
    said.push(`$ ${command.join(" ")}\n${stdout}${stderr}`);
  }
  return said.join("\n");
}

function revisions(it: Project): void {
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "CREATE TABLE t (id INT);" }));
  it.write(
    "migrations/versions/2.sql",
    sqlRevision({ id: "two", down: ["one"], up: "SELECT nothing FROM nowhere;" }),
  );
}

/** Where a PostgreSQL password may stand. */
const places: Readonly<
  Record<
    string,
    (it: Project, url: URL, password: string) => Promise<readonly string[]> | readonly string[]
  >
> = {
  "in DATABASE_URL": (it, url) => {
    it.write(".env", `DATABASE_URL=${url.href}\n`);
    return [];
  },
  "in migrate.toml": (it, url) => {
    it.write("migrate.toml", `database_url = "${url.href}"\n`);
    return [];
  },
  "in --database-url": (_, url) => ["--database-url", url.href],
  "in a parameter of the URL": (_, url, password) => {
    const bare = new URL(url);
    bare.password = "";
    bare.searchParams.set("password", password);
    return ["--database-url", bare.href];
  },
  "in PGPASSWORD": (it, url, password) => {
    const bare = new URL(url);
    bare.password = "";
    it.write(".env", `DATABASE_URL=${bare.href}\nPGPASSWORD='${password}'\n`);
    return [];
  },
  "in .pgpass": (it, url, password) => {
    const bare = new URL(url);
    bare.password = "";
    it.write(".pgpass", `*:*:*:*:${password.replaceAll(/[\\:]/g, "\\$&")}\n`);
    chmodSync(`${it.folder}/.pgpass`, 0o600);
    return ["--database-url", bare.href];
  },
  "in a service": (it, url, password) => {
    it.write(
      ".pg_service.conf",
      `[shop]\nhost=${url.hostname}\nport=${url.port}\nuser=${url.username}\npassword=${password}\ndbname=${
        url.pathname.slice(1)
      }\n`,
    );
    return ["--database-url", "postgresql://?service=shop"];
  },
};

for (const [place, put] of Object.entries(places)) {
  test(`a password ${place} is never printed or recorded`, async () => {
    await using database = await freshDatabase("postgres");
    const { password } = await postgresServer();
    using it = project();
    revisions(it);
    const words = await put(it, new URL(database.url), password);
    const said = await everything(it, words);
    expect(said).toContain("Database: postgresql://migrate@");
    expect(said).toContain('relation "nowhere" does not exist');
    expectNone(said, [password]);
    const rows = await query(
      database.url,
      "SELECT row_to_json(h)::text AS row FROM migrate_history h",
    );
    expect(rows.length).toBeGreaterThan(1);
    expectNone(JSON.stringify(rows), [password]);
  }, longest);
}

test(
  "a password in a wrong, unreachable or invalid URL is not printed",
  async () => {
    const secret = "hunter2/?#@:%41";
    const { host, port, user } = await postgresServer();
    using it = project();
    revisions(it);
    const encoded = encodeURIComponent(secret);
    for (
      const url of [
        `postgresql://${user}:${encoded}@${host}:${port}/postgres`,
        `postgresql://${user}:${encoded}@${host}:${closedPort}/postgres`,
        `postgresql://${user}:${encoded}@nowhere.invalid/postgres`,
        `postgresql://${user}:${secret}@${host}:${port}/postgres`,
        `postgresql://${user}:${encoded}@${host}:${secret}/postgres`,
        `mysql://${user}:${encoded}@${host}/postgres`,
        `postgresql:${user}:${encoded}@${host}`,
        `postgresql://${user}:${encoded}@${host}:${port}/postgres?sslmode=${encoded}`,
        `libsql://${user}:${encoded}@${host}`,
        `http://${host}:${closedPort}?authToken=${encoded}`,
      ]
    ) {
      it.write(".env", `DATABASE_URL=${url}\n`);
      const said = await everything(it);
      expect(said).toContain("Error: ");
      expectNone(said, [secret, "hunter2"]);
    }
  },
  longest,
);

test(
  "a password is not printed if its URL stands where none belongs, nor one that SQL sets",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const secret = "Zq7xRecognisable";
    const url = `postgresql://app:${secret}@db/shop`;
    const up = `CREATE ROLE nobody_here PASSWORD '${secret}' NOSUCH;`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const places = [[url], ["-c", url, "heads"], [`--wait=${url}`, "upgrade"], ["upgrade", "head"]];
    for (const words of [...places, ["libsql://h?authToken=" + secret]]) {
      for (const more of [[], ["--json"], ["--log-format", "json"]]) {
        const { stdout, stderr, status } = await it.migrate(...words, ...more);
        expect({ words, failed: status > 0 }).toEqual({ words, failed: true });
        expectNone(stdout + stderr, [secret]);
      }
    }
  },
  longest,
);

test("a libSQL token is never printed or recorded", async () => {
  await using database = await freshDatabase("libsql");
  const token = "eyJhbGciOiJFZERTQSJ9.t0ken_s3cret.sig";
  using it = project({ env: { DATABASE_URL: `${database.url}?authToken=${token}` } });
  revisions(it);
  const said = await everything(it);
  expect(said).toContain("Running upgrade");
  expectNone(said, [token]);
  await using connection = await connect(database.url);
  const rows = await connection.query({ sql: "SELECT * FROM migrate_history" });
  expect(rows.length).toBeGreaterThan(1);
  expectNone(JSON.stringify(rows), [token]);
}, longest);

test.skipIf(process.platform !== "linux")(
  "a password on the command line is hidden from the process list",
  async () => {
    await using database = await freshDatabase("postgres");
    const { password } = await postgresServer();
    using it = project();
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({ id: "one", up: "SELECT pg_sleep(20);" }),
    );
    for (const words of [["--database-url", database.url], [`--database-url=${database.url}`]]) {
      const child = it.start(["upgrade", "head", ...words]);
      await untilSaid(child, "Running");
      const seen = readFileSync(`/proc/${child.pid}/cmdline`, "utf8");
      expectNone(seen, [password]);
      expect(seen).toContain("upgrade\0head\0");
      expect(seen).toContain("postgresql://migrate:***");
      child.kill("SIGTERM");
      expect(await child.exited).toBe(130);
    }
  },
  longest,
);

test("created files have no permissions that the umask forbids", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
  const shell = Bun.spawnSync([
    "/bin/sh",
    "-c",
    [
      "umask 077",
      `for words in init "revision -m x --format sql" "revision -m y" "upgrade heads"; do ${
        executable.command[0]
      } $words || exit 1; done`,
      "find . -perm /077 -not -name .",
    ].join("\n"),
  ], { cwd: it.folder, env: { DATABASE_URL: "sqlite:///a.db", PATH: "/usr/bin:/bin" } });
  expect(`${shell.stderr}`).not.toContain("Error");
  expect(shell.exitCode).toBe(0);
  expect(`${shell.stdout}`.split("\n").filter((line) => line.startsWith("./"))).toEqual([]);
});
