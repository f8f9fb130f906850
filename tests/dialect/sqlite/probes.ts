import { column } from "../../../lib/schema/column.ts";
import {
  binary,
  integer,
  native,
  string,
  text,
  timestamp,
} from "../../../lib/schema/column_types.ts";
import { now, raw } from "../../../lib/schema/expressions.ts";
import { check, foreignKey, primaryKey, unique } from "../../../lib/schema/table.ts";
import type { Operations } from "../../../lib/operations/operations.ts";

/** A database, a change to its table t, and the differences that this must make: there may be no others. */
export interface Probe {
  readonly name: string;
  readonly before: readonly string[];
  /** Absent: a constraint is added and dropped again, each by a rebuild, and nothing at all may differ. */
  readonly change?: (op: Operations) => void;
  /** Pieces of the text of t that are replaced, each once. */
  readonly table?: readonly (readonly [old: string, made: string])[];
  /** The texts of other objects that change; null: the object is gone. */
  readonly others?: Readonly<Record<string, string | null>>;
  /** The rows of t, if they change. */
  readonly rows?: readonly Readonly<Record<string, string>>[];
  readonly error?: string;
}

const t = "CREATE TABLE t (id integer primary key, a int)";
const row = "INSERT INTO t (id, a) VALUES (7, 1), (3, NULL)";
const parent = "CREATE TABLE p (id integer primary key, k int unique, unique (id, k))";
const added = (op: Operations) => op.addConstraint("t", check("a <> 99", { name: "ck" }));
const withCheck = [["a int)", "a int, CONSTRAINT ck CHECK (a <> 99))"]] as const;
const ints = (rows: readonly Readonly<Record<string, number | null>>[]) =>
  rows.map((it) =>
    Object.fromEntries(
      Object.entries(it).map((
        [key, value],
      ) => [key, value === null ? "object null" : `number ${value}`]),
    )
  );

