import { describe, expect, test } from "bun:test";
import type { Connection } from "../../../lib/driver/driver.ts";
import { column } from "../../../lib/schema/column.ts";
import { bigint, integer, text } from "../../../lib/schema/column_types.ts";
import { raw } from "../../../lib/schema/expressions.ts";
import { check, foreignKey } from "../../../lib/schema/table.ts";
import { connect } from "../../driver/connect.ts";
import { alter, snapshot } from "./alter.ts";
import { type Probe, probes } from "./probes.ts";

test("the probes have unique names, and are at least as many as Alembic's", () => {
  expect(new Set(probes.map((it) => it.name)).size).toBe(probes.length);
  expect(probes.length).toBeGreaterThanOrEqual(68);
});

/** How the old table makes room. */
const ways = [
  { way: "the table is moved out of the way", renames: true },
  { way: "its rows are moved out of the way", renames: false },
];

describe.each(probes)("$name", (probe) => {
  test.each(ways)("a rebuild makes the expected changes only: $way", async ({ renames }) => {
    await using connection = await made(probe);
    const before = await snapshot(connection);
    if (probe.change === undefined) {
      const statements = await alter(
        connection,
        (op) => op.addConstraint("t", check("1", { name: "added" })),
        { renames },
      );
      expect(statements.some((it) => it.startsWith("INSERT OR ABORT"))).toBe(true);
      expect((await snapshot(connection)).texts).not.toEqual(before.texts);
      await alter(connection, (op) => op.dropConstraint("t", "added"), { renames });
      return expect(await snapshot(connection)).toEqual(before);
    }
    const changing = alter(connection, probe.change, { renames });
    if (probe.error !== undefined) {
      const error = await changing.then(() => "nothing", (it: Error) => it.message);
      expect(error).toContain(probe.error);
      return expect(await snapshot(connection)).toEqual(before);
    }
    await changing;
    const after = await snapshot(connection);
    const texts = { ...before.texts };
    const own = "main table t on t";
    for (const [old, made] of probe.table ?? []) {
      expect(texts[own]).toContain(old);
      texts[own] = texts[own]?.replace(old, () => made) ?? null;
    }
    for (const [key, text] of Object.entries(probe.others ?? {})) {
      if (text === null) delete texts[`main ${key}`];
      else texts[`main ${key}`] = text === "null" ? null : text;
    }
    expect(after.texts).toEqual(texts);
    expect(after.rows).toEqual({ ...before.rows, ...probe.rows && { t: probe.rows } });
    expect(after.sequence).toEqual(before.sequence);
    expect(await connection.query({ sql: "PRAGMA integrity_check" })).toEqual([
      { integrity_check: "ok" },
    ]);
  });
});

async function made({ before }: Probe): Promise<Connection> {
  const connection = await connect("sqlite://", { foreignKeys: true });
  await connection.query({ sql: "PRAGMA foreign_keys = OFF" });
  for (const sql of before) await connection.query({ sql });
  await connection.query({ sql: "PRAGMA foreign_keys = ON" });
  return connection;
}

const words = (statements: readonly string[]) =>
  statements.map((it) => /^\w+ \w+(?: ABORT)?/.exec(it)?.[0] ?? it);

test("consecutive changes to a table share one rebuild, and renames come after it", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int, b int)" });
  const statements = await alter(connection, (op) => {
    op.renameColumn("t", "a", "z");
    op.alterColumn("t", "z", { nullable: false, newName: "y" });
    op.createIndex("ix", "t", ["y"]);
    op.addConstraint("t", check("y > b", { name: "ck" }));
    op.dropColumn("t", "b");
  });
  expect(words(statements)).toEqual([
    "PRAGMA legacy_alter_table",
    "ALTER TABLE",
    "PRAGMA legacy_alter_table",
    "CREATE TABLE",
    "INSERT OR ABORT",
    "DROP TABLE",
    "CREATE INDEX",
    "ALTER TABLE",
    "ALTER TABLE",
  ]);
  const [row] = await connection.query({ sql: "SELECT sql FROM sqlite_schema WHERE name = 't'" });
  expect(row).toEqual({ sql: "CREATE TABLE t (y int NOT NULL)" });
});

test("an expression need not quote the capitals of a column's new name", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int)" });
  await alter(connection, (op) => {
    op.renameColumn("t", "a", "userAge");
    op.addConstraint("t", check("userAge > 0", { name: "ck" }));
  });
  const [row] = await connection.query({ sql: "SELECT sql FROM sqlite_schema WHERE name = 't'" });
  expect(row).toEqual({
    sql: `CREATE TABLE t ("userAge" int, CONSTRAINT ck CHECK ("userAge" > 0))`,
  });
});

