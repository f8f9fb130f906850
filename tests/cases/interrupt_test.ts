import { expect, test } from "bun:test";
import { freshDatabase } from "../servers/fresh_database.ts";
import { project, sqlRevision } from "./project.ts";
import { query, versions } from "./query.ts";

test(
  "postgres: an interrupt stops the statement on the server, rolls back, and ends with 130",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = "CREATE TABLE a (id INTEGER);\nSELECT pg_sleep(60);";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const child = it.start(["upgrade", "head"]);
    const reader = child.stderr.getReader();
    let said = "";
    while (!said.includes("Running")) said += new TextDecoder().decode((await reader.read()).value);
    const sleeping =
      "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'";
    while ((await query(database.url, sleeping)).length === 0) await Bun.sleep(20);
    child.kill("SIGINT");
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      said += new TextDecoder().decode(next.value);
    }
    expect(await child.exited).toBe(130);
    expect(said).toContain("Interrupted");
    expect(said).toContain("the database is at base");
    expect(await versions(database.url)).toEqual([]);
    expect(await query(database.url, sleeping)).toEqual([]);
  },
  60_000,
);
