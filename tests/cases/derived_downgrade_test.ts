import { expect, test } from "bun:test";
import { databases, freshDatabase } from "../servers/fresh_database.ts";
import { project } from "./project.ts";
import { query, run } from "./query.ts";

/** Revisions without a downgrade, in order. */
function derived(...bodies: readonly string[]) {
  const it = project();
  for (const [index, body] of bodies.entries()) {
    it.write(
      `migrations/versions/${index}.ts`,
      `import { column, enumeration, integer, json, text } from "migrate";
export const revision = "r${index}";
export const downRevision = ${index === 0 ? null : `"r${index - 1}"`};
export function upgrade(op) { ${body} }
`,
    );
  }
  return it;
}

test.each(databases())(
  "$name: a derived downgrade restores a type that the default cannot be cast to",
  async ({ fresh }) => {
    await using database = await fresh();
    using it = derived(
      'op.createTable("t", column("n", json(), { serverDefault: "{}" }));',
      'op.alterColumn("t", "n", { type: text() });',
      'op.alterColumn("t", "n", { serverDefault: "[]" });',
    );
    await it.ok("upgrade", "head", "--database-url", database.url);
    await it.ok("downgrade", "r0", "--database-url", database.url);
    await run(database.url, "INSERT INTO t DEFAULT VALUES");
    expect(await query(database.url, "SELECT CAST(n AS TEXT) AS n FROM t")).toEqual([{ n: "{}" }]);
  },
  60_000,
);

test(
  "postgres: a derived downgrade recreates a table with its enum's current values",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = derived(
      'op.createEnum("mood", ["sad", "ok"]); op.createTable("t", column("m", enumeration("mood", ["sad", "ok"]), { serverDefault: "sad" }));',
      'op.renameEnumValue("mood", "sad", "low");',
      'op.dropTable("t");',
    );
    await it.ok("upgrade", "head", "--database-url", database.url);
    await it.ok("downgrade", "r1", "--database-url", database.url);
    await run(database.url, "INSERT INTO t DEFAULT VALUES");
    expect(await query(database.url, "SELECT CAST(m AS TEXT) AS m FROM t")).toEqual([{ m: "low" }]);
    await it.ok("downgrade", "base", "--database-url", database.url);
  },
  60_000,
);

test("postgres: a derived downgrade does not restore what an earlier CASCADE dropped", async () => {
  await using database = await freshDatabase("postgres");
  using it = derived(
    'op.createTable("a", column("id", integer(), { primaryKey: true })); op.createTable("b", column("a_id", integer(), { references: "a.id" }));',
    'op.dropConstraint("a", "a_pkey", { cascade: true });',
    'op.createPrimaryKey("a_pkey", "a", ["id"]);',
    'op.dropTable("b");',
  );
  await it.ok("upgrade", "head", "--database-url", database.url);
  await it.ok("downgrade", "-1", "--database-url", database.url);
  const keys = await query(database.url, "SELECT conname FROM pg_constraint WHERE contype = 'f'");
  expect(keys).toEqual([]);
}, 60_000);

test(
  "postgres: a constraint that was named before a rename of the same revision comes back",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = derived(
      'op.createTable("users", column("id", integer(), { primaryKey: true }), column("email", text(), { unique: true })); op.createTable("posts", column("user_id", integer(), { references: "users.id" }));',
      'op.renameTable("users", "people"); op.dropConstraint("people", "users_email_key"); op.renameColumn("posts", "user_id", "author"); op.dropConstraint("posts", "posts_user_id_fkey");',
    );
    const keys = () =>
      query(
        database.url,
        "SELECT conname FROM pg_constraint WHERE contype IN ('f', 'u') AND connamespace = 'public'::regnamespace ORDER BY 1",
      );
    await it.ok("upgrade", "r0", "--database-url", database.url);
    const before = await keys();
    await it.ok("upgrade", "head", "--database-url", database.url);
    expect(await keys()).toEqual([]);
    await it.ok("downgrade", "-1", "--database-url", database.url);
    expect(await keys()).toEqual(before);
  },
  60_000,
);

test("postgres: a derived downgrade restores a function that names a renamed table", async () => {
  await using database = await freshDatabase("postgres");
  const sql = "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM old'";
  using it = derived(
    `op.createTable("old", column("id", integer())); op.createFunction("f()", "${sql}");`,
    'op.renameTable("old", "made"); op.dropFunction("f()");',
  );
  await it.ok("upgrade", "head", "--database-url", database.url);
  await it.ok("downgrade", "r0", "--database-url", database.url);
  expect(await query(database.url, "SELECT CAST(f() AS TEXT) AS f")).toEqual([{ f: "0" }]);
}, 60_000);
