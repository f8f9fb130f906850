import { expect, test } from "bun:test";
import { readIndexText } from "../../../lib/dialect/sqlite/read_index_text.ts";
import { readTableText } from "../../../lib/dialect/sqlite/read_table_text.ts";

test("readTableText() finds constraints at columns and of the table, with their names", () => {
  const { constraints } = readTableText(`CREATE TABLE "my t" (
    id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT, -- CHECK (no)
    "check" TEXT CONSTRAINT nn NOT NULL UNIQUE ON CONFLICT IGNORE,
    [a b] NUMERIC(10, 2) DEFAULT (1 + (2)) CHECK ([a b] > 0 /* , */ AND 'it''s, (' <> ''),
    \`c\` INT CONSTRAINT fk REFERENCES other (x) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    d INT REFERENCES [the other] ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY DEFERRED CHECK (d > 1),
    CONSTRAINT uq UNIQUE ("CHECK" COLLATE NOCASE DESC, [a b]),
    FOREIGN KEY (C, d) REFERENCES other ("X", y) ON UPDATE RESTRICT ON UPDATE CASCADE ON DELETE SET DEFAULT MATCH FULL DEFERRABLE,
    CONSTRAINT ck CHECK (c < d)
  ) STRICT`);
  expect(constraints).toEqual([
    { kind: "primaryKey", name: "pk", columns: ["id"] },
    { kind: "unique", columns: ["check"], onConflict: "ignore" },
    { kind: "check", expression: { sql: `"a b" > 0 /* , */ AND 'it''s, (' <> ''` } },
    {
      kind: "foreignKey",
      name: "fk",
      columns: ["c"],
      references: { name: "other", columns: ["x"] },
      onDelete: "set null",
      deferrable: "deferred",
    },
    { kind: "foreignKey", columns: ["d"], references: { name: "the other", columns: [] } },
    { kind: "check", expression: { sql: "d > 1" } },
    { kind: "unique", name: "uq", columns: ["check", "a b"] },
    {
      kind: "foreignKey",
      columns: ["c", "d"],
      references: { name: "other", columns: ["X", "y"] },
      onDelete: "set default",
      onUpdate: "cascade",
      match: "full",
      deferrable: "immediate",
    },
    { kind: "check", name: "ck", expression: { sql: "c < d" } },
  ]);
});

test("readTableText() finds the expressions of generated columns", () => {
  const { generated } = readTableText(
    `CREATE TABLE t (a, b INT GENERATED ALWAYS AS (max(a, 1)) STORED, "c" AS ((a)), as_is INT)`,
  );
  expect([...generated]).toEqual([["b", "max(a, 1)"], ["c", "(a)"]]);
});

test("readTableText() leaves out the comments at the end of expressions", () => {
  const { constraints, generated } = readTableText(
    "CREATE TABLE t (a, b AS (a + 1 -- next\n), CHECK (/* is */ a > 0 /* b) */ -- c)\n))",
  );
  expect(constraints).toEqual([{ kind: "check", expression: { sql: "a > 0" } }]);
  expect([...generated]).toEqual([["b", "a + 1"]]);
});

test("readTableText() finds nothing in a table made from a query", () => {
  expect(readTableText("CREATE TABLE t AS SELECT 1")).toMatchObject({
    constraints: [],
    generated: new Map(),
  });
});

test("readIndexText() finds expressions, collations, orders and the condition", () => {
  const sql =
    `CREATE UNIQUE INDEX "ix (where)" ON t (a, lower(b || ',('), (a + 1) ASC, c COLLATE NOCASE DESC, (b) || (c), ((d COLLATE RTRIM)) DESC) WHERE a > 0 -- more`;
  expect(readIndexText(sql, [])).toEqual({
    on: [
      { on: { sql: "a" } },
      { on: { sql: "lower(b || ',(')" } },
      { on: { sql: "a + 1" } },
      { on: { sql: "c" }, collation: "NOCASE", order: "desc" },
      { on: { sql: "(b) || (c)" } },
      { on: { sql: "d" }, collation: "RTRIM", order: "desc" },
    ],
    where: { sql: "a > 0" },
  });
  expect(readIndexText("CREATE INDEX ix ON t (a)", ["a"])).toEqual({ on: [{ on: { sql: "a" } }] });
});

const quoted: readonly (readonly [string, string])[] = [
  [`status IN ("new", "it""s")`, `status IN ('new', 'it"s')`],
  [`"a b" <> "x'y"`, `"a b" <> 'x''y'`],
  [`lower("STATUS") -- "c"\n = ""`, `lower("STATUS") -- "c"\n = ''`],
  [`"t"."b" = "q" COLLATE "nocase"`, `"t"."b" = 'q' COLLATE "nocase"`],
  [`CAST("a b" AS "text") = "lower"("lower")`, `CAST("a b" AS "text") = "lower"('lower')`],
  [`[b] || \`b\` || 'in "quotes"'`, `b || b || 'in "quotes"'`],
  [`"rowid" > 1`, `"rowid" > 1`],
];

test.each(quoted)("in %s, what is in double quotes but no column is a string", (written, read) => {
  const table = `CREATE TABLE t (status TEXT, [a b], CHECK (${written}\n))`;
  expect(readTableText(table).constraints).toEqual([{ kind: "check", expression: { sql: read } }]);
  const index = `CREATE INDEX ix ON t ((${written}\n)) WHERE ${written}`;
  expect(readIndexText(index, ["status", "a b"])).toMatchObject({ where: { sql: read } });
});
