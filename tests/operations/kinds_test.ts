import { expect, test } from "bun:test";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Operation, Recorded } from "../../lib/operations/operation.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { collect } from "../../lib/operations/record/record.ts";
import { column } from "../../lib/schema/column.ts";
import { enumeration, integer, text } from "../../lib/schema/column_types.ts";
import { find } from "../../lib/schema/lookup.ts";
import { sequence, view } from "../../lib/schema/objects.ts";
import { emptySchema, type Schema } from "../../lib/schema/schema.ts";
import { check, options, table, unique } from "../../lib/schema/table.ts";

const mood = enumeration("mood", ["sad", "ok"]);
const before: Schema = {
  tables: [
    table(
      "users",
      column("id", integer(), { primaryKey: true, identity: "byDefault" }),
      column("email", text(), { index: "ix_email" }),
      column("mood", mood),
      unique(["email"], { name: "uq_email" }),
      check("id > 0", { name: "ck_id", notValid: true }),
    ),
    table("events", column("at", integer()), options({ partitionBy: { sql: "RANGE (at)" } })),
    table("events_1", column("at", integer())),
  ],
  enums: [{ name: "mood", values: ["sad", "ok"] }],
  objects: [view("adults", "SELECT 1 AS x")],
};

interface Case {
  readonly call: (op: Operations) => void;
  /** Picks what it changes, and how that looks afterwards. */
  readonly see: (schema: Schema) => unknown;
  readonly after: unknown;
}

const users = (schema: Schema) => find(schema, { name: "users" });
const columnNames = (schema: Schema) => users(schema)?.columns.map((it) => it.name);
const constraintNames = (schema: Schema) => users(schema)?.constraints.map((it) => it.name);
const values = (schema: Schema) =>
  [schema.enums, users(schema)?.columns[2]?.type].flat().map((it) =>
    it && "values" in it ? it.values : undefined
  );
const objectNames = (schema: Schema) => schema.objects.map((it) => `${it.kind} ${it.name}`);

