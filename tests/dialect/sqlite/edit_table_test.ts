import { describe, expect, test } from "bun:test";
import {
  addColumn,
  addConstraint,
  alterColumn,
  dropColumn,
  dropConstraint,
  existingConstraint,
  renameConstraint,
} from "../../../lib/dialect/sqlite/rebuild/edit_table.ts";
import { parseTable } from "../../../lib/dialect/sqlite/parse_table.ts";
import type { Column, Constraint } from "../../../lib/schema/schema.ts";

const t = { name: "t" };
const commented = `CREATE TABLE t (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
  -- what it is called
  [a b] varchar(20) NOT NULL ON CONFLICT FAIL COLLATE NOCASE, /* of a */
  b numeric(4, 2) DEFAULT -1.5e-3 CHECK (b > 0), -- the last
  CONSTRAINT u UNIQUE ([a b], b) ON CONFLICT REPLACE,
  FOREIGN KEY (b) REFERENCES p (x) MATCH FULL ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED -- p
) STRICT`;
const n: Column = { name: "n", type: { kind: "integer", bits: 32 }, nullable: true };
const drop = (sql: string, name: string) =>
  dropConstraint(sql, t, existingConstraint(parseTable(sql), t, name));

describe("addColumn()", () => {
  const cases = [
    ["CREATE TABLE t (a, b)", undefined, "CREATE TABLE t (a, b, n INTEGER)"],
    ["CREATE TABLE t (a, b, check (a))", undefined, "CREATE TABLE t (a, b, n INTEGER, check (a))"],
    ["CREATE TABLE t (a, b)", { before: "A" }, "CREATE TABLE t (n INTEGER, a, b)"],
    ["CREATE TABLE t (a, b)", { after: "a" }, "CREATE TABLE t (a, n INTEGER, b)"],
    ["CREATE TABLE t(a)", undefined, "CREATE TABLE t(a, n INTEGER)"],
    ["CREATE TABLE t(a--x\n)", undefined, "CREATE TABLE t(a,--x\nn INTEGER\n)"],
    [
      "CREATE TABLE t (\n  a,\n  b -- last\n)",
      undefined,
      "CREATE TABLE t (\n  a,\n  b, -- last\n  n INTEGER\n)",
    ],
    [
      "CREATE TABLE t (\n  a, -- first\n  b\n)",
      { after: "a" },
      "CREATE TABLE t (\n  a, -- first\n  n INTEGER,\n  b\n)",
    ],
    [
      "CREATE TABLE t (\n  -- about a\n  a,\n  b\n)",
      { before: "a" },
      "CREATE TABLE t (\n  n INTEGER,\n  -- about a\n  a,\n  b\n)",
    ],
  ] as const;
  for (const [before, position, after] of cases) {
    test(`adds to ${before}, position ${JSON.stringify(position)}`, () => {
      expect(addColumn(before, t, { column: n, constraints: [], position })).toBe(after);
    });
  }
});

describe("dropColumn()", () => {
  const cases = [
    ["CREATE TABLE t (a, b, c)", "b", "CREATE TABLE t (a, c)"],
    ["CREATE TABLE t (a, b)", "b", "CREATE TABLE t (a)"],
    ["CREATE TABLE t (a, b)", "A", "CREATE TABLE t (b)"],
    ["CREATE TABLE t (a, -- of a\n b, -- of b\n c)", "b", "CREATE TABLE t (a, -- of a\n c)"],
    ["CREATE TABLE t (a, -- of a\n b -- of b\n)", "b", "CREATE TABLE t (a -- of a\n)"],
    ["CREATE TABLE t (a, -- of a\n b)", "b", "CREATE TABLE t (a -- of a\n)"],
    [
      "CREATE TABLE t (a, b, unique (a, b), check (a > 0))",
      "b",
      "CREATE TABLE t (a, check (a > 0))",
    ],
    ["CREATE TABLE t (a check (a < b) not null, b)", "b", "CREATE TABLE t (a not null)"],
    [
      "CREATE TABLE t (a, b, check (a > 'b' and b(a)))",
      "b",
      "CREATE TABLE t (a, check (a > 'b' and b(a)))",
    ],
    [
      `CREATE TABLE t (a, "end", "when", check (case when a then 1 end), check ("end" > 0))`,
      "end",
      `CREATE TABLE t (a, "when", check (case when a then 1 end))`,
    ],
    [
      `CREATE TABLE t (a, "end", "when", check (case when a then 1 end), check (end > 0))`,
      "when",
      `CREATE TABLE t (a, "end", check (case when a then 1 end), check (end > 0))`,
    ],
    [
      "CREATE TABLE t (a, x, check (a <> x'00'), check (x > 0))",
      "x",
      "CREATE TABLE t (a, check (a <> x'00'))",
    ],
    [
      `CREATE TABLE t (a, "like", "binary", check (a collate binary not like 'b%'))`,
      "like",
      `CREATE TABLE t (a, "binary", check (a collate binary not like 'b%'))`,
    ],
    [
      `CREATE TABLE t (a, "like", binary, check (a collate binary not like 'b%'))`,
      "binary",
      `CREATE TABLE t (a, "like", check (a collate binary not like 'b%'))`,
    ],
    [
      "CREATE TABLE t (a, generated, virtual, g GENERATED ALWAYS AS (a) VIRTUAL)",
      "generated",
      "CREATE TABLE t (a, virtual, g GENERATED ALWAYS AS (a) VIRTUAL)",
    ],
    [
      "CREATE TABLE t (a, ignore, check (a > 0) ON CONFLICT IGNORE)",
      "ignore",
      "CREATE TABLE t (a, check (a > 0) ON CONFLICT IGNORE)",
    ],
    [
      "CREATE TABLE t (a text, b, c int not null, primary key (a, b, c))",
      "b",
      "CREATE TABLE t (a text NOT NULL, c int not null)",
    ],
    [
      "CREATE TABLE t (a, b, primary key (b) check (a > 0))",
      "b",
      "CREATE TABLE t (a, check (a > 0))",
    ],
  ] as const;
  for (const [before, column, after] of cases) {
    test(`drops ${column} from ${before}`, () => {
      expect(dropColumn(before, t, column)).toBe(after);
    });
  }

  test("refuses the only column, a needed one and a missing one", () => {
    expect(() => dropColumn("CREATE TABLE t (a)", t, "a")).toThrow("at least one column");
    expect(() => dropColumn("CREATE TABLE t (a, g AS (a + 1))", t, "a")).toThrow(
      'the generated column "g" is computed from it',
    );
    expect(() => dropColumn("CREATE TABLE t (a PRIMARY KEY, b) WITHOUT ROWID", t, "a")).toThrow(
      "WITHOUT ROWID",
    );
    expect(() => dropColumn("CREATE TABLE t (a, b)", t, "x")).toThrow('Cannot find the column "x"');
  });
});