export const probes: readonly Probe[] = [
  { name: "nothing special", before: [t, row] },
  {
    name: "AUTOINCREMENT, with the highest row deleted",
    before: [
      "CREATE TABLE t (id integer primary key autoincrement, a text)",
      "INSERT INTO t VALUES (1, 'x'), (50, 'y')",
      "DELETE FROM t WHERE id = 50",
    ],
  },
  {
    name: "WITHOUT ROWID",
    before: [
      "CREATE TABLE t (id integer primary key, a text) WITHOUT ROWID",
      "INSERT INTO t VALUES (2, 'x')",
    ],
  },
  {
    name: "STRICT, with a column of any type",
    before: [
      "CREATE TABLE t (id integer primary key, a text, b any) STRICT",
      "INSERT INTO t VALUES (2, 'x', '007'), (3, 'y', x'00'), (4, 'z', 1.5)",
    ],
  },
  {
    name: "checks, named and not, at columns and of the table",
    before: [
      "CREATE TABLE t (id integer primary key, a int check (a>0), b int constraint ckb check (b>0), check (a<b), constraint ckt check (a<>7))",
      "INSERT INTO t VALUES (1, 1, 2)",
    ],
  },
  {
    name: "unique constraints, named and not, with ON CONFLICT clauses",
    before: [
      "CREATE TABLE t (id integer primary key, a int unique, b int constraint uqb unique on conflict replace, c int, unique (a, b) on conflict ignore, constraint uqt unique (b, c), unique(c))",
      "INSERT INTO t VALUES (1, 1, 1, 1), (2, 2, 2, 2)",
    ],
  },
  {
    name: "foreign keys, at columns and of the table, to others and to itself",
    before: [
      parent,
      "INSERT INTO p VALUES (1, 5)",
      "CREATE TABLE t (id integer primary key, a int references p(id) on delete cascade, b int constraint fkb references p(k), c int references t(id) on update set null, foreign key (a, b) references p (id, k) match full deferrable initially deferred)",
      "INSERT INTO t VALUES (1, 1, 5, 1)",
    ],
  },
  {
    name: "generated columns, virtual and stored",
    before: [
      "CREATE TABLE t (id integer primary key, a int, g int generated always as (a*2) virtual, s int as (a*3) stored, s2 AS (a || ')') )",
      "INSERT INTO t (id, a) VALUES (1, 4)",
    ],
  },
  {
    name: "defaults of every kind",
    before: [
      `CREATE TABLE t (id integer primary key, a int default 5, b text default 'x', c text default (lower('X')), d text default current_timestamp, e int not null default 0, f text default ('dq'), g int default -1, h real default 1e5, i blob default x'00')`,
      "INSERT INTO t (id, d) VALUES (1, 'now')",
    ],
  },
  {
    name: "collations",
    before: [
      "CREATE TABLE t (id integer primary key, a text collate nocase, b varchar(20) not null collate rtrim)",
      "INSERT INTO t VALUES (1, 'A', 'b ')",
    ],
  },
  {
    name: "unknown types, and no type",
    before: [
      "CREATE TABLE t (id integer primary key, a foo, b, c decimal(10, 2), d double precision, e unsigned big int, f timestamp, g bool, h uuid)",
      "INSERT INTO t VALUES (1, '1', '01', '1.50', '2', 3, '4', 'x', '00')",
    ],
  },
  {
    name: "indexes: partial, on expressions, descending, with collations",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b text)",
      "INSERT INTO t VALUES (1, 2, 'B')",
      "CREATE INDEX i1 on t(a desc)",
      "CREATE UNIQUE INDEX i2 on t(a, b)",
      "CREATE INDEX i3 on t(a) where a>1",
      "CREATE INDEX i4 on t(lower(b))",
      "CREATE INDEX i5 on t(a)",
      "CREATE INDEX i6 on t(b collate nocase)",
    ],
  },
  {
    name: "a trigger and a view",
    before: [
      t,
      row,
      "CREATE TABLE lg (x)",
      "CREATE TRIGGER tr after insert on t begin insert into lg values(new.id); end",
      "CREATE VIEW v as select a from t",
      "CREATE TRIGGER other after insert on lg begin update t set a = 0; end",
      "CREATE TRIGGER instead instead of insert on v begin insert into t (a) values (new.a); end",
    ],
  },
  { name: "a view alone", before: [t, row, "CREATE VIEW v as select t.a from t"] },
  {
    name: "a composite key in another order than its columns",
    before: [
      "CREATE TABLE t (a int, b text, c int, primary key (b, a))",
      "INSERT INTO t VALUES (1, 'x', 2)",
    ],
  },
  {
    name: "a named INTEGER PRIMARY KEY DESC",
    before: [
      "CREATE TABLE t (a integer constraint pkt primary key desc)",
      "INSERT INTO t (_rowid_, a) VALUES (8, 1)",
    ],
  },
  {
    name: "a text key with nulls in it",
    before: [
      "CREATE TABLE t (a text primary key, b int)",
      "INSERT INTO t (_rowid_, a, b) VALUES (4, NULL, 1), (9, NULL, 2)",
    ],
  },
  {
    name: "names in all kinds of quotes",
    before: [
      'CREATE TABLE "t" ("id x" integer primary key, [Order] int, `select` text, \'str\' int, "qu""ote" int)',
      "INSERT INTO t VALUES (1, 2, '3', 4, 5)",
    ],
  },
  {
    name: "a table with a foreign key to it",
    before: [
      t,
      row,
      "CREATE TABLE ch (id integer primary key, t_id int references t(id))",
      "INSERT INTO ch VALUES (1, 7)",
    ],
  },
  {
    name: "children that ON DELETE CASCADE would delete",
    before: [
      t,
      row,
      "CREATE TABLE ch (t_id int references t(id) on delete cascade)",
      "INSERT INTO ch VALUES (7), (3)",
    ],
  },
  {
    name: "children under ON DELETE RESTRICT",
    before: [
      t,
      row,
      "CREATE TABLE ch (t_id int references t on delete restrict)",
      "INSERT INTO ch VALUES (7)",
    ],
  },
  {
    name: "tables that have the temporary names of a rebuild",
    before: [
      t,
      row,
      "CREATE TABLE _migrate_old_t (x)",
      "CREATE VIEW _migrate_old_t_2 AS SELECT 1",
      "CREATE TABLE _alembic_tmp_t (x)",
    ],
  },
  {
    name: "drop column: indexes on it go with it",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int)",
      "INSERT INTO t VALUES (1, 2, 3)",
      "CREATE INDEX i1 on t(a)",
      "CREATE INDEX i2 on t(a,b)",
      "CREATE INDEX i3 on t(b)",
    ],
    change: (op) => op.dropColumn("t", "a"),
    table: [[" a int,", ""]],
    others: { "index i1 on t": null, "index i2 on t": null },
    rows: ints([{ "the rowid": 1, id: 1, b: 3 }]),
  },
  {
    name: "drop column: a check that names it goes with it",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int, constraint ck check (a>1), check (b>0))",
      "INSERT INTO t VALUES (1, 2, 3)",
    ],
    change: (op) => op.dropColumn("t", "a"),
    table: [[" a int,", ""], [" constraint ck check (a>1),", ""]],
    rows: ints([{ "the rowid": 1, id: 1, b: 3 }]),
  },
  {
    name: "drop column: unique constraints and foreign keys on it go with it",
    before: [
      parent,
      "CREATE TABLE t (id integer primary key, a int references p, b int, unique (a, b), constraint fk foreign key (a) references p)",
      "INSERT INTO t VALUES (1, 2, 3)",
    ],
    change: (op) => op.dropColumn("t", "a"),
    table: [[" a int references p,", ""], [
      ", unique (a, b), constraint fk foreign key (a) references p",
      "",
    ]],
    others: { "index sqlite_autoindex_t_1 on t": null },
    rows: ints([{ "the rowid": 1, id: 1, b: 3 }]),
  },
  {
    name: "rename column: in indexes, checks and unique constraints",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int, constraint ck check (b>1), constraint uq unique (a, b))",
      "INSERT INTO t VALUES (1, 2, 3)",
      "CREATE INDEX i1 on t(a)",
      "CREATE INDEX i2 on t(lower(a))",
    ],
    change: (op) => op.renameColumn("t", "a", "z"),
    table: [[" a int", " z int"], ["unique (a", "unique (z"]],
    others: {
      "index i1 on t": "CREATE INDEX i1 on t(z)",
      "index i2 on t": "CREATE INDEX i2 on t(lower(z))",
    },
    rows: ints([{ "the rowid": 1, id: 1, z: 2, b: 3 }]),
  },
  {
    name: "alter column: its type",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b text)",
      "INSERT INTO t VALUES (1, 2, '3'), (2, 'x', '')",
    ],
    change: (op) => op.alterColumn("t", "a", { type: string(10) }),
    table: [["a int", "a VARCHAR(10)"]],
    rows: [
      { "the rowid": "number 1", id: "number 1", a: "string 2", b: "string 3" },
      { "the rowid": "number 2", id: "number 2", a: "string x", b: "string " },
    ],
  },
  {
    name: "alter column: not null, where there are nulls",
    before: [t, row],
    change: (op) => op.alterColumn("t", "a", { nullable: false }),
    error: "NOT NULL constraint failed: t.a",
  },
  {
    name: "add column: not null and without a default, where there are rows",
    before: [t, row],
    change: (op) => op.addColumn("t", column("n", integer(), { nullable: false })),
    error: "NOT NULL constraint failed: t.n",
  },
  {
    name: "add column",
    before: [t, row],
    change: (op) => op.addColumn("t", column("n", integer())),
    table: [["a int", "a int, n INTEGER"]],
    rows: ints([
      { "the rowid": 3, id: 3, a: null, n: null },
      { "the rowid": 7, id: 7, a: 1, n: null },
    ]),
  },
  {
    name: "add column: with a default that is computed",
    before: [t],
    change: (op) => op.addColumn("t", column("n", timestamp(), { serverDefault: now() })),
    table: [["a int", "a int, n DATETIME DEFAULT CURRENT_TIMESTAMP"]],
  },
  {
    name: "add column: with a default",
    before: [t, row],
    change: (op) => op.addColumn("t", column("n", integer(), { serverDefault: raw("1") })),
    table: [["a int", "a int, n INTEGER DEFAULT 1"]],
    rows: ints([
      { "the rowid": 3, id: 3, a: null, n: 1 },
      { "the rowid": 7, id: 7, a: 1, n: 1 },
    ]),
  },
  {
    name: "add column: a foreign key with a name",
    before: [parent, t],
    change: (op) =>
      op.addColumn(
        "t",
        column("n", integer(), { references: { table: "p", column: "id", name: "fkn" } }),
      ),
    table: [["a int", "a int, n INTEGER CONSTRAINT fkn REFERENCES p (id)"]],
  },
  {
    name: "add column: a foreign key without a name",
    before: [parent, t],
    change: (op) => op.addColumn("t", column("n", integer(), { references: "p.id" })),
    table: [["a int", "a int, n INTEGER REFERENCES p (id)"]],
  },
  {
    name: "drop column",
    before: [t, row],
    change: (op) => op.dropColumn("t", "a"),
    table: [[", a int", ""]],
    rows: ints([{ "the rowid": 3, id: 3 }, { "the rowid": 7, id: 7 }]),
  },
  {
    name: "rename column",
    before: [t, row],
    change: (op) => op.renameColumn("t", "a", "z"),
    table: [["a int", "z int"]],
    rows: ints([{ "the rowid": 3, id: 3, z: null }, { "the rowid": 7, id: 7, z: 1 }]),
  },
  {
    name: "create and drop an index",
    before: [t, row, "CREATE INDEX i1 on t(a)"],
    change: (op) => {
      op.dropIndex("i1", { table: "t" });
      op.createIndex("i2", "t", ["a"]);
    },
    others: { "index i1 on t": null, "index i2 on t": "CREATE INDEX i2 ON t (a)" },
  },
  {
    name: "add a key, a unique constraint, a foreign key and a check at once",
    before: [
      parent,
      "INSERT INTO p VALUES (1, 1)",
      "CREATE TABLE t (id integer, a int)",
      "INSERT INTO t VALUES (7, 1)",
    ],
    change: (op) => {
      op.addConstraint("t", primaryKey(["id"], { name: "pk" }));
      op.addConstraint("t", unique(["a"], { name: "uq" }));
      op.addConstraint("t", foreignKey(["a"], "p.id", { name: "fk", onDelete: "cascade" }));
      op.addConstraint("t", check("a > 0", { name: "ck" }));
    },
    table: [
      ["id integer", "id INTEGER NOT NULL"],
      [
        "a int",
        "a int, CONSTRAINT pk PRIMARY KEY (id), CONSTRAINT uq UNIQUE (a), CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE, CONSTRAINT ck CHECK (a > 0)",
      ],
    ],
    others: { "index sqlite_autoindex_t_1 on t": "null" },
    rows: ints([{ "the rowid": 7, id: 7, a: 1 }]),
  },
  {
    name: "drop a missing constraint",
    before: [t, row],
    change: (op) => op.dropConstraint("t", "nope"),
    error: 'Cannot find the constraint "nope" of the table "t"',
  },
  {
    name: "drop a missing index",
    before: [t, row],
    change: (op) => {
      added(op);
      op.dropIndex("nope", { table: "t" });
    },
    error: 'Cannot find the index "nope" of the table "t"',
  },
  {
    name: "drop a missing column",
    before: [t, row],
    change: (op) => op.dropColumn("t", "nope"),
    error: 'Cannot find the column "nope" of the table "t"',
  },
  {
    name: "alter a missing column",
    before: [t, row],
    change: (op) => op.alterColumn("t", "nope", { nullable: true }),
    error: 'Cannot find the column "nope" of the table "t"',
  },
  {
    name: "add column: after a missing one",
    before: [t, row],
    change: (op) => op.addColumn("t", column("n", integer()), { position: { after: "nope" } }),
    error: 'Cannot put "n" next to "nope": that does not exist',
  },
  {
    name: "add column: between others",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int)",
      "INSERT INTO t VALUES (1, 2, 3)",
    ],
    change: (op) => op.addColumn("t", column("n", integer()), { position: { after: "id" } }),
    table: [["key,", "key, n INTEGER,"]],
    rows: ints([{ "the rowid": 1, id: 1, n: null, a: 2, b: 3 }]),
  },
  {
    name: "add columns: several, each at a position",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int)",
      "INSERT INTO t VALUES (1, 2, 3)",
    ],
    change: (op) => {
      op.addColumn("t", column("x", integer()), { position: { before: "id" } });
      op.addColumn("t", column("y", integer()), { position: { after: "x" } });
      op.addColumn("t", column("z", integer()), { position: { before: "b" } });
    },
    table: [["id integer", "x INTEGER, y INTEGER, id integer"], [" b int", " z INTEGER, b int"]],
    rows: ints([{ "the rowid": 1, x: null, y: null, id: 1, a: 2, z: null, b: 3 }]),
  },
  {
    name: "add a constraint without a name",
    before: [t, row],
    change: (op) => op.addConstraint("t", unique(["a"])),
    table: [["a int", "a int, UNIQUE (a)"]],
    others: { "index sqlite_autoindex_t_1 on t": "null" },
  },
  {
    name: "drop unnamed constraints by the names that PostgreSQL would give them",
    before: [
      parent,
      "INSERT INTO p VALUES (1, 1)",
      "CREATE TABLE t (id integer primary key, a int references p(id), b int, unique (a, b))",
      "INSERT INTO t VALUES (1, 1, 2)",
    ],
    change: (op) => {
      op.dropConstraint("t", "t_a_fkey");
      op.dropConstraint("t", "t_a_b_key");
    },
    table: [[" references p(id)", ""], [", unique (a, b)", ""]],
    others: { "index sqlite_autoindex_t_1 on t": null },
  },
  {
    name: "add a check without a name",
    before: [t, row],
    change: (op) => op.addConstraint("t", check("a > 0")),
    table: [["a int", "a int, CHECK (a > 0)"]],
  },
  {
    name: "several changes at once, one of which reuses the name of a dropped column",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int)",
      "INSERT INTO t VALUES (1, 2, 3)",
    ],
    change: (op) => {
      op.renameColumn("t", "a", "b2");
      op.dropColumn("t", "b");
      op.addColumn("t", column("b", text()));
      op.addConstraint("t", check("b2 > 0", { name: "ck" }));
    },
    table: [["a int, b int", "b2 int, b TEXT, CONSTRAINT ck CHECK (b2 > 0)"]],
    rows: [{ "the rowid": "number 1", id: "number 1", b2: "number 2", b: "object null" }],
  },
  {
    name: "a missing table",
    before: [],
    change: (op) => op.dropColumn("t", "a"),
    error: 'Cannot find the table "t"',
  },
  {
    name: "a name of 200 characters",
    before: [`CREATE TABLE ${"x".repeat(200)} (id integer primary key, a int)`],
    change: (op) => op.alterColumn("x".repeat(200), "a", { nullable: false }),
    others: {
      [`table ${"x".repeat(200)} on ${"x".repeat(200)}`]: `CREATE TABLE ${
        "x".repeat(200)
      } (id integer primary key, a int NOT NULL)`,
    },
  },
  {
    name: "foreign keys, in capitals",
    before: [
      parent,
      "INSERT INTO p VALUES (1, 5)",
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER REFERENCES p(id) ON DELETE CASCADE, b INTEGER CONSTRAINT fkb REFERENCES p(k) ON UPDATE CASCADE, c INTEGER, FOREIGN KEY (a, b) REFERENCES p (id, k), CONSTRAINT fkc FOREIGN KEY (c) REFERENCES p (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED)",
      "INSERT INTO t VALUES (1, 1, 5, 1)",
    ],
  },
  {
    name: "unique constraints, in capitals",
    before: [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER UNIQUE, b INTEGER CONSTRAINT uqb UNIQUE, c INTEGER, UNIQUE (a, b), CONSTRAINT uqt UNIQUE (b, c), UNIQUE (c))",
      "INSERT INTO t VALUES (1, 1, 1, 1)",
    ],
  },
  {
    name: "generated columns, in capitals",
    before: [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, g INTEGER GENERATED ALWAYS AS (a*2) VIRTUAL, s INTEGER GENERATED ALWAYS AS (a*3) STORED)",
      "INSERT INTO t (id, a) VALUES (1, 4)",
    ],
  },
  {
    name: "types of other databases",
    before: [
      "CREATE TABLE t (id integer primary key, a foo, c decimal(10, 2), d double precision, e unsigned big int, f timestamp, g boolean, h bigint, i json, j uuid, k char(36), l varchar, m clob)",
      "INSERT INTO t VALUES (1, '1', '1.50', 2, 3, 'x', 1, 9007199254740993, '{}', 'u', 'v', 'w', 'm')",
    ],
  },
  {
    name: "children under ON DELETE CASCADE",
    before: [
      t,
      row,
      "CREATE TABLE ch (id integer primary key, t_id int references t(id) on delete cascade)",
      "INSERT INTO ch VALUES (1, 7)",
    ],
    change: added,
    table: withCheck,
  },
  {
    name: "children under ON DELETE SET NULL",
    before: [
      t,
      row,
      "CREATE TABLE ch (id integer primary key, t_id int references t(id) on delete set null on update cascade)",
      "INSERT INTO ch VALUES (1, 7)",
    ],
    change: added,
    table: withCheck,
  },
  {
    name: "children keep their text, their own children and their orphans",
    before: [
      t,
      row,
      "CREATE TABLE ch (id integer primary key, t_id int references t(id) on delete cascade)",
      "CREATE TABLE grand (c int references ch on delete cascade)",
      "INSERT INTO ch VALUES (1, 7), (2, 404)",
      "INSERT INTO grand VALUES (1)",
    ],
    change: added,
    table: withCheck,
  },
  {
    name: "AUTOINCREMENT of an empty table",
    before: [
      "CREATE TABLE t (id integer primary key autoincrement, a text)",
      "INSERT INTO t VALUES (5, 'x')",
      "DELETE FROM t",
      "CREATE TABLE u (id integer primary key autoincrement)",
      "INSERT INTO u VALUES (2)",
    ],
  },
  {
    name: "AUTOINCREMENT of a table that never had a row",
    before: ["CREATE TABLE t (id integer primary key autoincrement, a text)"],
  },
  {
    name: "the check of a boolean, with a name",
    before: [
      "CREATE TABLE t (id integer primary key, f boolean, constraint ckf check (f in (0, 1)))",
      "INSERT INTO t VALUES (1, 1)",
    ],
    change: (op) => {
      op.dropConstraint("t", "ckf");
      op.alterColumn("t", "f", { type: integer() });
    },
    table: [["f boolean, constraint ckf check (f in (0, 1))", "f INTEGER"]],
  },
  {
    name: "the check of a boolean, without a name",
    before: [
      "CREATE TABLE t (id integer primary key, f boolean check (f in (0, 1)))",
      "INSERT INTO t VALUES (1, 1)",
    ],
    change: (op) => op.alterColumn("t", "f", { nullable: false }),
    table: [["boolean", "boolean NOT NULL"]],
  },
  {
    name: "rowids without an alias column",
    before: ["CREATE TABLE t (a text)", "INSERT INTO t (rowid, a) VALUES (5, 'x'), (-2, 'y')"],
  },
  {
    name: "drop column: the integer primary key, whose values stay the rowids",
    before: [t, row],
    change: (op) => op.dropColumn("t", "id"),
    table: [["id integer primary key, ", ""]],
    rows: ints([{ "the rowid": 3, a: null }, { "the rowid": 7, a: 1 }]),
  },
  {
    name: "comments",
    before: [
      "CREATE TABLE t ( -- the table\n  id integer primary key, /* the key */\n\n  -- what it is\n  a int -- in metres, ) and '\n  /* the end */ )",
      "INSERT INTO t VALUES (1, 2)",
    ],
  },
  {
    name: "alter column: drop its default",
    before: [
      "CREATE TABLE t (id integer primary key, a int default 5 not null)",
      "INSERT INTO t VALUES (1, 2)",
    ],
    change: (op) => op.alterColumn("t", "a", { serverDefault: null }),
    table: [[" default 5", ""]],
  },
  {
    name: "rename column: in generated columns and triggers",
    before: [
      "CREATE TABLE t (id integer primary key, a int, g int as (a + 1))",
      "INSERT INTO t (id, a) VALUES (1, 2)",
      "CREATE TRIGGER tr after update of a on t begin select new.a; end",
    ],
    change: (op) => op.renameColumn("t", "a", "z"),
    table: [["a int", "z int"], ["(a + 1)", "(z + 1)"]],
    others: {
      "trigger tr on t": "CREATE TRIGGER tr after update of z on t begin select new.z; end",
    },
    rows: ints([{ "the rowid": 1, id: 1, z: 2, g: 3 }]),
  },
  {
    name: "rename the table to a taken name, after another change",
    before: [
      t,
      row,
      "CREATE TABLE ch (t_id int references t(id) on delete cascade)",
      "INSERT INTO ch VALUES (7)",
    ],
    change: (op) => {
      added(op);
      op.renameTable("t", "ch");
    },
    error: "there is already another table or index with this name: ch",
  },

  // Beyond Alembic's probes: what else a rebuild could lose.
  {
    name: "checks that qualify columns with the table, and columns named rowid and oid",
    before: [
      "CREATE TABLE t (rowid int, oid text check (t.oid <> ''), check (t.rowid > 0))",
      "INSERT INTO t (_rowid_, rowid, oid) VALUES (9, 1, 'x')",
    ],
  },
  {
    name: "temporary triggers and views",
    before: [
      t,
      row,
      "CREATE TEMP TABLE seen (x)",
      "CREATE TEMP TRIGGER tt after delete on t begin insert into seen values (old.id); end",
      "CREATE TEMP VIEW tv AS SELECT a FROM t",
    ],
  },
  {
    name: "a temporary table of the same name",
    before: [
      t,
      row,
      "CREATE TEMP TABLE t (x)",
      "CREATE INDEX main.ix ON t (a)",
      "CREATE UNIQUE INDEX main.ux ON t (a)",
      "CREATE TRIGGER main.tr after insert on t begin select 1; end",
      "CREATE TEMP TRIGGER tt after insert on temp.t begin select 1; end",
    ],
  },
  {
    name: "no comma between constraints",
    before: [
      "CREATE TABLE t (a int, primary key (a) unique (a) check (a > 0))",
      "INSERT INTO t VALUES (1)",
    ],
  },
  {
    name: "a view that is already broken",
    before: [t, row, "CREATE VIEW broken AS SELECT a, nope FROM t", "CREATE VIEW fine AS SELECT 1"],
  },
  {
    name: "drop column: a view uses it",
    before: [t, row, "CREATE VIEW v AS SELECT a FROM t"],
    change: (op) => op.dropColumn("t", "a"),
    error: 'Cannot drop the column "a" of "t": the view "v" uses it',
  },
  {
    name: "drop column: a trigger uses it",
    before: [
      t,
      row,
      "CREATE TABLE lg (x)",
      "CREATE TRIGGER tr after update on t begin insert into lg values (old.a); end",
    ],
    change: (op) => op.dropColumn("t", "a"),
    error: 'Cannot drop the column "a" of "t": the trigger "tr" uses it',
  },
  {
    name: "drop column: a trigger on updates of another column uses it",
    before: [
      "CREATE TABLE t (id integer primary key, a int, b int)",
      "CREATE TABLE lg (x)",
      "CREATE TRIGGER tr after update of b on t begin insert into lg values (old.a); end",
    ],
    change: (op) => op.dropColumn("t", "a"),
    error: 'Cannot drop the column "a" of "t": the trigger "tr" uses it',
  },
  {
    name: "drop column: a trigger on deletes uses it",
    before: [
      t,
      "CREATE TABLE lg (x)",
      "CREATE TRIGGER tr after delete on t begin insert into lg values (old.a); end",
    ],
    change: (op) => op.dropColumn("t", "a"),
    error: 'Cannot drop the column "a" of "t": the trigger "tr" uses it',
  },
  {
    name: "drop column: a trigger and a broken view use its namesake in another table",
    before: [
      "CREATE TABLE t (a int, b int)",
      "CREATE TABLE lg (a)",
      "CREATE TRIGGER tr after insert on t begin insert into lg (a) values (1); end",
      "CREATE VIEW broken AS SELECT a FROM nowhere",
    ],
    change: (op) => op.dropColumn("t", "a"),
    table: [["a int, ", ""]],
  },
  {
    name: "drop column: its foreign keys are its own, dropped before, or to another table",
    before: [
      parent,
      "CREATE TABLE t (k int unique references t (k), b int references p (k), " +
      "CONSTRAINT fk FOREIGN KEY (b) REFERENCES t (k))",
    ],
    change: (op) => {
      op.dropConstraint("t", "fk");
      op.dropColumn("t", "k");
    },
    table: [
      ["k int unique references t (k), ", ""],
      [", CONSTRAINT fk FOREIGN KEY (b) REFERENCES t (k)", ""],
    ],
    others: { "index sqlite_autoindex_t_1 on t": null },
  },
  {
    name: "drop column: comments on other columns stay",
    before: ["CREATE TABLE t (a int, -- the first\n  b int, -- the second\n  c int)"],
    change: (op) => op.dropColumn("t", "c"),
    table: [[", -- the second\n  c int", " -- the second\n"]],
  },
  {
    name: "drop column: a trigger fires on its updates",
    before: [t, row, "CREATE TRIGGER tr after update of a on t begin select 1; end"],
    change: (op) => op.dropColumn("t", "a"),
    error: 'Cannot drop the column "a" of "t": the trigger "tr" uses it',
  },
  {
    name: "drop column: a foreign key refers to it",
    before: [t, row, "CREATE TABLE ch (t_id int references t)", "INSERT INTO ch VALUES (7)"],
    change: (op) => op.dropColumn("t", "id"),
    error: 'Cannot drop the column "id" of "t": a foreign key of "ch" refers to it',
  },
  {
    name: "drop column: a view uses its namesake in another table",
    before: [t, row, "CREATE TABLE u (a int)", "CREATE VIEW v AS SELECT a FROM u"],
    change: (op) => op.dropColumn("t", "a"),
    table: [[", a int", ""]],
    rows: ints([{ "the rowid": 3, id: 3 }, { "the rowid": 7, id: 7 }]),
  },
  {
    name: "add a foreign key that rows violate",
    before: [parent, t, row],
    change: (op) => op.addConstraint("t", foreignKey(["a"], "p.id", { name: "fk" })),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "drop a unique constraint that children need",
    before: [
      "CREATE TABLE t (id integer primary key, a int constraint uq unique)",
      "INSERT INTO t VALUES (1, 2)",
      "CREATE TABLE ch (t_a int references t(a))",
      "INSERT INTO ch VALUES (2)",
    ],
    change: (op) => op.dropConstraint("t", "uq"),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "text that is not a number stays text in an integer column",
    before: [
      "CREATE TABLE t (a text)",
      "INSERT INTO t VALUES ('12'), ('12 apples'), ('1.5'), (NULL)",
    ],
    change: (op) => op.alterColumn("t", "a", { type: integer() }),
    table: [["a text", "a INTEGER"]],
    rows: [
      { "the rowid": "number 1", a: "number 12" },
      { "the rowid": "number 2", a: "string 12 apples" },
      { "the rowid": "number 3", a: "number 1.5" },
      { "the rowid": "number 4", a: "object null" },
    ],
  },
  {
    name: "text becomes blob, and blob becomes text",
    before: ["CREATE TABLE t (a text, b blob)", "INSERT INTO t VALUES ('x', x'79')"],
    change: (op) => {
      op.alterColumn("t", "a", { type: binary() });
      op.alterColumn("t", "b", { type: text() });
    },
    table: [["a text, b blob", "a BLOB, b TEXT"]],
    rows: [{ "the rowid": "number 1", a: "object 120", b: "string y" }],
  },
  {
    name: "an added integer primary key takes over the rowids",
    before: ["CREATE TABLE t (a int)", "INSERT INTO t (rowid, a) VALUES (7, 1), (3, 2)"],
    change: (op) => op.addColumn("t", column("id", integer(), { primaryKey: true })),
    table: [["a int", "a int, id INTEGER NOT NULL PRIMARY KEY"]],
    rows: ints([{ "the rowid": 3, a: 2, id: 3 }, { "the rowid": 7, a: 1, id: 7 }]),
  },
  {
    name: "an index that lacks rows",
    before: [
      "CREATE TABLE t (a int, g text as ('x'))",
      "INSERT INTO t VALUES (1), (2)",
      "CREATE INDEX ix ON t (a) WHERE a > 1",
      "PRAGMA writable_schema = ON",
      "UPDATE sqlite_schema SET sql = 'CREATE INDEX ix ON t (a)' WHERE name = 'ix'",
      "PRAGMA writable_schema = RESET",
    ],
  },
  {
    name: "a new type of a referenced column makes a child row an orphan",
    before: [
      "CREATE TABLE t (k int unique)",
      "CREATE TABLE ch (t_k text references t (k))",
      "INSERT INTO t VALUES (1)",
      "INSERT INTO ch VALUES ('1.0')",
    ],
    change: (op) => op.alterColumn("t", "k", { type: text() }),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "an orphan that was there before stays, in a table without rowids",
    before: [
      "CREATE TABLE t (k int unique)",
      "CREATE TABLE ch (id int primary key, t_k text references t (k)) WITHOUT ROWID",
      "INSERT INTO ch VALUES (1, '9')",
    ],
    change: (op) => op.alterColumn("t", "k", { type: text() }),
    table: [["k int", "k TEXT"]],
  },
  {
    name: "a new orphan beside an old one, in a table without rowids",
    before: [
      "CREATE TABLE t (k int unique)",
      "CREATE TABLE ch (id int primary key, t_k text references t (k)) WITHOUT ROWID",
      "INSERT INTO t VALUES (1)",
      "INSERT INTO ch VALUES (1, '9'), (2, '1.0')",
    ],
    change: (op) => op.alterColumn("t", "k", { type: text() }),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "an old orphan that comes to violate a second foreign key",
    before: [
      parent,
      "CREATE TABLE t (k int unique)",
      "CREATE TABLE ch (p_id int references p, t_k text references t (k))",
      "INSERT INTO t VALUES (1)",
      "INSERT INTO ch VALUES (9, '1.0')",
    ],
    change: (op) => op.alterColumn("t", "k", { type: text() }),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "a composite key whose integer column is not a rowid alias",
    before: [
      "CREATE TABLE t (a integer, b int, primary key (a, b))",
      "INSERT INTO t (rowid, a, b) VALUES (9, 1, 2)",
    ],
  },
  {
    name: "a violated new constraint is an error, whatever ON CONFLICT another column has",
    before: [
      "CREATE TABLE t (a int not null on conflict ignore, b int)",
      "INSERT INTO t VALUES (1, 1), (1, 2)",
    ],
    change: (op) => op.addConstraint("t", unique(["a"], { name: "uq" })),
    error: "UNIQUE constraint failed: t.a",
  },
  {
    name: "a computed column that becomes plain keeps its values",
    before: ["CREATE TABLE t (a int, g int as (a * 2) stored)", "INSERT INTO t (a) VALUES (4)"],
    change: (op) => op.alterColumn("t", "g", { generated: null }),
    table: [[" as (a * 2) stored", ""]],
  },
  {
    name: "a column becomes computed from a column that was just renamed",
    before: ["CREATE TABLE t (a int, b int)", "INSERT INTO t VALUES (1, 2)"],
    change: (op) => {
      op.renameColumn("t", "a", "z");
      op.alterColumn("t", "b", { generated: { expression: "z + 1", stored: true } });
    },
    table: [["a int, b int", "z int, b int GENERATED ALWAYS AS (z + 1) STORED"]],
    rows: ints([{ "the rowid": 1, z: 1, b: 2 }]),
  },
  {
    name: "alter column: a native type and a new name at once",
    before: [t, row],
    change: (op) => op.alterColumn("t", "a", { type: native("FOO(1)"), newName: "z" }),
    table: [["a int", "z FOO(1)"]],
    rows: ints([{ "the rowid": 3, id: 3, z: null }, { "the rowid": 7, id: 7, z: 1 }]),
  },
  {
    name: "a trigger and an index that spell the table's name in another case",
    before: [
      t,
      row,
      "CREATE INDEX ix ON T (a)",
      "CREATE TRIGGER tr AFTER DELETE ON T BEGIN SELECT 1; END",
    ],
  },
  {
    name: "a rowid alias that has to be quoted",
    before: [`CREATE TABLE t ("key id" integer primary key, a int)`, "INSERT INTO t VALUES (7, 1)"],
  },
  {
    name: "a column with capitals that is dropped and added again gets its new default",
    before: [`CREATE TABLE t (id integer primary key, "A" int)`, "INSERT INTO t VALUES (7, 1)"],
    change: (op) => {
      op.dropColumn("t", "A");
      op.addColumn("t", column("A", integer(), { serverDefault: raw("1 + 1") }));
    },
    table: [[`"A" int)`, `"A" INTEGER DEFAULT (1 + 1))`]],
    rows: ints([{ "the rowid": 7, id: 7, A: 2 }]),
  },
  {
    name: "a foreign key moved to a new column whose default violates it",
    before: [
      parent,
      "CREATE TABLE t (a INTEGER REFERENCES p (id), b int)",
      "INSERT INTO t VALUES (NULL, 9)",
    ],
    change: (op) => {
      op.dropColumn("t", "a");
      op.addColumn(
        "t",
        column("c", integer(), { references: "p.id", serverDefault: raw("4 + 5") }),
      );
    },
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "a new collation of a referenced column makes a child row an orphan",
    before: [
      "CREATE TABLE t (k text collate nocase unique)",
      "CREATE TABLE ch (t_k text references t (k))",
      "INSERT INTO t VALUES ('a')",
      "INSERT INTO ch VALUES ('A')",
    ],
    change: (op) => op.alterColumn("t", "k", { collation: null }),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "a new expression of a referenced column makes a child row an orphan",
    before: [
      "CREATE TABLE t (a int, k int as (a) stored unique)",
      "CREATE TABLE ch (t_k int references t (k))",
      "INSERT INTO t (a) VALUES (1)",
      "INSERT INTO ch VALUES (1)",
    ],
    change: (op) => op.alterColumn("t", "k", { generated: { expression: "a + 1", stored: true } }),
    error: "rows would refer to rows that do not exist",
  },
  {
    name: "an UNSIGNED INTEGER key is not a rowid alias",
    before: [
      "CREATE TABLE t (id unsigned integer primary key, a int)",
      "INSERT INTO t (rowid, id, a) VALUES (9, 1, 2)",
    ],
  },
  {
    name: "a column named ROWID, in capitals",
    before: [
      `CREATE TABLE t ("ROWID" text, a int)`,
      `INSERT INTO t (_rowid_, "ROWID", a) VALUES (9, 'x', 2)`,
    ],
  },
  {
    name: "a temporary trigger with the table's name",
    before: [t, row, "CREATE TEMP TRIGGER t AFTER DELETE ON t BEGIN SELECT 1; END"],
  },
  {
    name: "a temporary table only",
    before: ["CREATE TEMP TABLE t (id integer primary key, a int)"],
    change: (op) => op.alterColumn("t", "a", { nullable: false }),
    error: 'Cannot find the table "t"',
  },
  {
    name: "WITHOUT ROWID: the key cannot become AUTOINCREMENT",
    before: ["CREATE TABLE t (id integer primary key, a int) WITHOUT ROWID"],
    change: (op) => op.alterTable("t", { autoincrement: true }),
    error: 'Cannot make "t" autoincrement: only an integer primary key can be',
  },
  {
    name: "drop column: a temporary view uses it",
    before: [t, row, "CREATE TEMP VIEW tv AS SELECT a FROM t"],
    change: (op) => op.dropColumn("t", "a"),
    error: 'the view "tv" uses it',
  },
  {
    name: "drop column: a trigger fires on updates of its namesake in another table",
    before: [
      t,
      row,
      "CREATE TABLE o (a int)",
      "CREATE TRIGGER tr AFTER UPDATE OF a ON o BEGIN SELECT 1; END",
    ],
    change: (op) => op.dropColumn("t", "a"),
    table: [[", a int", ""]],
    rows: ints([{ "the rowid": 3, id: 3 }, { "the rowid": 7, id: 7 }]),
  },
  {
    name: "a valid foreign key beside one that cannot be checked, with a table of the check's name",
    before: [
      "CREATE TABLE t (k int unique, a int)",
      "CREATE TABLE ch (t_k int references t (k), t_a int references t (a))",
      "CREATE TABLE ch2 (t_k int references t (k))",
      "CREATE TABLE _migrate_violations (x)",
      "INSERT INTO t VALUES (1, 1)",
      "INSERT INTO ch2 VALUES (1)",
    ],
    change: (op) => op.alterColumn("t", "k", { type: text() }),
    table: [["k int", "k TEXT"]],
    rows: [{ "the rowid": "number 1", k: "string 1", a: "number 1" }],
  },
  {
    name: "drop column: a trigger fires on its updates and on another column's",
    before: [t, row, "CREATE TRIGGER tr AFTER UPDATE OF id, a ON t BEGIN SELECT 1; END"],
    change: (op) => op.dropColumn("t", "a"),
    error: 'the trigger "tr" uses it',
  },
  {
    name: "drop column: a trigger uses it, and a computed column comes first",
    before: [
      "CREATE TABLE t (g int as (id), id integer primary key, a int)",
      "CREATE TABLE log (x)",
      "CREATE TRIGGER tr AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (new.a); END",
    ],
    change: (op) => op.dropColumn("t", "a"),
    error: 'the trigger "tr" uses it',
  },
  {
    name: "drop column: it has a unique constraint",
    before: [
      "CREATE TABLE t (id integer primary key, a int unique)",
      "INSERT INTO t VALUES (7, 1)",
    ],
    change: (op) => op.dropColumn("t", "a"),
    table: [[", a int unique", ""]],
    others: { "index sqlite_autoindex_t_1 on t": null },
    rows: ints([{ "the rowid": 7, id: 7 }]),
  },
  {
    name: "drop column: the table's own foreign key refers to it implicitly",
    before: ["CREATE TABLE t (id integer primary key, a int references t)"],
    change: (op) => op.dropColumn("t", "id"),
    error: 'a foreign key of "t" refers to it',
  },
  {
    name: "drop AUTOINCREMENT from a key",
    before: ["CREATE TABLE t (id integer primary key autoincrement, a int)"],
    change: (op) => op.alterTable("t", { autoincrement: null }),
    table: [[" autoincrement", ""]],
  },
  {
    name: "a composite key replaces an AUTOINCREMENT key",
    before: [
      "CREATE TABLE t (id integer primary key autoincrement, a int not null)",
    ],
    change: (op) => {
      op.dropConstraint("t", "t_pkey");
      op.addConstraint("t", primaryKey(["id", "a"], { name: "pk" }));
    },
    table: [[
      "integer primary key autoincrement, a int not null",
      "integer NOT NULL, a int not null, CONSTRAINT pk PRIMARY KEY (id, a)",
    ]],
    others: { "index sqlite_autoindex_t_1 on t": "null" },
  },
  {
    name: "WITHOUT ROWID: the key cannot be dropped",
    before: ["CREATE TABLE t (id int, a int, CONSTRAINT pk PRIMARY KEY (id)) WITHOUT ROWID"],
    change: (op) => op.dropConstraint("t", "pk"),
    error: 'Cannot drop the primary key of "t": a table WITHOUT ROWID needs it',
  },
  {
    name: "drop column: the only one",
    before: ["CREATE TABLE t (a int, CHECK (1))"],
    change: (op) => op.dropColumn("t", "a"),
    error: "a table needs at least one column",
  },
  {
    name: "a comment on a missing column",
    before: [t],
    change: (op) => {
      op.alterColumn("t", "b", { comment: "x" });
      op.alterColumn("t", "a", { nullable: false });
    },
    error: 'Cannot find the column "b"',
  },
  {
    name: "a named check on the values of an enum stays with another type",
    before: [
      "CREATE TABLE t (a text CONSTRAINT ck CHECK (a IN ('x', 'y')))",
      "INSERT INTO t VALUES ('x')",
    ],
    change: (op) => op.alterColumn("t", "a", { type: string(5) }),
    table: [["a text", "a VARCHAR(5)"]],
  },
  {
    name: "a new key on a column with a default does not become the rowid",
    before: ["CREATE TABLE t (id int default 5, a int)", "INSERT INTO t VALUES (7, 1)"],
    change: (op) => op.addConstraint("t", primaryKey(["id"], { name: "pk" })),
    table: [[
      "id int default 5, a int",
      "id int NOT NULL default 5, a int, CONSTRAINT pk PRIMARY KEY (id)",
    ]],
    others: { "index sqlite_autoindex_t_1 on t": "null" },
  },
  {
    name:
      "drop column: an index with it in its condition goes, an index that shares its name stays",
    before: [t, row, "CREATE INDEX ix ON t (id) WHERE a > 0", "CREATE INDEX a ON t (id)"],
    change: (op) => op.dropColumn("t", "a"),
    table: [[", a int", ""]],
    others: { "index ix on t": null },
    rows: ints([{ "the rowid": 3, id: 3 }, { "the rowid": 7, id: 7 }]),
  },
  {
    name: "add columns: beside a column that was just renamed, with expressions on it",
    before: ["CREATE TABLE t (a int, b int)", "INSERT INTO t VALUES (1, 2)"],
    change: (op) => {
      op.renameColumn("t", "a", "z");
      op.addColumn("t", column("x", integer(), { generated: { expression: "z + 1" } }), {
        position: { before: "z" },
      });
      op.addColumn("t", column("y", integer(), { check: "y > z" }), {
        position: { after: "z" },
      });
    },
    table: [[
      "a int, b int",
      "x INTEGER GENERATED ALWAYS AS (z + 1) STORED, z int, y INTEGER CHECK (y > z), b int",
    ]],
    rows: ints([{ "the rowid": 1, x: 2, z: 1, y: null, b: 2 }]),
  },
];
