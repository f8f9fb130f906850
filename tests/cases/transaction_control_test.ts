import { expect, test } from "bun:test";
import { databases } from "../servers/fresh_database.ts";
import { project, sqlRevision } from "./project.ts";
import { query, versions } from "./query.ts";

const longest = 60_000;

/** Revisions that would end the transaction which records them, and what is said of each. */
const bodies = [
  `op.execute("CREATE TABLE a (id integer); COMMIT; CREATE TABLE b (id integer)");`,
  `op.execute("CREATE TABLE a (id integer)"); op.execute("\\n  COMMIT\\n");`,
  `op.execute("CREATE TABLE a (id integer)"); op.execute("/* now */ -- then\\nrollback");`,
  `op.execute("-- first\\nCREATE TABLE a (id integer);\\n/* then */ rollback;");`,
  `op.run("it", (db) => db.query("COMMIT"));`,
  `op.run("it", (db) => db.query("CREATE TABLE b (id integer); COMMIT; BEGIN"));`,
  `op.run("it", (db) => db.query("/* now */ ; End"));`,
  `op.run("it", async (db, op) => { await op.execute("CREATE TABLE b (id integer)"); await op.execute("ABORT"); });`,
];

for (const source of databases()) {
  test(
    `${source.name}: a revision cannot end the transaction that records it`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      const refused = async () => {
        const { status, stderr } = await it.migrate("upgrade", "head");
        expect(status).toBe(1);
        expect(stderr).toMatch(
          /Cannot run revision one: its \w+ would begin or end a transaction itself|Cannot run \w+ in op\.run: it runs in the transaction that records the revision/,
        );
        const found = await query(
          database.url,
          source.kind === "postgres"
            ? "SELECT tablename AS name FROM pg_tables WHERE tablename IN ('a', 'b')"
            : "SELECT name FROM sqlite_schema WHERE name IN ('a', 'b')",
        );
        expect(found).toEqual([]);
      };
      for (const body of bodies) {
        it.write(
          "migrations/versions/1.ts",
          `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  ${body}
}
`,
        );
        await refused();
      }
      it.write(
        "migrations/versions/1.ts",
        `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.execute("CREATE TABLE a (id integer); -- one\\nCREATE TABLE b (id integer);");
  op.run("it", async (db) => {
    await db.query("SELECT CASE WHEN 1 = 1 THEN 'commit; begin' END AS it");
    await db.query("SAVEPOINT here");
    await db.query("ROLLBACK TO SAVEPOINT here");
  });
}
`,
      );
      await it.ok("upgrade", "head");
      expect(await versions(database.url)).toEqual(["one"]);
    },
    longest,
  );
}

test("a script with its own BEGIN and COMMIT is refused with the line", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
  const up = "CREATE TABLE a (id integer);\nBEGIN;\nCREATE TABLE b (id integer);\nCOMMIT;";
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("its BEGIN would begin or end a transaction itself");
  expect(stderr).toContain("1.sql:6");
});