test("an unnamed foreign key is told from others on its column by its definition", async () => {
  const keys = [
    "REFERENCES p(a)",
    "REFERENCES p(b)",
    "REFERENCES p(a) ON DELETE CASCADE",
    "REFERENCES q(a)",
    "REFERENCES p",
  ];
  const described = [
    foreignKey(["x"], "p.a", { onUpdate: "no action" }),
    foreignKey(["x"], "p.b"),
    foreignKey(["x"], "P.A", { onDelete: "cascade" }),
    foreignKey(["x"], "q.a"),
    foreignKey(["x"], { table: "p", columns: [] }),
  ];
  for (const [at, existing] of described.entries()) {
    await using connection = await connect("sqlite://");
    await connection.query({ sql: `CREATE TABLE c (x int ${keys.join(" ")})` });
    await alter(connection, (op) => op.dropConstraint("c", "c_x_fkey9", { existing }));
    const [row] = await connection.query({ sql: "SELECT sql FROM sqlite_schema" });
    expect(row).toEqual({ sql: `CREATE TABLE c (x int ${keys.toSpliced(at, 1).join(" ")})` });
  }
});

test("an unnamed foreign key is found by the new name of the column that it refers to", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int REFERENCES p(a) REFERENCES t(b), b int)" });
  await alter(connection, (op) => {
    op.renameColumn("t", "b", "c");
    op.dropConstraint("t", "t_a_fkey", { existing: foreignKey(["a"], "t.c") });
  });
  const [row] = await connection.query({ sql: "SELECT sql FROM sqlite_schema" });
  expect(row).toEqual({ sql: "CREATE TABLE t (a int REFERENCES p(a), c int)" });
});

test("dropping a column named desc drops the indexes on it, not those in DESC order", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int, desc int)" });
  await connection.query({ sql: "CREATE INDEX down ON t (a DESC)" });
  await connection.query({ sql: "CREATE INDEX own ON t (desc)" });
  await connection.query({ sql: "CREATE INDEX own_down ON t (desc DESC)" });
  await connection.query({ sql: "CREATE INDEX sum ON t (a + desc)" });
  await alter(connection, (op) => op.dropColumn("t", "desc"));
  const rows = await connection.query({
    sql: "SELECT name FROM sqlite_schema WHERE type = 'index'",
  });
  expect(rows).toEqual([{ name: "down" }]);
});

test("an unnamed constraint is found by the new names of its columns", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({
    sql:
      "CREATE TABLE t (a int REFERENCES t, b int UNIQUE, CHECK (a > 0), CHECK (a < 9), CHECK (b > 0))",
  });
  await alter(connection, (op) => {
    op.renameColumn("t", "a", "y");
    op.renameColumn("t", "b", "z");
    op.dropConstraint("t", "t_y_check", { existing: check("y < 9") });
    op.dropConstraint("t", "t_z_check");
    op.dropConstraint("t", "t_y_fkey");
    op.renameConstraint("t", "t_z_key", "uq");
  });
  const [row] = await connection.query({ sql: "SELECT sql FROM sqlite_schema WHERE name = 't'" });
  expect(row).toEqual({
    sql: "CREATE TABLE t (y int, z int CONSTRAINT uq UNIQUE, CHECK (y > 0))",
  });
});

test("changes that SQLite's ALTER TABLE supports need no rebuild", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int, b int CONSTRAINT fk REFERENCES t)" });
  await connection.query({ sql: "CREATE INDEX ix ON t (b)" });
  const statements = await alter(connection, (op) => {
    op.addColumn("t", column("c", integer()));
    op.renameColumn("t", "a", "z");
    op.dropColumn("t", "b");
    op.alterColumn("t", "z", { comment: "the last letter" });
    op.renameIndex("ix", "iy", { table: "t" });
  }).catch((error: Error) => error.message);
  expect(statements).toBe('Cannot find the index "ix" of the table "t"');
  expect(
    await alter(connection, (op) => {
      op.renameIndex("ix", "iy", { table: "t" });
      op.addColumn("t", column("c", integer()));
      op.renameColumn("t", "a", "z");
      op.dropColumn("t", "b");
    }),
  ).toEqual([
    "DROP INDEX main.ix",
    "CREATE INDEX main.iy ON t (b)",
    "ALTER TABLE t ADD COLUMN c INTEGER",
    "ALTER TABLE t RENAME COLUMN a TO z",
    "DROP INDEX main.iy",
    "ALTER TABLE t DROP COLUMN b",
  ]);
});

test("a column of a primary key is dropped with it, and the others stay not null", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a text, b int, c text, PRIMARY KEY (a, b))" });
  await connection.query({ sql: "INSERT INTO t VALUES ('x', 1, 'y')" });
  await alter(connection, (op) => op.dropColumn("t", "b"));
  expect(await connection.query({ sql: "SELECT sql FROM sqlite_schema" }))
    .toEqual([{ sql: "CREATE TABLE t (a text NOT NULL, c text)" }]);
  expect(await connection.query({ sql: "SELECT * FROM t" })).toEqual([{ a: "x", c: "y" }]);
});

