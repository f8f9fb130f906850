import { type Project, sqlRevision } from "../project.ts";

/** Writes revisions to files named after their ids. */
export function writeRevisions(
  it: Project,
  revisions: readonly Parameters<typeof sqlRevision>[0][],
): void {
  for (const revision of revisions) {
    it.write(`migrations/versions/${revision.id}.sql`, sqlRevision(revision));
  }
}

/** Three revisions in a row, which run on every database. */
export const users = {
  id: "aaaa",
  message: "create users",
  up: "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(255) NOT NULL);",
  downSql: "DROP TABLE users;",
};

export const ages = {
  id: "bbbb",
  down: ["aaaa"],
  message: "add their ages",
  up: "ALTER TABLE users ADD COLUMN age INTEGER;\nCREATE INDEX ix_users_age ON users (age);",
  downSql: "DROP INDEX ix_users_age;\nALTER TABLE users DROP COLUMN age;",
};

export const posts = {
  id: "cccc",
  down: ["bbbb"],
  message: "create posts",
  up:
    "CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);\n" +
    "CREATE VIEW adults AS SELECT id, email FROM users WHERE age >= 18;",
  downSql: "DROP VIEW adults;\nDROP TABLE posts;",
};