describe("alterColumn()", () => {
  const cases = [
    ["a int", { type: { kind: "text" } }, "a TEXT"],
    ["a", { type: { kind: "text" } }, "a TEXT"],
    ["a int generated always as (1)", { type: { kind: "text" } }, "a TEXT generated always as (1)"],
    ["a int", { nullable: false }, "a int NOT NULL"],
    ["a int NULL", { nullable: false }, "a int NOT NULL"],
    ["a int not null on conflict ignore", { nullable: false }, "a int not null on conflict ignore"],
    ["a int constraint x not null on conflict ignore unique", { nullable: true }, "a int unique"],
    ["a int default(1)not null", { nullable: true }, "a int default(1)"],
    ["a int check(a)not null check(2)", { nullable: true }, "a int check(a) check(2)"],
    ["a int -- c\n not null", { nullable: true }, "a int -- c\n "],
    ["a default 1.5 not null", { default: null }, "a not null"],
    ["a default x'00' unique", { default: { sql: "2" } }, "a DEFAULT 2 unique"],
    ["a default .5e+3 unique", { default: { sql: "lower('X')" } }, "a DEFAULT (lower('X')) unique"],
    ["a default - 1 unique", { default: { sql: "'x'" } }, "a DEFAULT 'x' unique"],
    ['a default "dq"unique', { default: { sql: "1" } }, "a DEFAULT 1 unique"],
    ["a int unique", { default: { sql: "1" } }, "a int DEFAULT 1 unique"],
    ["a text collate nocase", { collation: "RTRIM" }, "a text COLLATE RTRIM"],
    ["a text collate nocase", { collation: null }, "a text"],
    ["a int as (1) stored unique", { generated: null }, "a int unique"],
    [
      "a int as (1)",
      { generated: { expression: { sql: "2" }, stored: true } },
      "a int GENERATED ALWAYS AS (2) STORED",
    ],
    [
      "a VARCHAR(1) CHECK (a IN ('x', 'y')) CHECK (a <> 'z')",
      { type: { kind: "enum", name: t, values: ["xx", "it's"] } },
      "a VARCHAR(4) CHECK (a <> 'z') CHECK (a IN ('xx', 'it''s'))",
    ],
    ["a VARCHAR(1) CHECK (a IN ('x', 'y'))", { type: { kind: "text" } }, "a TEXT"],
    ["a text", { comment: "x" }, "a text"],
    ["a integer primary key", { type: { kind: "integer", bits: 64 } }, "a INTEGER primary key"],
    ["a text primary key", { type: { kind: "integer", bits: 16 } }, "a INTEGER primary key"],
    ["a int default 1 primary key", { type: n.type }, "a INTEGER default 1 primary key"],
    [
      "a int default 1 primary key",
      { type: { kind: "integer", bits: 64 } },
      "a BIGINT default 1 primary key",
    ],
    ["a integer unique", { type: { kind: "integer", bits: 64 } }, "a BIGINT unique"],
    [
      "a integer primary key desc",
      { type: { kind: "integer", bits: 64 } },
      "a BIGINT primary key desc",
    ],
  ] as const;
  for (const [before, change, after] of cases) {
    test(`changes ${before} by ${JSON.stringify(change)}`, () => {
      const sql = alterColumn(`CREATE TABLE t (${before}, b)`, t, "A", change);
      expect(sql).toBe(`CREATE TABLE t (${after}, b)`);
    });
  }
});

