/** Mistakes that once passed silently, or with an error that did not help. */
import { expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { project } from "./project.ts";

const header = `
import { column, integer, sql, text } from "migrate";
export const revision = "one";
export const downRevision = null;
`;
const table = `op.createTable("users", column("id", integer()), column("email", text()));`;
const upgrade = `export function upgrade(op) { ${table} }\n`;

const modules: readonly (readonly [text: string, line: number, message: string, hint: string])[] = [
  [
    `${upgrade}export function down(op) {}`,
    6,
    'Cannot read the header of "one.ts": unknown export "down"',
    'Did you mean "downgrade"? What is for other files needs another name',
  ],
  [
    `${upgrade}function downgrad(op) {}\nexport { downgrad };`,
    7,
    'Cannot read the header of "one.ts": unknown export "downgrad"',
    'Did you mean "downgrade"? What is for other files needs another name',
  ],
  [
    `export function upgrade(op) {\n${table}\nop.execute("UPDATE users SET email = ?", ["x"]);\n}`,
    7,
    "Cannot call op.execute with 2: it takes 1 argument",
    "Put values into the statement: op.execute(sql`… ${value}`)",
  ],
  [
    `export function upgrade(op) {\n${table}\nop.execute("UPDATE users SET email = :email");\n}`,
    7,
    "Cannot upgrade to one: no value is given for :email",
    "Write op.execute(sql`… ${value}`) or db.query`… ${value}`; in a .sql file, the value itself",
  ],
];

for (const [text, line, message, hint] of modules) {
  test(`a mistake in a module is explained: ${message}`, async () => {
    using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
    it.write("migrations/versions/one.ts", header + text);
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toContain(`Error: ${message}\n`);
    expect(stderr).toContain(`  at migrations/versions/one.ts:${line}`);
    expect(stderr).toContain(`  Hint: ${hint}\n`);
    expect(status).toBe(1);
    using database = new Database(join(it.folder, "a.db"), { create: true });
    expect(database.query("SELECT name FROM sqlite_schema WHERE name = 'users'").all()).toEqual([]);
  });
}

const imports: readonly (readonly [text: string, place: string, message: string, hint: string])[] =
  [
    [
      'import {\n  column,\n  integr,\n} from "migrate";\nconst type = integr();',
      "one.ts:3",
      "Export named 'integr' not found in module 'migrate'",
      'Did you mean "integer"?',
    ],
    [
      '\nimport { column } from "migrat";\nconst type = column;',
      "one.ts:2",
      "Cannot find package 'migrat' imported from ",
      'Did you mean "migrate"?',
    ],
    [
      "const type = uuid();",
      "one.ts:1:14",
      "uuid is not defined",
      'Import it: import { uuid } from "migrate";',
    ],
  ];

for (const [text, place, message, hint] of imports) {
  test(`a wrong or missing import is explained: ${message}`, async () => {
    using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
    const rest = `export const revision = "one";\nexport const downRevision = null;\n`;
    it.write("migrations/versions/one.ts", `${text}\n${rest}export function upgrade() {}\n`);
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toStartWith(`Error: Cannot load "one.ts": ${message}`);
    expect(stderr).toContain(`  at migrations/versions/${place}\n`);
    expect(stderr).toContain(`  Hint: ${hint}\n`);
    expect(status).toBe(1);
  });
}

const conflict = (ours: string, theirs: string) =>
  `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> other\n`;
const sqlHeader = "-- revision: one\n-- down_revision: null\n-- migrate:up\n";
const long = `-- ${"x".repeat(100)}\n`.repeat(200);

const conflicts: readonly (readonly [file: string, text: string, line: number])[] = [
  ["one.ts", header + conflict("export const a = 1;", "export const a = 2;") + upgrade, 5],
  ["one.ts", conflict(header, "export const revision = 'two';") + upgrade, 1],
  ["one.sql", sqlHeader + conflict("CREATE TABLE t (a);", "CREATE TABLE t (b);"), 4],
  ["one.sql", `${sqlHeader}${long}CREATE TABLE t (\n${conflict("a", "b")});`, 205],
  ["one.sql", conflict("-- revision: one", "-- revision: two") + "-- migrate:up\n", 1],
];

for (const [file, text, line] of conflicts) {
  test(`an unresolved merge conflict is reported as such: line ${line} of ${file}`, async () => {
    using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
    it.write(`migrations/versions/${file}`, text);
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toStartWith(
      `Error: Cannot read "${file}": it has an unresolved merge conflict\n` +
        `  at migrations/versions/${file}:${line}\n`,
    );
    expect(status).toBe(1);
  });
}

test("with a mistyped section marker, nothing runs", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
  const statements = "CREATE TABLE t (a);\n-- migrate: down\nDROP TABLE t;\n";
  it.write(
    "migrations/versions/one.sql",
    `-- revision: one\n-- down_revision: null\n-- migrate:up\n${statements}`,
  );
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain('Error: Cannot read the script: "-- migrate: down" is not');
  expect(stderr).toContain("  at migrations/versions/one.sql:5\n");
  expect(stderr).toContain("  Hint: Did you mean -- migrate:down?\n");
  expect(status).toBe(1);
});

test("init refuses a database URL as its directory", async () => {
  using it = project();
  const { status, stderr } = await it.migrate("init", "postgresql://app:hunter2@db/shop");
  expect([status, stderr]).toEqual([
    2,
    expect.stringContaining('Hint: Type "migrate init"; the URL is database_url in the'),
  ]);
  expect(readdirSync(it.folder)).toEqual([]);
});

test("init says why it cannot write the configuration, and leaves nothing behind", async () => {
  using it = project();
  symlinkSync("loop", join(it.folder, "loop"));
  const { status, stderr } = await it.migrate("init", "-c", "loop/migrate.toml");
  expect([status, stderr]).toEqual([1, expect.stringContaining("Error: Cannot write ")]);
  expect(readdirSync(it.folder)).toEqual(["loop"]);
});

test("a script that counts from base says so, and one that begins where it is told does not", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///a.db" } });
  expect(await it.ok("init")).toEndWith(
    "The database is the one in DATABASE_URL, which overrides database_url in migrate.toml.\n",
  );
  await it.ok("revision", "-m", "one", "--rev-id", "aaaa");
  await it.ok("revision", "-m", "two", "--rev-id", "bbbb");
  const [silent, told, head] = [
    await it.migrate("upgrade", "+1", "--sql"),
    await it.migrate("upgrade", "aaaa:+1", "--sql"),
    await it.migrate("upgrade", "head", "--sql"),
  ];
  expect(silent.stderr).toBe(
    'Warning: "+1" is counted from base: no database is asked where it is\n' +
      "  Hint: Write where it is, as in START:+1\n",
  );
  expect([told.stderr, head.stderr]).toEqual(["", ""]);
});
