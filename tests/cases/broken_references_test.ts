import { expect, test } from "bun:test";
import { type Project, project, sqlRevision } from "./project.ts";
import { run, versions } from "./query.ts";

/** A project on a new SQLite file, whose second revision has `upgrade` after the tables. */
function withUpgrade(upgrade: string, first = tables): Project {
  const it = project({ env: { DATABASE_URL: "sqlite:///app.db" } });
  it.write("migrations/versions/1.ts", module("one", null, first));
  it.write("migrations/versions/2.ts", module("two", "one", upgrade));
  return it;
}

function module(revision: string, down: string | null, upgrade: string): string {
  return `import { column, foreignKey, index, integer, options, text, unique } from "migrate";
export const revision = "${revision}";
export const downRevision = ${JSON.stringify(down)};
export function upgrade(op) {
${upgrade}
}
`;
}

const tables = `op.createTable("users", column("id", integer(), { primaryKey: true }),
  column("email", text()), column("code", text()), index("ix_code", ["code"], { unique: true }));
op.createTable("posts", column("id", integer(), { primaryKey: true }),
  column("user_id", integer(), { references: "users.id" }),
  column("code", text(), { references: "users.code" }));`;

const refused = [
  [
    'op.createTable("t", column("a", integer(), { references: "user.id" }));',
    'Cannot create the table "t": the foreign key on "a" of "t" refers to "user", which does not exist',
    'Did you mean "users"?',
  ],
  [
    'op.addColumn("posts", column("team_id", integer(), { references: "teams.id" }));',
    'Cannot add the column "team_id": the foreign key on "team_id" of "posts" refers to "teams", which does not exist',
    'Create "teams" in this revision or in one before it',
  ],
  [
    'op.createTable("t", column("a", integer(), { references: "Users.idd" }));',
    'refers to "idd" of "Users", which does not exist',
    'Did you mean "id"?',
  ],
  [
    'op.addConstraint("posts", foreignKey(["id"], "users.email"));',
    'Cannot upgrade to two: foreign key mismatch - "posts" referencing "users"',
    "must be the primary key or have a unique constraint",
  ],
  [
    'op.addColumn("posts", column("mail", text(), { references: "users.email" }));',
    'refers to "email" of "users", which is not unique',
    'Give "users" a unique constraint on "email" first',
  ],
  [
    'op.addConstraint("posts", foreignKey(["user_id"], "teams.id"));',
    'Cannot add the constraint: the foreign key on "user_id" of "posts" refers to "teams", which does not exist',
    'Create "teams"',
  ],
  [
    'op.createTable("t0", column("a", integer(), { references: "teams.id" })); op.renameTable("t0", "t");',
    'the foreign key on "a" of "t" refers to "teams"',
    'Create "teams"',
  ],
  [
    'op.dropTable("users");',
    'Cannot drop the table "users": a foreign key of "posts" refers to it',
    "Drop that foreign key first",
  ],
  [
    'op.dropTable("USERS", { ifExists: true });',
    'a foreign key of "posts" refers to it',
    "Drop that foreign key first",
  ],
  [
    'op.dropTable("users"); op.createTable("users", column("id", integer(), { primaryKey: true }));',
    'Cannot drop the table "users": the foreign key on "code" of "posts" refers to "code" of "users", which does not exist',
    'The columns of "users" are "id"',
  ],
  [
    'op.dropIndex("ix_code", { table: "users" });',
    'Cannot drop the index "ix_code": the foreign key on "code" of "posts" refers to "code" of "users", which is not unique',
    "Drop that foreign key first",
  ],
] as const;

for (const [upgrade, message, hint] of refused) {
  test(`sqlite: ${upgrade} is refused: ${message}`, async () => {
    using it = withUpgrade(upgrade);
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).toContain(hint);
    expect(stderr).toContain("at migrations/versions/2.ts:5");
    await it.ok("upgrade", "one");
  });
}

const allowed = {
  "tables that refer to each other": `
    op.createTable("a", column("id", integer(), { primaryKey: true }), column("b", integer(), { references: "b.id" }));
    op.createTable("b", column("id", integer(), { primaryKey: true }), column("a", integer(), { references: "A.ID" }));`,
  "a table that is recreated by hand": `
    op.createTable("made", column("id", integer(), { primaryKey: true }), column("code", text(), { unique: true }));
    op.dropTable("users");
    op.renameTable("made", "users");`,
  "tables that are dropped together": 'op.dropTable("users"); op.dropTable("posts");',
  "a dropped table that nothing refers to": 'op.dropTable("posts");',
  "a key that is made afterwards": `
    op.addColumn("posts", column("mail", text(), { references: "users.email" }));
    op.addConstraint("users", unique(["email"], { name: "uq" }));`,
  "a table of its own, by several columns": `
    op.createTable("t", column("a", integer()), column("b", integer(), { primaryKey: true }),
      column("c", integer(), { references: "t.b" }), unique(["a", "b"]),
      foreignKey(["c", "b"], { table: "t", columns: ["b", "a"] }));`,
};

for (const [what, upgrade] of Object.entries(allowed)) {
  test(`sqlite: ${what}: not refused`, async () => {
    using it = withUpgrade(upgrade);
    await it.ok("upgrade", "head");
    if (/by hand|afterwards/.test(what)) return; // its inverse is none, operation by operation
    await it.ok("downgrade", "base");
    await it.ok("upgrade", "head");
  });
}

test("sqlite: foreign keys that were broken before, and those of plain SQL, are left alone", async () => {
  const broken = `CREATE TABLE b (a int REFERENCES missing, c int REFERENCES users (email));`;
  using it = withUpgrade(`
    op.addColumn("b", column("d", integer(), { references: "users.id" }));
    op.createTable("b", column("a", integer(), { references: "missing.id" }), options({ ifNotExists: true }));
    op.dropTable("missing", { ifExists: true });
    op.createIndex("ix", "users", ["email"]);
    op.dropIndex("ix", { table: "users" });`);
  await it.ok("upgrade", "one");
  await run(`sqlite:///${it.folder}/app.db`, ...broken.split(/(?<=;)/));
  it.write(
    "migrations/versions/3.sql",
    sqlRevision({
      id: "three",
      down: ["two"],
      up: "CREATE TABLE x (a REFERENCES y);\nDROP TABLE users;",
    }),
  );
  await it.ok("upgrade", "head");
  expect(await versions(`sqlite:///${it.folder}/app.db`)).toEqual(["three"]);
});

test("sqlite: a foreign key to a table that does not exist is named before the rows", async () => {
  using it = withUpgrade(
    'op.bulkInsert("users", [{ id: 1, code: "a" }]); op.createForeignKey("fk", "users", "post", ["code"], ["id"]);',
  );
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(
      'Cannot rebuild "users": it would have a foreign key to "post", which does not exist',
    ),
  ]);
  expect(stderr).toContain('Did you mean "posts"?');
});

test("sqlite: models with a foreign key to nothing are refused", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///app.db" } });
  it.write(
    "schema.ts",
    `import { column, integer, table } from "migrate";
export const users = table("users", column("id", integer(), { primaryKey: true }), column("n", integer()));
export const posts = table("posts", column("n", integer(), { references: "users.n" }));
`,
  );
  await it.ok("init");
  const { status, stderr } = await it.migrate(
    "revision",
    "--autogenerate",
    "--models",
    "schema.ts",
  );
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(
      'the foreign key on "n" of "posts" refers to "n" of "users", which is not unique',
    ),
  ]);
  expect(stderr).toContain("schema.ts");
});
