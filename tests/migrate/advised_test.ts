import { describe, expect, test } from "bun:test";
import { project, sqlRevision } from "../cases/project.ts";
import { databases, freshDatabase } from "../servers/fresh_database.ts";

const given = `CREATE TABLE users (id integer CONSTRAINT users_pk PRIMARY KEY, email text);
CREATE INDEX ix_users_email ON users (email);
INSERT INTO users (id) VALUES (1), (2);
CREATE TABLE "my posts" (a text);
INSERT INTO "my posts" VALUES (NULL);`;

/** What a revision does wrong, and the hint in the error. */
const mistakes: readonly [what: string, body: string, hint: string][] = [
  [
    "a column made NOT NULL that has nulls",
    'op.alterColumn("users", "email", { nullable: false });',
    "Hint: 2 rows have NULL there: fill the column first, with UPDATE users SET email = … WHERE email IS NULL",
  ],
  [
    "nulls in a table whose name is quoted",
    'op.alterColumn("my posts", "a", { nullable: false });',
    'Hint: 1 row has NULL there: fill the column first, with UPDATE "my posts" SET a = … WHERE a IS NULL',
  ],
  [
    "a new NOT NULL column of a table that has rows",
    'op.addColumn("users", column("age", integer(), { nullable: false }));',
    'Hint: "users" has rows: give "age" a serverDefault, or add it nullable, fill it, and alter it',
  ],
  [
    "a misspelt table",
    'op.addColumn("user", column("age", integer()));',
    'Hint: Did you mean "users"?',
  ],
  [
    "a misspelt column, altered",
    'op.alterColumn("users", "emial", { nullable: false });',
    'Hint: Did you mean "email"?',
  ],
  [
    "a misspelt column, renamed",
    'op.renameColumn("users", "emial", "mail");',
    'Hint: Did you mean "email"?',
  ],
  [
    "a misspelt column of rows",
    'op.bulkInsert("users", [{ emial: "a" }]);',
    'Hint: Did you mean "email"?',
  ],
  [
    "a misspelt column in SQL",
    'op.execute("UPDATE users SET emial = 1");',
    'Hint: Did you mean "email"?',
  ],
  [
    "a misspelt index",
    'op.dropIndex("ix_user_email", { table: "users" });',
    'Hint: Did you mean "ix_users_email"?',
  ],
  [
    "a misspelt constraint",
    'op.dropConstraint("users", "user_pk");',
    'Hint: Did you mean "users_pk"?',
  ],
  [
    "an expression given to an index as a column",
    'op.createIndex("ix", "users", ["lower(email)"]);',
    'Hint: If it is an expression, write raw("lower(email)"), or in SQL leave out the double quotes',
  ],
  [
    "an order given to an index with its column",
    'op.createIndex("ix", "users", ["email DESC nulls last"], { unique: true });',
    'Hint: Write { on: "email", order: "desc", nulls: "last" }',
  ],
];

describe.each(databases())("$name: the error has a hint about", ({ fresh }) => {
  test.each(mistakes)("%s", async (_, body, hint) => {
    await using database = await fresh();
    using folder = project();
    await folder.ok("init");
    folder.write(
      "migrations/versions/a.sql",
      sqlRevision({ id: "a", up: given, downSql: "DROP TABLE users;" }),
    );
    await folder.ok("upgrade", "head", "--database-url", database.url);
    folder.write(
      "migrations/versions/b.ts",
      `import { column, integer } from "migrate";
export const revision = "b";
export const downRevision = "a";
export function upgrade(op) {
  ${body}
}
`,
    );
    const { stderr, status } = await folder.migrate(
      "upgrade",
      "head",
      "--database-url",
      database.url,
    );
    expect(status).toBe(1);
    expect(stderr).toContain(hint);
    expect(stderr).toContain("at migrations/versions/b.ts:5:6");
  });

  test("no table that the revision itself has dropped", async () => {
    await using database = await fresh();
    using folder = project();
    await folder.ok("init");
    const up = "CREATE TABLE t (a integer);\nDROP TABLE alembic_version;";
    folder.write("migrations/versions/a.sql", sqlRevision({ id: "a", up }));
    const { stderr, status } = await folder.migrate(
      "upgrade",
      "head",
      "--database-url",
      database.url,
    );
    expect(status).toBe(1);
    expect(stderr).not.toContain("Did you mean");
  });
});

