import { type Project, sqlRevision } from "../cases/project.ts";

export type Kind = "postgres" | "sqlite" | "libsql";

/** The ids, in order. */
export const revisions = ["r1", "r2", "r3", "r4", "r5"] as const;

/** What the parts of the revisions write into `done`: each exactly once, whatever happens. */
export const parts = ["r1", "r2", "r3.a", "r3.b", "r3.c", "r4", "r5"] as const;

const people = Array.from({ length: 10 }, (_, n) => `(${n}, 'name ${n}', ${20 + n})`).join(", ");

/** What each database runs outside transactions, between `r3.a` and `r3.c`. */
const alone: Readonly<Record<Kind, string>> = {
  postgres: `CREATE INDEX CONCURRENTLY people_age ON people (age);
INSERT INTO done VALUES ('r3.b');
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS people_name ON people (name);
VACUUM people;
DROP INDEX CONCURRENTLY people_age;
CREATE INDEX CONCURRENTLY ON people (age);`,
  sqlite: `VACUUM;
INSERT INTO done VALUES ('r3.b');
CREATE UNIQUE INDEX people_name ON people (name);`,
  libsql: `INSERT INTO done VALUES ('r3.b');
CREATE UNIQUE INDEX people_name ON people (name);`,
};

/**
 * Writes a project with every kind of work: transactional, outside transactions, code, and a change
 * for which SQLite rebuilds the table.
 */
export function writeScenario(it: Project, kind: Kind, perMigration: boolean): void {
  it.write("migrate.toml", `transaction_per_migration = ${perMigration}\n`);
  const write = (name: string, text: string) => it.write(`migrations/versions/${name}`, text);
  write(
    "r1.sql",
    sqlRevision({
      id: "r1",
      up: `CREATE TABLE done (step TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
INSERT INTO people VALUES ${people};
INSERT INTO done VALUES ('r1');`,
    }),
  );
  write(
    "r2.ts",
    `import { column, integer, type Operations } from "migrate";
export const revision = "r2";
export const downRevision = "r1";
export function upgrade(op: Operations): void {
  op.createTable("copies", column("id", integer(), { primaryKey: true }));
  op.run("copy the people", async (db) => {
    for (const { id } of await db.query("SELECT id FROM people")) {
      await db.query\`INSERT INTO copies (id) VALUES (\${Number(id)})\`;
    }
    await db.query("INSERT INTO done VALUES ('r2')");
  });
}
`,
  );
  write(
    "r3.sql",
    sqlRevision({
      id: "r3",
      down: ["r2"],
      more: ["-- transaction: false"],
      up: `CREATE TABLE notes (id INTEGER);
INSERT INTO done VALUES ('r3.a');
${alone[kind]}
INSERT INTO done VALUES ('r3.c');`,
    }),
  );
  write(
    "r4.ts",
    `import type { Operations } from "migrate";
export const revision = "r4";
export const downRevision = "r3";
export function upgrade(op: Operations): void {
  op.alterColumn("people", "age", { nullable: false, existingNullable: true });
  op.execute("INSERT INTO done VALUES ('r4')");
}
`,
  );
  write(
    "r5.sql",
    sqlRevision({
      id: "r5",
      down: ["r4"],
      up: "ALTER TABLE people ADD COLUMN email TEXT;\nINSERT INTO done VALUES ('r5');",
    }),
  );
}