const cases = {
  createTable: {
    call: (op) => op.createTable("a", column("x", text()), options({ strict: true })),
    see: (it) => find(it, { name: "a" })?.options,
    after: { strict: true },
  },
  dropTable: {
    call: (op) => op.dropTable("users", { cascade: true }),
    see: (it) => it.tables.map(({ name }) => name),
    after: ["events", "events_1"],
  },
  renameTable: {
    call: (op) => op.renameTable("users", "people"),
    see: (it) => it.tables.map(({ name }) => name),
    after: ["people", "events", "events_1"],
  },
  addColumn: {
    call: (op) => op.addColumn("users", column("age", integer()), { position: { after: "id" } }),
    see: columnNames,
    after: ["id", "age", "email", "mood"],
  },
  dropColumn: {
    call: (op) => op.dropColumn("users", "mood", { ifExists: true }),
    see: columnNames,
    after: ["id", "email"],
  },
  renameColumn: {
    call: (op) => op.renameColumn("users", "email", "mail"),
    see: columnNames,
    after: ["id", "mail", "mood"],
  },
  alterColumn: {
    call: (op) =>
      op.alterColumn("users", "id", { identity: "always", collation: "C", newName: "key" }),
    see: (it) => users(it)?.columns[0],
    after: {
      name: "key",
      type: integer(),
      nullable: false,
      identity: "always",
      sequenceName: "users_id_seq",
      collation: "C",
    },
  },
  addConstraint: {
    call: (op) => op.createForeignKey("fk", "users", "events", ["id"], ["at"], { match: "full" }),
    see: (it) => users(it)?.constraints.at(-1),
    after: {
      kind: "foreignKey",
      name: "fk",
      columns: ["id"],
      references: { name: "events", columns: ["at"] },
      match: "full",
    },
  },
  dropConstraint: {
    call: (op) => op.dropConstraint("users", "uq_email"),
    see: constraintNames,
    after: [undefined, "ck_id"],
  },
  renameConstraint: {
    call: (op) => op.renameConstraint("users", "uq_email", "uq_mail"),
    see: constraintNames,
    after: [undefined, "uq_mail", "ck_id"],
  },
  validateConstraint: {
    call: (op) => op.validateConstraint("users", "ck_id"),
    see: (it) => users(it)?.constraints.at(-1),
    after: { kind: "check", name: "ck_id", expression: { sql: "id > 0" } },
  },
  alterTable: {
    call: (op) => op.alterTable("events_1", { unlogged: true, with: { fillfactor: "70" } }),
    see: (it) => find(it, { name: "events_1" })?.options,
    after: { unlogged: true, with: { fillfactor: "70" } },
  },
  commentTable: {
    call: (op) => op.commentTable("users", "people"),
    see: (it) => users(it)?.comment,
    after: "people",
  },
  secureRows: {
    call: (op) => op.enableRowSecurity("users", { force: true }),
    see: (it) => users(it)?.rowSecurity,
    after: "forced",
  },
  attachPartition: {
    call: (op) => op.attachPartition("events", "events_1", "DEFAULT"),
    see: (it) => find(it, { name: "events_1" })?.options?.partitionOf,
    after: { table: { name: "events" }, bounds: { sql: "DEFAULT" } },
  },
  detachPartition: {
    call: (op) => {
      op.createTable(
        "part",
        options({ partitionOf: { table: { name: "events" }, bounds: { sql: "DEFAULT" } } }),
      );
      op.detachPartition("events", "part", { concurrently: true });
    },
    see: (it) => find(it, { name: "part" }),
    after: table("part", column("at", integer())),
  },
  createIndex: {
    call: (op) =>
      op.createIndex("ix", "users", [{ on: "id", order: "desc" }], { include: ["mood"] }),
    see: (it) => users(it)?.indexes.at(-1),
    after: { name: "ix", on: [{ on: "id", order: "desc" }], unique: false, include: ["mood"] },
  },
  dropIndex: {
    call: (op) => op.dropIndex("ix_email", { table: "users" }),
    see: (it) => users(it)?.indexes,
    after: [],
  },
  renameIndex: {
    call: (op) => op.renameIndex("ix_email", "ix_mail", { table: "users" }),
    see: (it) => users(it)?.indexes.map(({ name }) => name),
    after: ["ix_mail"],
  },
  createEnum: {
    call: (op) => op.createEnum("app.size", ["s", "m"]),
    see: (it) => it.enums.at(-1),
    after: { schema: "app", name: "size", values: ["s", "m"] },
  },
  dropEnum: { call: (op) => op.dropEnum("mood"), see: (it) => it.enums, after: [] },
  addEnumValue: {
    call: (op) => op.addEnumValue("mood", "happy", { before: "ok" }),
    see: values,
    after: [["sad", "happy", "ok"], ["sad", "happy", "ok"]],
  },
  renameEnumValue: {
    call: (op) => op.renameEnumValue("mood", "ok", "fine"),
    see: values,
    after: [["sad", "fine"], ["sad", "fine"]],
  },
  changeEnum: {
    call: (op) => op.changeEnum("mood", ["ok", "glad"]),
    see: values,
    after: [["ok", "glad"], ["ok", "glad"]],
  },
  createObject: {
    call: (op) => {
      op.createSequence("counter", { start: 5, cycle: true });
      op.createTrigger("audit", "users", "CREATE TRIGGER audit AFTER INSERT ON users …");
      op.grant("SELECT", "TABLE users", "app");
    },
    see: (it) => it.objects.slice(1).map(({ definition }) => definition.sql),
    after: [
      "CREATE SEQUENCE counter START WITH 5 CYCLE",
      "CREATE TRIGGER audit AFTER INSERT ON users …",
      "GRANT SELECT ON TABLE users TO app",
    ],
  },
  dropObject: { call: (op) => op.dropView("adults"), see: objectNames, after: [] },
  replaceObject: {
    call: (op) => op.createView("adults", "SELECT 2 AS x", { replace: true }),
    see: (it) => it.objects.map(({ definition }) => definition.sql),
    after: ["CREATE VIEW adults AS SELECT 2 AS x"],
  },
  autocommit: {
    call: (op) => op.autocommitBlock(() => op.createIndex("ix", "users", ["id"])),
    see: (it) => users(it)?.indexes.map(({ name }) => name),
    after: ["ix_email", "ix"],
  },
} satisfies Record<Exclude<Operation["kind"], "bulkInsert" | "execute" | "run">, Case>;