test.each([
  [
    'column("mood", enumeration("mood", ["sad"]))',
    'If it is an enum type, create it before: op.createEnum("mood", […])',
  ],
  [
    'column("a", native("citext"))',
    'Create the extension before: op.createExtension("citext")',
  ],
])("on PostgreSQL, the error has a hint about the missing type of %s", async (made, hint) => {
  await using database = await freshDatabase("postgres");
  using folder = project({ env: { DATABASE_URL: database.url } });
  await folder.ok("init");
  folder.write(
    "migrations/versions/a.ts",
    `import { column, enumeration, native } from "migrate";
export const revision = "a";
export const downRevision = null;
export const upgrade = (op) => op.createTable("t", ${made});
`,
  );
  const { stderr } = await folder.migrate("upgrade", "head");
  expect(stderr).toContain(`Hint: ${hint}`);
});

test.each(["PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF"])(
  "on SQLite, %s in a transaction is an error with a hint that helps",
  async (pragma) => {
    await using database = await freshDatabase("sqlite");
    using folder = project({ env: { DATABASE_URL: database.url } });
    await folder.ok("init");
    const body = { id: "a", up: `${pragma};` };
    folder.write("migrations/versions/a.sql", sqlRevision(body));
    const { stderr } = await folder.migrate("upgrade", "head");
    expect(stderr).toContain('"-- transaction: false"');
    folder.write("migrations/versions/a.sql", `-- transaction: false\n${sqlRevision(body)}`);
    await folder.ok("upgrade", "head");
  },
);

test("on SQLite, the error has a hint about values that cannot become rowids", async () => {
  await using database = await freshDatabase("sqlite");
  using folder = project({ env: { DATABASE_URL: database.url } });
  await folder.ok("init");
  folder.write(
    "migrations/versions/a.ts",
    `import { column, integer, text } from "migrate";
export const revision = "a";
export const downRevision = null;
export function upgrade(op) {
  op.createTable("users", column("id", text(), { primaryKey: true }));
  op.bulkInsert("users", [{ id: "one" }]);
  op.alterColumn("users", "id", { type: integer() });
}
`,
  );
  const { stderr } = await folder.migrate("upgrade", "head");
  expect(stderr).toContain("Hint: An INTEGER PRIMARY KEY holds only whole numbers: ");
});

test("on SQLite, the error has a hint about rows that violate a new foreign key, in .sql too", async () => {
  await using database = await freshDatabase("sqlite");
  using folder = project({ env: { DATABASE_URL: database.url } });
  await folder.ok("init");
  const tables = (p: string) =>
    `CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER${p});`;
  const up = `${tables("")}\nINSERT INTO c VALUES (1, 7);`;
  folder.write("migrations/versions/a.sql", sqlRevision({ id: "a", up }));
  await folder.ok("upgrade", "head");
  folder.write("models.sql", tables(" REFERENCES p (id)"));
  const words = ["--autogenerate", "-m", "key", "--models", "models.sql", "--format", "sql"];
  await folder.ok("revision", ...words);
  const { stderr } = await folder.migrate("upgrade", "head");
  expect(stderr).toContain("Hint: Rows would refer to rows that do not exist");
});

test("on SQLite, the error has a hint about rows with NULL in a .sql revision, too", async () => {
  await using database = await freshDatabase("sqlite");
  using folder = project({ env: { DATABASE_URL: database.url } });
  await folder.ok("init");
  const table = (rule: string) => `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT${rule});`;
  const up = `${table("")}\nINSERT INTO t VALUES (1, NULL);`;
  folder.write("migrations/versions/a.sql", sqlRevision({ id: "a", up }));
  await folder.ok("upgrade", "head");
  folder.write("models.sql", table(" NOT NULL"));
  const words = ["--autogenerate", "-m", "rule", "--models", "models.sql", "--format", "sql"];
  await folder.ok("revision", ...words);
  const { stderr } = await folder.migrate("upgrade", "head");
  expect(stderr).toContain("Hint: 1 row has NULL there");
});

test("postgres: the error says what to do about values that no cast converts", async () => {
  await using database = await freshDatabase("postgres");
  using folder = project({ env: { DATABASE_URL: database.url } });
  await folder.ok("init");
  const up = "CREATE TABLE t (a integer);\nINSERT INTO t VALUES (20261122);";
  folder.write("migrations/versions/a.sql", sqlRevision({ id: "a", up }));
  await folder.ok("upgrade", "head");
  folder.write("models.sql", "CREATE TABLE t (a date);");
  const words = ["--autogenerate", "-m", "dates", "--models", "models.sql", "--json"];
  const [made] = JSON.parse(await folder.ok("revision", ...words)).revisions;
  const { stderr } = await folder.migrate("upgrade", "head");
  expect(stderr).toContain('Hint: Say how the values convert, as in using: "a::text::date"');
  const text = folder.read(made.path).replace(
    "type: date(),",
    'type: date(), using: "a::text::date",',
  );
  folder.write(made.path, text);
  await folder.ok("upgrade", "head");
});
