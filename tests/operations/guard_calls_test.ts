import { expect, test } from "bun:test";
import { collect } from "../../lib/operations/record/record.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { column } from "../../lib/schema/column.ts";
import { integer, json, numeric, text, time, timestamp } from "../../lib/schema/column_types.ts";
import { raw } from "../../lib/schema/expressions.ts";
import {
  compositeType,
  domain,
  grant,
  objectKinds,
  ownedSequence,
  policy,
  procedure,
  view,
} from "../../lib/schema/objects.ts";
import { check, exclude, foreignKey, index, options, unique } from "../../lib/schema/table.ts";
import { sql } from "../../lib/sql/template.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

/** For what JavaScript allows and TypeScript would not compile. */
function anything(value: unknown): never {
  return value as never;
}

function mistake(call: (op: Operations) => void) {
  const context = { dialect: "postgres", x: {}, tag: undefined, file: import.meta.path } as const;
  return toolErrorOf(() => collect(call, context));
}

const misspelt: readonly [call: (op: Operations) => void, message: string, hint: string][] = [
  [
    (op) => op.addColumn("t", column("a", integer(), anything({ nulable: false }))),
    'Cannot read the options of the column "a": "nulable" is not one of them',
    'Did you mean "nullable"?',
  ],
  [
    (op) => op.alterColumn("t", "a", anything({ nullable: true, server_default: "1" })),
    'Cannot read the options of op.alterColumn: "server_default" is not one of them',
    'Did you mean "serverDefault"?',
  ],
  [
    (op) => op.batchAlterTable("t", (it) => it.alterColumn("a", anything({ type_: integer() }))),
    'Cannot read the options of op.alterColumn: "type_" is not one of them',
    'Did you mean "type"?',
  ],
  [
    (op) => op.dropTable("t", anything({ if_exists: true })),
    'Cannot read the options of op.dropTable: "if_exists" is not one of them',
    'Did you mean "ifExists"?',
  ],
  [
    (op) => op.dropTable("t", anything("cascade")),
    "Cannot read the options of op.dropTable: they are not an object",
    "They are ifExists, cascade",
  ],
  [
    (op) => op.createIndex("ix", "t", ["a"], anything({ postgresql_where: "a > 1" })),
    'Cannot read the options of the index "ix": "postgresql_where" is not one of them',
    "They are unique, where, using, include, nullsNotDistinct, with, tablespace",
  ],
  [
    (op) => op.addConstraint("t", foreignKey(["a"], "u.id", anything({ ondelete: "cascade" }))),
    'Cannot read the options of the foreign key: "ondelete" is not one of them',
    'Did you mean "onDelete"?',
  ],
  [
    (op) => op.createCheckConstraint("ck", "t", "a > 1", anything({ not_valid: true })),
    'Cannot read the options of the check: "not_valid" is not one of them',
    'Did you mean "notValid"?',
  ],
  [
    (op) => op.createTable("t", column("a", integer()), options(anything({ strickt: true }))),
    'Cannot read the options of the table: "strickt" is not one of them',
    'Did you mean "strict"?',
  ],
  [
    (op) => op.createSequence("s", anything({ startWith: 3 })),
    'Cannot read the options of the sequence: "startWith" is not one of them',
    "They are start, increment, minValue, maxValue, cache, cycle",
  ],
  [
    (op) => anything(Reflect.get(op, "add_column")),
    'Cannot find "add_column" in op',
    "Write op.addColumn",
  ],
  [
    (op) => op.batchAlterTable("t", (batch) => anything(Reflect.get(batch, "drop_column"))),
    'Cannot find "drop_column" in batch',
    "Write batch.dropColumn",
  ],
  [
    (op) => anything(Reflect.get(op, "getBind")),
    'Cannot find "getBind" in op',
    "See docs/operations.md for the operations; editors know them from migrate.d.ts",
  ],
];

for (const [call, message, hint] of misspelt) {
  test(`an unknown option or method throws, with its line: ${message}`, async () => {
    const error = await mistake(call);
    expect(error.code).toBe("operation/invalid");
    expect(error.message).toBe(message);
    expect(error.facts.hint).toBe(hint);
    expect(error.facts.file).toBe(import.meta.path);
    expect(error.facts.line).toBeGreaterThan(15);
  });
}