describe("constraints", () => {
  test("are dropped by name, whether on a column or on the table", () => {
    const [, , fifth] = commented.split("\n").slice(3);
    expect(drop(commented, "u")).toBe(commented.replace(`\n${fifth}`, ""));
    expect(drop("CREATE TABLE t (a int CONSTRAINT x UNIQUE NOT NULL)", "X"))
      .toBe("CREATE TABLE t (a int NOT NULL)");
    expect(drop("CREATE TABLE t (a REFERENCES p NOT NULL DEFERRABLE)", "t_a_fkey"))
      .toBe("CREATE TABLE t (a NOT NULL)");
  });

  test("without a name are found by the name that PostgreSQL would give them", () => {
    expect(drop(commented, "t_b_check")).toBe(commented.replace(" CHECK (b > 0)", ""));
    expect(drop(commented, "t_b_fkey")).toBe(
      commented.replace(/ REPLACE,\n {2}FOREIGN.*/, " REPLACE"),
    );
    expect(drop(commented, "t_pkey"))
      .toBe(commented.replace(" PRIMARY KEY AUTOINCREMENT", " NOT NULL"));
    expect(() => drop(commented, "t_nope")).toThrow('Cannot find the constraint "t_nope"');
  });

  test("that are unnamed are told from others by their definition", () => {
    const sql = "CREATE TABLE t (a, UNIQUE (a), UNIQUE (a) ON CONFLICT IGNORE)";
    const existing = { kind: "unique", columns: ["a"], onConflict: "ignore" } as const;
    expect(dropConstraint(sql, t, existingConstraint(parseTable(sql), t, "t_a_key", existing)))
      .toBe("CREATE TABLE t (a, UNIQUE (a))");
  });

  test("of a primary key leave its columns not null", () => {
    expect(drop("CREATE TABLE t (a text, b int not null, c, primary key (a, b))", "t_pkey"))
      .toBe("CREATE TABLE t (a text NOT NULL, b int not null, c)");
    expect(drop("CREATE TABLE t (a integer primary key, b)", "t_pkey"))
      .toBe("CREATE TABLE t (a integer NOT NULL, b)");
  });

  test("are added at the end", () => {
    expect(
      addConstraint("CREATE TABLE t (a int)", t, { kind: "unique", name: "u", columns: ["a"] }),
    )
      .toBe("CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a))");
    expect(
      addConstraint(commented, t, { kind: "check", name: "c", expression: { sql: "b < 9" } }),
    ).toBe(
      commented.replace(
        "DEFERRED -- p",
        "DEFERRED, -- p\n  CONSTRAINT c CHECK (b < 9)",
      ),
    );
    expect(addConstraint("CREATE TABLE t (a bigint)", t, { kind: "primaryKey", columns: ["a"] }))
      .toBe("CREATE TABLE t (a INTEGER NOT NULL, PRIMARY KEY (a))");
    expect(() => addConstraint(commented, t, { kind: "unique", name: "U", columns: ["b"] }))
      .toThrow('Cannot add the constraint "U": it already exists');
  });

  test("are renamed, and unnamed ones are given a name", () => {
    expect(renameConstraint(commented, t, "u", "My U")).toBe(
      commented.replace("CONSTRAINT u", 'CONSTRAINT "My U"'),
    );
    expect(renameConstraint(commented, t, "t_b_check", "c")).toBe(
      commented.replace("CHECK (b", "CONSTRAINT c CHECK (b"),
    );
  });
});

describe("existingConstraint()", () => {
  const sql = "CREATE TABLE t (a int CONSTRAINT named CHECK (a > 1), b int PRIMARY KEY, c int, " +
    "UNIQUE (a, c), UNIQUE (c, a), UNIQUE (a), CHECK (b > 1))";
  const unnamed = (columns: readonly string[]): Constraint => ({ kind: "unique", columns });
  const checked = (text: string): Constraint => ({ kind: "check", expression: { sql: text } });
  const cases: readonly (readonly [string, Constraint | undefined, string | undefined])[] = [
    ["uq", unnamed(["C", "a"]), "UNIQUE (c, a)"],
    ["uq", unnamed(["a"]), "UNIQUE (a)"],
    ["uq", unnamed(["b"]), undefined],
    ["ck", checked("B>1"), "CHECK (b > 1)"],
    ["ck", checked("a > 1"), undefined],
    ["NAMED", checked("b > 1"), "CHECK (a > 1)"],
    ["t_pkey", undefined, "PRIMARY KEY"],
    ["uq", undefined, undefined],
  ];
  test.each(cases)("looks for %s, described as %j, and finds %j", (name, existing, found) => {
    const find = () => existingConstraint(parseTable(sql), t, name, existing).clause;
    if (found === undefined) return expect(find).toThrow(`Cannot find the constraint "${name}"`);
    const { tokens, end } = find();
    expect(sql.slice(tokens[0]?.start, end)).toBe(found);
  });
});
