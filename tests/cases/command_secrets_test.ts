import { expect, test } from "bun:test";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { verbs } from "../../lib/cli/verbs.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { ended, type Project, project, sqlRevision } from "./project.ts";
import { query, run } from "./query.ts";

const longest = 120_000;
const secret = "Zq7xRecognisable%2F%40Secret";
const spellings = [secret, decodeURIComponent(secret), encodeURIComponent(secret)];

/** One line for every command, most of which do something; the rest fail. */
const lines = [
  ...["init", "list_templates", "completion bash", "ensure_version", "heads -v", "branches -v"],
  ...["upgrade head --dry-run", "upgrade head", "upgrade head", "current -v", "current -c"],
  ...["status", "history -v -i", "show current", "show head --sql", "log", "log -n 1"],
  ...["accept aaaa --reason why", "downgrade -1", "upgrade bbbb --backup", "upgrade nope"],
  ...["upgrade head --sql", "stamp base", "stamp aaaa", "resume aaaa --done", "edit aaaa"],
  ...["revision -m new", "merge heads -m joined", "check", "diff aaaa bbbb", "verify", "dump"],
  ...["upgrade head --lock-wait 0", "downgrade base"],
];

/** The only place where the secret is written. */
const places: readonly {
  readonly name: string;
  readonly env: (url: URL) => Readonly<Record<string, string>>;
  readonly files?: (url: URL) => Readonly<Record<string, string>>;
}[] = [
  { name: "DATABASE_URL", env: (url) => ({ DATABASE_URL: url.href }) },
  {
    name: "PGPASSWORD",
    env: (url) => ({ DATABASE_URL: without(url), PGPASSWORD: decodeURIComponent(secret) }),
  },
  { name: ".env", env: () => ({}), files: (url) => ({ ".env": `DATABASE_URL=${url.href}\n` }) },
  {
    name: "the configuration",
    env: () => ({}),
    files: (url) => ({ "migrate.toml": `database_url = "${url.href}"\n` }),
  },
];

function without(url: URL): string {
  const other = new URL(url);
  other.password = "";
  return other.href;
}

function revisions(it: Project): void {
  const table = (name: string) => ({
    up: `CREATE TABLE ${name} (id INTEGER);`,
    downSql: `DROP TABLE ${name};`,
  });
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", ...table("a") }));
  it.write("migrations/versions/b.sql", sqlRevision({ id: "bbbb", down: ["aaaa"], ...table("b") }));
  it.write(
    "migrations/versions/c.sql",
    sqlRevision({ id: "cccc", down: ["bbbb"], up: "SELECT x;" }),
  );
}

function leaked(text: string): readonly string[] {
  return text.split("\n").filter((line) => spellings.some((it) => line.includes(it)));
}

test("the command lines of this file run every command", () => {
  const run = new Set(lines.map((line) => line.split(" ")[0]));
  expect(verbs.map((it) => it.name).filter((name) => !run.has(name))).toEqual([]);
});

/** They take turns, so that each command has each form: that does not depend on where the secret was. */
const forms = [["--json"], [], ["--log-format", "json"]];

for (const [index, place] of places.entries()) {
  test(
    `a password in ${place.name} is never in output, files, the history or the process list`,
    async () => {
      await using database = await freshDatabase("postgres");
      const role = `secretive_${Math.random().toString(36).slice(2)}`;
      const url = new URL(database.url);
      await run(
        database.url,
        `CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${decodeURIComponent(secret)}'`,
      );
      [url.username, url.password] = [role, secret];
      using tools = project();
      tools.write("bin/pg_dump", `#!/bin/sh\necho "pg_dump (PostgreSQL) 99.1"; exit 0\n`);
      chmodSync(join(tools.folder, "bin/pg_dump"), 0o755);
      const env = { EDITOR: "true", PATH: `${tools.folder}/bin:/usr/bin:/bin`, ...place.env(url) };
      using it = project({ env });
      const files = place.files?.(url) ?? {};
      for (const [name, text] of Object.entries(files)) it.write(name, text);
      revisions(it);
      const found: string[] = [];
      for (const [number, line] of lines.entries()) {
        const words = [...line.split(" "), ...forms[(index + number) % forms.length] ?? []];
        const child = it.start(words);
        const title = shown(child.pid);
        const { stdout, stderr } = await ended(child);
        const leaks = leaked(`${stdout}\n${stderr}\n${title}`);
        if (leaks.length > 0) found.push(`${words.join(" ")}: ${leaks.join("\n")}`);
      }
      const rows = JSON.stringify(
        await query(database.url, "SELECT * FROM migrate_history"),
        (_, value) => typeof value === "bigint" ? String(value) : value,
      );
      expect(rows.length).toBeGreaterThan(500);
      found.push(...leaked(rows));
      for (const path of readdirSync(it.folder, { recursive: true, encoding: "utf8" })) {
        const file = join(it.folder, path);
        if (path in files || !statSync(file).isFile()) continue;
        found.push(...leaked(readFileSync(file, "utf8")).map((leak) => `${path}: ${leak}`));
      }
      await run(database.url, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`).catch(() => {});
      expect(found).toEqual([]);
    },
    longest,
  );
}

test(
  "a token in a libSQL URL is never printed or recorded, even if the server is unreachable",
  async () => {
    await using database = await freshDatabase("libsql");
    const token = "eyJRecognisableToken";
    for (
      const url of [`${database.url}?authToken=${token}`, `http://127.0.0.1:1/?authToken=${token}`]
    ) {
      using it = project({ env: { DATABASE_URL: url } });
      revisions(it);
      for (const line of ["status", "upgrade head", "upgrade bbbb", "log --json", "current -v"]) {
        const { stdout, stderr } = await it.migrate(...line.split(" "), "--log-format", "json");
        expect(`${stdout}${stderr}`).not.toContain(token);
      }
    }
    expect(JSON.stringify(await query(database.url, "SELECT * FROM migrate_history"))).not
      .toContain(token);
  },
  longest,
);

test("created files have no permissions that the umask forbids", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  const command = (words: string) =>
    Bun.spawnSync(["/bin/sh", "-c", `umask 077; exec "$0" ${words}`, executablePath()], {
      cwd: it.folder,
      env: { DATABASE_URL: "sqlite:///./app.db", PATH: "/usr/bin:/bin" },
    });
  expect(command("init").exitCode).toBe(0);
  expect(command("revision -m one --format sql").exitCode).toBe(0);
  expect(command("upgrade head --backup").exitCode).toBe(0);
  const open = readdirSync(it.folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    (statSync(join(it.folder, path)).mode & 0o077) !== 0
  );
  expect(open).toEqual([]);
});

function executablePath(): string {
  return join(import.meta.dir, "../../dist/migrate");
}

/** Returns what the process list shows of the process. */
function shown(pid: number): string {
  return ["cmdline", "comm"].map((name) => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, "utf8");
    } catch {
      return "";
    }
  }).join("\n");
}
