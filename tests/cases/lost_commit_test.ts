import { expect, setDefaultTimeout, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { freshDatabase } from "../servers/fresh_database.ts";
import { until } from "../until.ts";
import { ended, type Project, project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

setDefaultTimeout(60_000);

/**
 * Starts a proxy that passes a message with `words` on, for the given time that it comes, and then
 * closes the connection instead of passing on the answer. If it `stays` down, nobody can connect again.
 * If it `holds` the message, the server never gets it, and takes the connection for open.
 */
async function losing(
  url: string,
  words: string,
  { time = 1, stays = false, holds = false }: {
    readonly time?: number;
    readonly stays?: boolean;
    readonly holds?: boolean;
  } = {},
): Promise<AsyncDisposable & { readonly url: string }> {
  const target = new URL(url);
  const { hostname, port } = target;
  const sockets = new Set<Socket>();
  let times = 0;
  let isLost = false;
  const server = createServer((client) => {
    if (isLost && stays) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    for (const it of [client, upstream]) sockets.add(it.on("error", () => {}));
    let loses = false;
    client.on("data", (chunk) => {
      if (!isLost && chunk.includes(words)) loses = isLost = ++times === time;
      if (!loses || !holds) upstream.write(chunk);
      else client.destroy();
    });
    upstream.on("data", (chunk) => loses ? client.destroy() : client.write(chunk));
    client.on("close", () => loses && holds || upstream.end());
    upstream.on("close", () => client.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  target.port = String(address.port);
  return {
    url: target.href,
    [Symbol.asyncDispose]: async () => {
      for (const it of sockets) it.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function write(it: Project, more: readonly string[] = []): void {
  const table = (name: string) => ({
    up: `CREATE TABLE ${name} (id INTEGER);`,
    downSql: `DROP TABLE ${name};`,
    more,
  });
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", ...table("a") }));
  it.write("migrations/versions/b.sql", sqlRevision({ id: "bbbb", down: ["aaaa"], ...table("b") }));
}

const kinds = [["postgres", "COMMIT"], ["libsql", "DROP TABLE b"]] as const;

for (const [kind, words] of kinds) {
  test(`${kind}: work that was committed before the connection was lost counts as done`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    write(it);
    await it.ok("upgrade", "head");
    await using proxy = await losing(database.url, words);
    const { status, stderr, stdout } = await it.migrate(
      ...["downgrade", "-1", "--json", "--database-url", proxy.url],
    );
    expect({ status, stderr, stdout }).toMatchObject({ status: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ steps: [{ revision: "bbbb" }], to: ["aaaa"] });
    expect(await versions(database.url)).toEqual(["aaaa"]);
  });

  test(`${kind}: if the database cannot be asked, nothing is said about the lost commit`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    write(it);
    await it.ok("upgrade", "head");
    await using proxy = await losing(database.url, words, { stays: true });
    const down = ["downgrade", "-1", "--database-url", proxy.url];
    const { status, stderr, stdout } = await it.migrate(...down, "--json");
    expect({ status, error: JSON.parse(stdout) }).toMatchObject({
      status: 1,
      error: { error: { code: "database/in_doubt" }, steps: [], from: ["bbbb"], to: null },
    });
    expect(stderr).not.toContain("again");
    expect(await versions(database.url)).toEqual(["aaaa"]);
  });
}

test("postgres: a lost commit is looked for in the table that the configured role sees", async () => {
  await using database = await freshDatabase("postgres");
  const role = `own_${randomBytes(6).toString("hex")}`;
  await run(database.url, `CREATE ROLE ${role}`, `CREATE SCHEMA ${role} AUTHORIZATION ${role}`);
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", `role = "${role}"\n`);
  write(it);
  await it.ok("upgrade", "head");
  await run(
    database.url,
    "CREATE TABLE public.alembic_version (version_num text)",
    "INSERT INTO public.alembic_version VALUES ('bbbb')",
  );
  await using proxy = await losing(database.url, "COMMIT");
  await it.ok("downgrade", "-1", "--database-url", proxy.url);
  expect(await query(database.url, `SELECT version_num FROM ${role}.alembic_version`)).toEqual([
    { version_num: "aaaa" },
  ]);
  await run(database.url, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
});

test("postgres: a COMMIT that may still arrive is in doubt", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  write(it);
  await it.ok("upgrade", "head");
  await using proxy = await losing(database.url, "COMMIT", { holds: true });
  const { stdout } = await it.migrate("downgrade", "-1", "--json", "--database-url", proxy.url);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "database/in_doubt" }, to: null });
});

test("postgres: a run that was lost between two commits does not ask for the same target again", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", "transaction_per_migration = true\n");
  write(it);
  await it.ok("upgrade", "head");
  await using proxy = await losing(database.url, "COMMIT");
  const { stderr } = await it.migrate("downgrade", "-2", "--database-url", proxy.url);
  expect(stderr).toContain("1 step was committed; the database is at aaaa\n");
  expect(stderr).toContain("name the target by its id: one such as -1 counts from there");
  expect(stderr).not.toContain("run the command again");
  expect(await versions(database.url)).toEqual(["aaaa"]);
});

test("postgres: an interrupt does not hide that a commit is in doubt", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  write(it);
  await it.ok("upgrade", "head");
  await using proxy = await losing(database.url, "COMMIT", { stays: true });
  const child = it.start(["downgrade", "-1", "--json", "--database-url", proxy.url]);
  await until(async () => (await versions(database.url)).join() === "aaaa");
  child.kill("SIGINT");
  expect(JSON.parse((await ended(child)).stdout)).toMatchObject({
    error: { code: "database/in_doubt" },
    to: null,
  });
});

test("postgres: a lost commit of the journal is looked for", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const up = "CREATE TABLE a (id INTEGER);\nVACUUM a;";
  const more = ["-- transaction: false"];
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", up, more }));
  await using proxy = await losing(database.url, "COMMIT", { time: 2 });
  const { stderr } = await it.migrate("upgrade", "aaaa", "--database-url", proxy.url);
  expect(stderr).not.toContain("while the work was committed");
  expect(stderr).toContain("The first statement of this revision is done and stays");
  await it.ok("upgrade", "aaaa");
});

test("postgres: a lost commit of the journal is not counted", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  write(it, ["-- transaction: false"]);
  const up = "CREATE TABLE a (id INTEGER);\nCREATE TABLE c (id INTEGER);";
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up, more: ["-- transaction: false"] }),
  );
  // The first commit is that of the version table and the history.
  await using proxy = await losing(database.url, "COMMIT", { time: 2, stays: true });
  const { status, stderr } = await it.migrate("upgrade", "aaaa", "--database-url", proxy.url);
  expect(status).toBe(1);
  expect(stderr).toContain("while the work was committed");
  expect(stderr).toContain(
    "No step was committed before; whether that transaction was, too, is not known",
  );
  expect(stderr).not.toContain("done and stay");
  expect(await query(database.url, "SELECT * FROM a")).toEqual([]);
  expect((await it.migrate("upgrade", "aaaa")).status).toBe(0);
  expect(await query(database.url, "SELECT * FROM c")).toEqual([]);
});