/** Wrong arguments of columns, index elements and the like, each with the error. */
const wrong: readonly [call: (op: Operations) => unknown, message: string][] = [
  ...([["strict"], ["withoutRowid"], ["autoincrement"], ["unlogged"]] as const).map((
    [option],
  ): (typeof wrong)[number] => [
    (op) => op.alterTable("t", anything({ [option]: false })),
    `Cannot read the options of op.alterTable: ${option} is neither true nor null`,
  ]),
  [
    () => index("ix", [{ on: "a", order: anything("asc") }]),
    'Cannot read the options of an element of the index "ix": order is not "desc"',
  ],
  [
    () => index("ix", [{ on: "a", ...{ ordr: "desc" } }]),
    'Cannot read the options of an element of the index "ix": "ordr" is not one of them',
  ],
  [
    () => index("ix", ["a"], { include: anything("b") }),
    'Cannot read the options of the index "ix": include is not a list of names',
  ],
  [
    (op) => op.createIndex("ix", "t", [anything({ order: "desc" })]),
    'Cannot create the index: an element of the index "ix" names no column',
  ],
  [
    () => timestamp(anything({ tz: true })),
    'Cannot read the options of the timestamp: "tz" is not one of them',
  ],
  [
    () => timestamp(anything(true)),
    "Cannot read the options of the timestamp: they are not an object",
  ],
  [
    () => time({ timezone: anything("no") }),
    "Cannot read the options of the time: timezone is neither true nor false",
  ],
  [
    () => json(anything({ b: true })),
    'Cannot read the options of the json: "b" is not one of them',
  ],
  [
    (op) => op.addColumn("t", column("a", numeric(undefined, 2))),
    'Cannot add the column "a": it has a scale but no precision',
  ],
  [
    () => column("a", integer(), { primaryKey: anything("pk_t") }),
    'Cannot read the options of the column "a": primaryKey is neither true nor false',
  ],
  [
    () => column("a", integer(), { unique: "" }),
    "Cannot read the name of a constraint: it is not text",
  ],
  [
    () => column("a", integer(), { sequence: anything({ begin: 5 }) }),
    'Cannot read the options of the sequence of "a": "begin" is not one of them',
  ],
  [
    () => column("a", integer(), { sequence: { start: 0.5 } }),
    'Cannot read the options of the sequence of "a": start is not a whole number; large ones are written 1n',
  ],
  [
    () => column("a", text(), { generated: anything("b || c") }),
    'Cannot read the options of what "a" is computed from: they are not an object',
  ],
  [
    (op) => op.alterColumn("t", "a", { generated: { ...{ virtual: true }, expression: "b" } }),
    'Cannot read the options of what the column is computed from: "virtual" is not one of them',
  ],
  [
    (op) => op.alterColumn("t", "a", { identity: anything({ generation: "always", begin: 1 }) }),
    'Cannot read the options of the identity: "begin" is not one of them',
  ],
  [
    () => column("a", integer(), { serverDefault: NaN }),
    "Cannot read a serverDefault: it is NaN",
  ],
  [
    (op) => op.addColumn("t", column("a", integer(), { references: anything({ table: "u" }) })),
    'Cannot add the column "a": the columns that the foreign key refers to are not a list of names',
  ],
  [
    () => foreignKey(["a"], "u.id", { deferrable: anything(true) }),
    "Cannot read the options of the foreign key: deferrable is not one of immediate, deferred",
  ],
  [
    () => unique(["a"], { name: anything(5) }),
    "Cannot read the name of a constraint: it is not text",
  ],
  [
    (op) => op.addConstraint("t", anything(undefined)),
    'Cannot add a constraint to "t": something in it is not a column, constraint, index or comment',
  ],
  [
    () => exclude(anything("a")),
    "Cannot make an exclusion constraint: its elements are not a list",
  ],
  [
    (op) => op.addConstraint("t", exclude([anything({ on: "a" })])),
    'Cannot add a constraint to "t": an element of an exclusion constraint has no column or no operator',
  ],
  [
    () => options({ inherits: anything("u") }),
    "Cannot read the options of the table: inherits is not a list of names: { name }",
  ],
  [
    () => options({ partitionOf: anything({ table: "u", bounds: "DEFAULT" }) }),
    "Cannot read the options of the table: partitionOf is not as { table: { name }, bounds: raw(…) }",
  ],
  [
    () => options({ rowSecurity: anything(true) }),
    "Cannot read the options of the table: rowSecurity is not one of enabled, forced",
  ],
  [
    () => policy("p", "t", { to: anything("app") }),
    'Cannot read the options of the policy "p": to is not a list of names',
  ],
  [() => view("v", anything(5)), "Cannot read an expression: it is not text"],
  [
    (op) => op.createObject(anything({ kind: "table", name: "t", definition: raw("…") })),
    `Cannot create "t": its kind is not one of ${objectKinds.join(", ")}`,
  ],
  [
    (op) => op.dropObject(anything({ kind: "View", name: "v" })),
    `Cannot drop "v": its kind is not one of ${objectKinds.join(", ")}`,
  ],
  [() => domain("d", anything(undefined)), "Cannot read the domain: its definition is not text"],
  [
    () => compositeType("c", anything({ x: "integer" })),
    "Cannot read the composite type: its list of fields is not text",
  ],
  [
    () => procedure(anything(undefined), "…"),
    "Cannot read the procedure: its signature is not text",
  ],
  [
    () => grant(anything(["SELECT"]), "t", "app"),
    "Cannot read the grant: its list of privileges is not text",
  ],
  [
    () => ownedSequence("s", "t", anything(["a"])),
    "Cannot read the owned sequence: its column is not text",
  ],
  [() => grant("SELECT", "TABLE t", ""), "Cannot read the grant: its role is not text"],
  ...[5, null, "u"].map((references): (typeof wrong)[number] => [
    () => foreignKey(["a"], anything(references)),
    `Cannot read the reference "${references}": it names no table`,
  ]),
  [
    () => check(sql`a > ${5}`),
    "Cannot read an expression: it has parameters, which a definition cannot keep",
  ],
  [
    (op) => op.batchAlterTable("t", anything(undefined)),
    "Cannot run op.batchAlterTable: it has no function",
  ],
];