for (const [kind, { call, see, after }] of Object.entries<Case>(cases)) {
  test(`${kind} is applied and undone`, async () => {
    const recorded = await record(call);
    expect(recorded.map((it) => it.operation.kind as string)).toContain(kind);
    const changed = applyAll(recorded, before);
    expect(see(changed)).toEqual(after);
    const inverse = invertAll(recorded, before);
    if ("reason" in inverse) throw new Error(inverse.reason);
    expect(sorted(applyAll(inverse, changed))).toEqual(sorted(before));
  });
}

const irreversible: readonly [call: (op: Operations) => void, reason: string][] = [
  [(op) => op.addConstraint("users", check("id > 1")), "the constraint has no name to drop it by"],
  [
    (op) => op.dropConstraint("users", "uq"),
    "the definition of the dropped constraint is not known",
  ],
  [(op) => op.addEnumValue("mood", "x"), "the values that the enum type had before are not known"],
  [
    (op) => op.changeEnum("mood", ["ok"], { replaced: { sad: "ok" } }),
    "which rows had the replaced values is not known",
  ],
  [(op) => op.dropEnum("mood"), "the definition of the dropped enum type is not known"],
  [
    (op) => op.createObject(sequence("s"), { replace: true }),
    "the definition of the replaced sequence is not known",
  ],
  [
    (op) => op.dropMaterializedView("m"),
    "the definition of the dropped materialized view is not known",
  ],
  [
    (op) => op.detachPartition("events", "events_1"),
    "the bounds of the partition are not known",
  ],
  [(op) => op.commentTable("users", "x"), "the table's previous comment is not known"],
];

for (const [call, reason] of irreversible) {
  test(`without a schema there is no inverse: ${reason}`, async () => {
    expect(invertAll(await record(call))).toMatchObject({ reason });
  });
}

test("a drop with ifExists of something missing needs no inverse", async () => {
  const recorded = await record((op) => {
    op.dropView("none", { ifExists: true });
    op.dropEnum("none", { ifExists: true });
    op.dropConstraint("users", "none", { ifExists: true });
  });
  expect(invertAll(recorded, before)).toEqual([]);
});

test("the empty schema stays empty if nothing is applied", () => {
  expect(applyAll([], emptySchema)).toEqual({ tables: [], enums: [], objects: [] });
});

function record(call: (op: Operations) => void): Promise<readonly Recorded[]> {
  return collect(call, { dialect: "postgres", x: {}, tag: undefined });
}

function applyAll(recorded: readonly Recorded[], schema: Schema): Schema {
  return recorded.reduce((sofar, it) => apply(it.operation, sofar), schema);
}

/** Sorts what a database keeps in no order. */
function sorted(schema: Schema): unknown {
  const byName = <Item extends { readonly name?: string }>(items: readonly Item[]) =>
    items.toSorted((a, b) => (a.name ?? "") < (b.name ?? "") ? -1 : 1);
  return {
    tables: byName(schema.tables.map((it) => ({
      ...it,
      columns: byName(it.columns),
      constraints: byName(it.constraints),
      indexes: byName(it.indexes),
    }))),
    enums: byName(schema.enums),
    objects: byName(schema.objects),
  };
}
