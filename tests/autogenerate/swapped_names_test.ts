import { expect, setDefaultTimeout, test } from "bun:test";
import type { Rename } from "../../lib/autogenerate/renames/rename.ts";
import { withSequencesOf } from "../../lib/autogenerate/sequence_names.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Schema, Table } from "../../lib/schema/schema.ts";
import {
  column,
  foreignKey,
  index,
  integer,
  primaryKey,
  table,
  text,
  unique,
  view,
} from "../../mod.ts";
import { make, onEachGround, perform } from "../laws/ground.ts";
import { inOrder } from "../laws/in_order.ts";
import { diffRenamed } from "./diff_renamed.ts";

setDefaultTimeout(120_000);

interface Case {
  readonly before: readonly Table[];
  readonly after: readonly Table[];
  readonly renames: readonly Rename[];
  /** The query that finds a row before, and the one that finds the same row afterwards. */
  readonly rows: readonly [before: string, after: string];
}

/** Two tables, one of which refers to the other, with named keys and indexes. */
function two(one: string, other: string): readonly Table[] {
  return [
    table(
      one,
      column("id", integer()),
      column("x", text()),
      primaryKey(["id"], { name: `${one}_pkey` }),
      index(`ix_${one}`, ["x"]),
    ),
    table(
      other,
      column("id", integer()),
      column("y", integer()),
      primaryKey(["id"], { name: `${other}_pkey` }),
      foreignKey(["y"], `${one}.id`, { name: `${other}_y_fkey` }),
      index(`ix_${other}`, ["y"]),
    ),
  ];
}

function three(first: string, second: string, third: string): Table {
  return table(
    "t",
    column(first, integer()),
    column(second, text()),
    column(third, text()),
    unique([first, third], { name: "uq" }),
    index("ix", [second]),
  );
}

const inT = { kind: "column", table: { name: "t" } } as const;

const cases: Readonly<Record<string, Case>> = {
  "columns in a chain": {
    before: [three("a", "b", "c")],
    after: [three("b", "c", "d")],
    renames: [
      { ...inT, from: "a", to: "b" },
      { ...inT, from: "b", to: "c" },
      { ...inT, from: "c", to: "d" },
    ],
    rows: ["SELECT a AS x, b AS y, c AS z FROM t", "SELECT b AS x, c AS y, d AS z FROM t"],
  },
  "columns in a circle": {
    before: [three("a", "b", "c")],
    after: [three("b", "c", "a")],
    renames: [
      { ...inT, from: "a", to: "b" },
      { ...inT, from: "b", to: "c" },
      { ...inT, from: "c", to: "a" },
    ],
    rows: ["SELECT a AS x, b AS y, c AS z FROM t", "SELECT b AS x, c AS y, a AS z FROM t"],
  },
  "tables in a chain": {
    before: two("a", "b"),
    after: two("b", "c"),
    renames: [{ kind: "table", from: "a", to: "b" }, { kind: "table", from: "b", to: "c" }],
    rows: ["SELECT x, y FROM a JOIN b ON a.id = y", "SELECT x, y FROM b JOIN c ON b.id = y"],
  },
  "swapped tables": {
    before: two("a", "b"),
    after: two("b", "a"),
    renames: [{ kind: "table", from: "a", to: "b" }, { kind: "table", from: "b", to: "a" }],
    rows: ["SELECT x, y FROM a JOIN b ON a.id = y", "SELECT x, y FROM b JOIN a ON b.id = y"],
  },
};

onEachGround((_, current) => {
  for (const [name, { before, after, renames, rows }] of Object.entries(cases)) {
    test(`${name} are renamed with their rows kept, and the inverse renames them back`, async () => {
      const ground = current();
      const { dialect, connection } = ground;
      const read = async () => dialect.normalize(await ground.read());
      const options = { rebuildsTables: dialect.name === "sqlite" };
      const nothing = { enums: [], objects: [] };
      const b = dialect.normalize(await make(ground, { ...nothing, tables: after }));
      const a = dialect.normalize(await make(ground, { ...nothing, tables: before }));
      for (const { name, columns } of before) {
        const values = columns.map((it) => it.type.kind === "integer" ? "1" : `'${it.name}'`);
        await connection.query({ sql: `INSERT INTO ${name} VALUES (${values.join(", ")})` });
      }
      const found = await connection.query({ sql: rows[0] });
      const operations = diffRenamed(a, b, renames, options);
      await perform(ground, operations);
      // The sequences of renamed tables keep their names.
      expect(inOrder(withSequencesOf(await read(), b))).toEqual(inOrder(b));
      expect(await connection.query({ sql: rows[1] })).toEqual(found);
      const inverse = invertAll(operations.map((operation) => ({ operation })), a);
      if ("reason" in inverse) throw new Error(inverse.reason);
      await perform(ground, inverse.map((it) => it.operation));
      expect(inOrder(await read())).toEqual(inOrder(a));
      expect(await connection.query({ sql: rows[0] })).toEqual(found);
    });
  }
});

test("a view that selects another column after the renames is dropped and created again", () => {
  const [before, after] = [["a", "b"], ["b", "c"]].map(([one = "", other = ""], at): Schema => ({
    tables: [table("t", column(one, text()), column(other, text()))],
    enums: [],
    // It selected the first, and selects the second.
    objects: [view("v", `SELECT ${at === 0 ? one : other} AS shown FROM t`)],
  }));
  const renames = [{ ...inT, from: "a", to: "b" }, { ...inT, from: "b", to: "c" }];
  const operations = before && after ? diffRenamed(before, after, renames) : [];
  expect(operations.slice(2).map((it) => it.kind)).toEqual(["dropObject", "createObject"]);
});
