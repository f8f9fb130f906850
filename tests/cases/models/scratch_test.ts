import { expect, setDefaultTimeout, test } from "bun:test";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { pooledUrl, postgresServer } from "../../servers/guarded_server.ts";
import { findPgbouncer } from "../../servers/start_pgbouncer.ts";
import { until } from "../../until.ts";
import { executable, project, runners } from "../project.ts";
import { query, untilRows } from "../query.ts";

setDefaultTimeout(120_000);

const scratches =
  "SELECT datname FROM pg_database WHERE datname LIKE 'migrate\\_scratch\\_%' AND shobj_description(oid, 'pg_database') LIKE '%\"pid\":PID}'";

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  test(`${signal} stops a query on scratch, and the scratch database is dropped`, async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write("migrate.toml", 'scratch = "server"\n');
    it.write("slow.sql", "CREATE TABLE t (a int);\nSELECT pg_sleep(60), 'on scratch';");
    it.write("quick.sql", "CREATE TABLE t (a int);");
    const child = it.start(["diff", "slow.sql", "database"]);
    const own = scratches.replace("PID", String(child.pid));
    const sleeping = `SELECT 1 FROM pg_stat_activity a JOIN pg_database d ON d.oid = a.datid
      WHERE a.query LIKE '%on scratch%' AND a.state = 'active' AND shobj_description(d.oid, 'pg_database') LIKE '%"pid":${child.pid}}'`;
    await untilRows(database.url, sleeping);
    expect(await query(database.url, own)).toHaveLength(1);
    child.kill(signal);
    expect(await child.exited).toBe(signal === "SIGKILL" ? 137 : 130);
    if (signal === "SIGKILL") {
      await until(async () => (await query(database.url, sleeping)).length === 0);
      await it.migrate("diff", "quick.sql", "database");
    } else {
      expect(await new Response(child.stderr).text()).toContain("Interrupted");
    }
    expect(await query(database.url, own)).toEqual([]);
  });
}

for (const runner of runners) {
  test(`${runner.name}: scratch = "embedded" needs no server`, async () => {
    using it = project({ runner });
    it.write("migrate.toml", 'scratch = "embedded"\n');
    it.write("a.sql", "CREATE EXTENSION citext;\nCREATE TABLE t (a citext DEFAULT 'x');");
    it.write("b.sql", "CREATE EXTENSION citext;\nCREATE TABLE t (a citext DEFAULT 'x', b int);");
    const { stdout, status } = await it.migrate("diff", "a.sql", "b.sql");
    expect(stdout).toContain("added column 't.b'");
    expect(status).toBe(3);
  });
}

test("a role that may not create a scratch database is told the three alternatives", async () => {
  await using database = await freshDatabase("postgres");
  const role = `poor_${database.url.slice(-8)}`;
  await query(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
  try {
    const url = Object.assign(new URL(database.url), { username: role, password: "p" });
    using it = project({ runner: executable, env: { DATABASE_URL: url.href } });
    it.write("migrate.toml", 'models = "a.sql"\nscratch = "server"\n');
    it.write("a.sql", "CREATE TABLE t (a int);");
    it.write("migrations/versions/.keep", "");
    const { stderr, status } = await it.migrate("check");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "Error: Cannot create a scratch database: the role may not create databases\n",
    );
    for (const way of ["scratch_url", 'scratch = "embedded"', "CREATEDB"]) {
      expect(stderr).toContain(way);
    }
    it.write("migrate.toml", `models = "a.sql"\nscratch_url = "${url.href}"\n`);
    expect((await it.migrate("check")).stderr).toContain(
      "Cannot create a scratch database: the role may create neither databases, nor schemas in the one that scratch_url names\n  Hint: Set",
    );
    it.write("migrate.toml", 'models = "a.sql"\n');
    expect(await it.migrate("check")).toMatchObject({ status: 3 });
  } finally {
    await query(database.url, `DROP ROLE ${role}`);
  }
});

test.skipIf(findPgbouncer() === undefined)(
  "behind a pooler the scratch database is created at direct_url, or embedded",
  async () => {
    await using database = await freshDatabase("postgres");
    const name = new URL(database.url).pathname.slice(1);
    const url = await pooledUrl(await postgresServer(), name);
    using it = project({ env: { DATABASE_URL: url } });
    it.write("a.sql", "CREATE TABLE t (a int);");
    const config = (...lines: readonly string[]) =>
      it.write("migrate.toml", ['models = "a.sql"', ...lines, ""].join("\n"));
    it.write("migrations/versions/.keep", "");
    config('scratch = "server"');
    const { stderr, status } = await it.migrate("check");
    expect(stderr).toContain(
      "Cannot create a scratch database: a pooler is in front of the server",
    );
    expect(status).toBe(1);
    config('scratch = "server"', `direct_url = "${database.url}"`);
    expect(await it.migrate("check")).toMatchObject({ status: 3 });
    config();
    expect(await it.migrate("check")).toMatchObject({ status: 3 });
  },
);