test("a column and its indexes are renamed together", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a text, b int)" });
  await connection.query({ sql: "CREATE INDEX ix_a ON t (a)" });
  await connection.query({ sql: "CREATE INDEX ix_lower_a ON t (lower(a)) WHERE a <> ''" });
  await alter(connection, (op) => {
    op.renameColumn("t", "a", "c");
    op.renameIndex("ix_a", "ix_c", { table: "t" });
    op.renameIndex("ix_lower_a", "ix_lower_c", { table: "t" });
  });
  expect(await connection.query({ sql: "SELECT sql FROM sqlite_schema ORDER BY name" })).toEqual([
    { sql: "CREATE INDEX ix_c ON t (c)" },
    { sql: "CREATE INDEX ix_lower_c ON t (lower(c)) WHERE c <> ''" },
    { sql: "CREATE TABLE t (c text, b int)" },
  ]);
});

test("a column name that a rename has freed can be used again", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int, b int)" });
  await connection.query({ sql: "INSERT INTO t VALUES (1, 2)" });
  await alter(connection, (op) => {
    op.renameColumn("t", "a", "old_a");
    op.addColumn("t", column("a", integer(), { serverDefault: raw("1 + 1") }));
    op.alterColumn("t", "a", { nullable: false });
  });
  expect(await connection.query({ sql: "SELECT * FROM t" })).toEqual([{ old_a: 1, b: 2, a: 2 }]);
});

test("a column renamed while it is altered is dropped by its new name, not by its old one", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (a int, b int)" });
  await alter(connection, (op) => {
    op.alterColumn("t", "a", { type: text(), newName: "y" });
    op.renameColumn("t", "y", "z");
    op.dropColumn("t", "z");
  });
  const tables = { sql: "SELECT sql FROM sqlite_schema WHERE name = 't'" };
  expect(await connection.query(tables)).toEqual([{ sql: "CREATE TABLE t (b int)" }]);
  const refused = await alter(connection, (op) => {
    op.addColumn("t", column("c", integer()));
    op.alterColumn("t", "b", { type: text(), newName: "z" });
    op.dropColumn("t", "B");
  }).catch((error: Error) => error.message);
  expect(refused).toBe('Cannot find the column "B" of the table "t"');
});

test.each(ways)("a widened AUTOINCREMENT key keeps counting: $way", async ({ renames }) => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)" });
  await connection.query({ sql: "INSERT INTO t VALUES (7, 'x')" });
  await alter(connection, (op) => op.alterColumn("t", "id", { type: bigint() }), { renames });
  await connection.query({ sql: "INSERT INTO t (a) VALUES ('y')" });
  expect(await connection.query({ sql: "SELECT id FROM t" })).toEqual([{ id: 7 }, { id: 8 }]);
});

test.each(ways)("dropping a key removes its sqlite_sequence row: $way", async ({ renames }) => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)" });
  await connection.query({ sql: "INSERT INTO t VALUES (7, 'x')" });
  await alter(connection, (op) => op.dropConstraint("t", "t_pkey"), { renames });
  expect((await snapshot(connection)).sequence).toEqual([]);
});

test.each([["t", "T"], ["T", "t"]])(
  "foreign keys to %s in an attached database are checked where they spell it %s",
  async (table, called) => {
    await using connection = await connect("sqlite://");
    for (
      const sql of [
        "ATTACH ':memory:' AS app",
        "CREATE TABLE main.ch (k text)",
        `CREATE TABLE app.${table} (k int UNIQUE)`,
        `CREATE TABLE app.ch (k text REFERENCES ${called} (k))`,
        `INSERT INTO app.${table} VALUES (1)`,
        "INSERT INTO app.ch VALUES ('1.0')",
      ]
    ) await connection.query({ sql });
    const refused = await alter(
      connection,
      (op) => op.alterColumn({ schema: "app", name: table }, "k", { type: text() }),
    ).catch((error: Error) => error.message);
    expect(refused).toContain("rows would refer to rows that do not exist");
  },
);

test("adding AUTOINCREMENT keeps the text after the columns", async () => {
  await using connection = await connect("sqlite://");
  await connection.query({ sql: "CREATE TABLE t (id integer primary key)  /* x */ strict" });
  await alter(connection, (op) => op.alterTable("t", { autoincrement: true }));
  const [row] = await connection.query({ sql: "SELECT sql FROM sqlite_schema WHERE name = 't'" });
  expect(row).toEqual({
    sql: "CREATE TABLE t (id integer primary key AUTOINCREMENT)  /* x */ strict",
  });
});
