import { expect, test } from "bun:test";
import { invert } from "../../lib/operations/invert/invert.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { integer, text } from "../../lib/schema/column_types.ts";
import { column } from "../../lib/schema/column.ts";
import { identityOf, view } from "../../lib/schema/objects.ts";
import { emptySchema, type Schema } from "../../lib/schema/schema.ts";
import { index, table } from "../../lib/schema/table.ts";

const on = { name: "users" };
const age = column("age", integer()).column;
const ix = { name: "ix", on: ["id"], unique: false } as const;
const adults = view("adults", "SELECT 1");
const enumType = { name: "mood", values: ["sad"] };

const bare: Schema = { ...emptySchema, tables: [table("users", column("id", integer()))] };
const full: Schema = {
  tables: [
    table("users", column("id", integer()), column("age", integer()), index("ix", ["id"])),
    table("others", column("age", text())),
  ],
  enums: [enumType],
  objects: [adults],
};

/** What is created with ifNotExists, and how it is dropped. */
const made: readonly (readonly [Operation, Operation])[] = [
  [
    { kind: "addColumn", table: on, column: age, constraints: [], ifNotExists: true },
    { kind: "dropColumn", table: on, column: "age", existing: age },
  ],
  [
    { kind: "createIndex", table: on, index: ix, ifNotExists: true },
    { kind: "dropIndex", table: on, index: "ix", existing: ix },
  ],
  [
    { kind: "createObject", object: adults, ifNotExists: true },
    { kind: "dropObject", object: identityOf(adults), existing: adults },
  ],
];

for (const [operation, drop] of made) {
  test(`${operation.kind} with ifNotExists is undone only if it created something`, () => {
    expect(invert(operation, bare)).toEqual([drop]);
    expect(invert(operation, full)).toEqual([]);
    expect(invert(operation)).toEqual({ reason: "whether it was there before is not known" });
  });
}

/** What is dropped with ifExists, and how it comes back. */
const dropped: readonly (readonly [Operation, Operation])[] = [
  [
    { kind: "dropTable", name: { name: "others" }, ifExists: true },
    { kind: "createTable", table: table("others", column("age", text())) },
  ],
  [
    { kind: "dropColumn", table: on, column: "age", ifExists: true },
    { kind: "addColumn", table: on, column: age, constraints: [] },
  ],
  [
    { kind: "dropIndex", table: on, index: "ix", ifExists: true },
    { kind: "createIndex", table: on, index: ix },
  ],
  [{ kind: "dropEnum", name: { name: "mood" }, ifExists: true }, {
    kind: "createEnum",
    enum: enumType,
  }],
  [{ kind: "dropObject", object: identityOf(adults), ifExists: true }, {
    kind: "createObject",
    object: adults,
  }],
];

for (const [operation, create] of dropped) {
  test(`${operation.kind} with ifExists is undone only if it dropped something`, () => {
    expect(invert(operation, full)).toEqual([create]);
    expect(invert(operation, bare)).toEqual([]);
    expect(invert(operation)).toHaveProperty("reason");
  });
}

test("an index dropped concurrently comes back concurrently", () => {
  const drop: Operation = { kind: "dropIndex", table: on, index: "ix", concurrently: true };
  expect(invert(drop, full)).toEqual([
    { kind: "createIndex", table: on, index: ix, concurrently: true },
  ]);
});

test("a primary key with its nullable columns given is undone without a schema", () => {
  const constraint = { kind: "primaryKey", name: "pk", columns: ["id", "age"] } as const;
  const operation: Operation = {
    kind: "addConstraint",
    table: on,
    constraint,
    existing: { nullable: ["age"] },
  };
  expect(invert(operation)).toEqual([
    { kind: "dropConstraint", table: on, name: "pk", existing: constraint },
    {
      kind: "alterColumn",
      table: on,
      column: "age",
      change: { nullable: true },
      existing: { nullable: false },
    },
  ]);
});

test("a constraint dropped with cascade has an inverse only if nothing can depend on it", () => {
  const operation: Operation = {
    kind: "dropConstraint",
    table: on,
    name: "pk",
    existing: { kind: "primaryKey", name: "pk", columns: ["id"] },
    cascade: true,
  };
  const back = { kind: "addConstraint", table: on, constraint: operation.existing } as Operation;
  expect(invert(operation)).toEqual({ reason: 'what CASCADE dropped with "pk" is not known' });
  expect(invert(operation, full)).toEqual([back]);
});

test("a validated constraint becomes NOT VALID again only if it was before", () => {
  const existing = { kind: "check", name: "ck", expression: { sql: "age > 0" } } as const;
  const operation: Operation = { kind: "validateConstraint", table: on, name: "ck", existing };
  expect(invert(operation)).toEqual([]);
  expect(invert({ ...operation, existing: { ...existing, notValid: true } })).toEqual([
    { kind: "dropConstraint", table: on, name: "ck" },
    { kind: "addConstraint", table: on, constraint: { ...existing, notValid: true } },
  ]);
});

test("a replaced view comes back, by a replacement if possible, and is dropped if it was new", () => {
  const other = view("adults", "SELECT 1, 2");
  const replace = (existing?: typeof adults): Operation => ({
    kind: "replaceObject",
    object: other,
    ...(existing && { existing }),
  });
  const drop: Operation = { kind: "dropObject", object: identityOf(other), existing: other };
  expect(invert(replace(adults))).toEqual([drop, { kind: "createObject", object: adults }]);
  expect(invert(replace(), full)).toEqual([drop, { kind: "createObject", object: adults }]);
  expect(invert(replace(), bare)).toEqual([drop]);
  expect(invert({ kind: "replaceObject", object: adults, existing: other })).toEqual([
    { kind: "replaceObject", object: other, existing: adults },
  ]);
});