for (const [call, message] of wrong) {
  test(`a wrong value throws, with its line: ${message}`, async () => {
    const error = await mistake((op) => void call(op));
    expect(error.code).toBe("operation/invalid");
    expect(error.message).toBe(message);
    expect(error.facts.file).toBe(import.meta.path);
    expect(error.facts.line).toBeGreaterThan(15);
  });
}

/** Calls with arguments that JavaScript would ignore, each with the error and its hint. */
const surplus: readonly [call: (op: Operations) => unknown, message: string, hint: string][] = [
  [
    (op) => op.createIndex("ix", "t", ["a"], anything(true)),
    "Cannot read the options of op.createIndex: they are not an object",
    "Write op.createIndex(name, table, columns, { … })",
  ],
  [
    (op) => op.batchAlterTable("t", (it) => it.dropIndex("ix", anything(true))),
    "Cannot read the options of batch.dropIndex: they are not an object",
    "Write batch.dropIndex(name, { … })",
  ],
  [
    (op) => op.createSequence("s", anything(null)),
    "Cannot read the options of op.createSequence: they are not an object",
    "Write op.createSequence(name, { … })",
  ],
  [
    (op) => Reflect.apply(op.execute, op, ["UPDATE t SET a = $1", ["x"]]),
    "Cannot call op.execute with 2: it takes 1 argument",
    "Put values into the statement: op.execute(sql`… ${value}`)",
  ],
  [
    (op) => Reflect.apply(op.renameTable, op, ["t", "u", "v"]),
    "Cannot call op.renameTable with 3: it takes 2 arguments",
    "Write op.renameTable(name, to)",
  ],
  [
    (op) => Reflect.apply(op.commentTable, op, ["t", "a", "b"]),
    "Cannot call op.commentTable with 3: it takes 2 arguments",
    "Write op.commentTable(table, comment)",
  ],
  [
    (op) => Reflect.apply(op.bulkInsert, op, ["t", [], { a: 1 }]),
    "Cannot call op.bulkInsert with 3: it takes 2 arguments",
    "Write op.bulkInsert(table, rows)",
  ],
  [
    (op) => op.batchAlterTable("t", (it) => Reflect.apply(it.renameIndex, it, ["a", "b", "c"])),
    "Cannot call batch.renameIndex with 3: it takes 2 arguments",
    "Write batch.renameIndex(name, to)",
  ],
];

for (const [call, message, hint] of surplus) {
  test(`what would be ignored throws, with its line: ${message}`, async () => {
    const error = await mistake((op) => void call(op));
    expect([error.code, error.message, error.facts.hint]).toEqual([
      "operation/invalid",
      message,
      hint,
    ]);
    expect(error.facts.file).toBe(import.meta.path);
    expect(error.facts.line).toBeGreaterThan(15);
  });
}

test("an argument may be undefined, even one too many", async () => {
  const context = { dialect: "postgres", x: {}, tag: undefined } as const;
  const recorded = await collect((op) => {
    Reflect.apply(op.renameTable, op, ["t", "u", undefined]);
    op.createIndex("ix", "t", ["a"], anything(undefined));
  }, context);
  expect(recorded.length).toBe(2);
});

test("the short and the long forms of arguments are accepted", async () => {
  const context = { dialect: "postgres", x: {}, tag: undefined } as const;
  await collect((op) => {
    op.createTable(
      "t",
      column("a", integer(), { sequence: { start: 2n ** 62n, cycle: false } }),
      options({ strict: anything(false), inherits: [{ name: "u" }] }),
      index("ix", ["a", raw("lower(b)"), { on: raw("b"), order: "desc", nulls: "last" }]),
      foreignKey(["a"], "u.a", { deferrable: anything("DEFERRED"), onDelete: anything("CASCADE") }),
    );
    op.createPolicy("p", "t");
    op.alterTable("t", { unlogged: null, tablespace: null });
    op.alterColumn("t", "a", { comment: null, collation: null, generated: null, identity: null });
  }, context);
});

test("an async function may return op, and options may be undefined", async () => {
  const context = { dialect: "postgres", x: {}, tag: undefined } as const;
  const recorded = await collect(
    async (op) => {
      op.addColumn("t", column("a", integer(), anything({ comment: undefined })));
      op.addConstraint("t", check("a > 1", anything({ name: undefined })));
      return anything(op);
    },
    context,
  );
  expect(recorded.map((it) => it.operation.kind)).toEqual(["addColumn", "addConstraint"]);
});
