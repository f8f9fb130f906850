import { expect, test } from "bun:test";
import { collect } from "../../lib/operations/record/record.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { column } from "../../lib/schema/column.ts";
import { array, enumeration, integer, string } from "../../lib/schema/column_types.ts";
import { now } from "../../lib/schema/expressions.ts";
import { check, foreignKey, index, primaryKey, unique } from "../../lib/schema/table.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

/** For what JavaScript allows and TypeScript would not compile. */
function anything(value: unknown): never {
  return value as never;
}

const id = column("id", integer());

const mistakes: readonly [call: (op: Operations) => void, message: string][] = [
  [(op) => op.createTable("t"), 'Cannot create the table "t": it has no columns'],
  [
    (op) => op.createTable("t", id, id),
    'Cannot create the table "t": it has the column "id" twice',
  ],
  [
    (op) => op.createTable("t", column("", integer())),
    'Cannot create the table "t": one of its columns has no name',
  ],
  [
    (op) => op.createTable("t", column("id", integer(), { primaryKey: true }), primaryKey(["id"])),
    'Cannot create the table "t": it has two primary keys: mark each column of the key, or use primaryKey([…]), but not both',
  ],
  [
    (op) => op.createTable("app.t", id, unique(["mail"])),
    'Cannot create the table "app.t": the unique constraint names the column "mail", which it does not have',
  ],
  [
    (op) => op.createTable("t", id, unique([])),
    'Cannot create the table "t": the unique constraint has no columns',
  ],
  [
    (op) => op.createTable("t", id, foreignKey(["id"], ["u.a", "u.b"])),
    'Cannot create the table "t": a foreign key has 1 columns here and 2 there',
  ],
  [
    (op) => op.createTable("t", id, check("")),
    'Cannot create the table "t": a check has no condition',
  ],
  [
    (op) => op.createTable("t", id, index("ix", ["mail"])),
    'Cannot create the table "t": the index "ix" names the column "mail", which it does not have',
  ],
  ...[undefined, [id], anything, integer()].map((part): (typeof mistakes)[number] => [
    (op) => op.createTable("t", id, anything(part)),
    'Cannot create the table "t": something in it is not a column, constraint, index or comment',
  ]),
  [
    (op) => op.createTable("t", column("a", anything(integer))),
    'Cannot create the table "t": in the column "a", its type is a function: call it, as in integer()',
  ],
  ...([
    ["alterColumn", (op) => op.alterColumn("t", "id", anything(undefined))],
    ["execute", (op) => op.execute(anything(null))],
  ] satisfies [string, (op: Operations) => void][]).map((
    [method, call],
  ): (typeof mistakes)[number] => [
    call,
    `Cannot read the arguments of ${method}: one is missing or has the wrong type`,
  ]),
  [
    (op) => op.createTable("t", id, foreignKey(anything("id"), "users.id")),
    'Cannot create the table "t": the columns of the foreign key are not a list',
  ],
  [
    (op) =>
      op.createTable("t", id, foreignKey(["id"], "users.id", { onDelete: anything("casade") })),
    'Cannot create the table "t": "casade" is not an action of a foreign key',
  ],
  [
    (op) => op.dropTable("a.b.c"),
    'Cannot read the name "a.b.c": it has several dots',
  ],
  [(op) => op.dropTable(anything(null)), "Cannot read a name: null is not one"],
  [
    (op) => op.addColumn("t", column("a", anything(undefined))),
    'Cannot add the column "a": it has no type',
  ],
  [
    (op) => op.addColumn("t", column("a", anything("int"))),
    'Cannot add the column "a": its type is a string: call a type, or write native("int")',
  ],
  [
    (op) => op.addColumn("t", column("a", anything({ kind: "money" }))),
    'Cannot add the column "a": its type is not a type: call one, such as integer()',
  ],
  [
    (op) => op.addColumn("t", column("a", array(string(-1)))),
    'Cannot add the column "a": its length is -1',
  ],
  [
    (op) => op.addColumn("t", column("a", enumeration("mood", anything(undefined)))),
    'Cannot add the column "a": its values are not a list of strings',
  ],
  [
    (op) => op.addColumn("t", column("a", integer(), { nullable: anything("no") })),
    'Cannot add the column "a": nullable is neither true nor false',
  ],
  [
    (op) => op.alterColumn("t", "a", { nullable: anything("false") }),
    'Cannot alter the column "a": nullable is neither true nor false',
  ],
  [
    (op) => op.createTable("t", column("a", integer(), { identity: anything("ALWAYS") })),
    'Cannot create the table "t": in the column "a", its identity is not one of always, byDefault, serial, none',
  ],
  [
    (op) => op.alterColumn("t", "a", { identity: anything("ALWAYS") }),
    'Cannot alter the column "a": its identity is not one of always, byDefault, serial, none',
  ],
  [
    (op) => op.addColumn("t", column("a", integer(), { serverDefault: anything(now) })),
    "Cannot read a serverDefault: it is a function",
  ],
  [
    (op) => op.addColumn("t", column("a", integer(), { serverDefault: anything(new Date()) })),
    "Cannot read a serverDefault: it is an object that is not an expression",
  ],
  [
    (op) => op.alterColumn("t", "a", { type: anything("int") }),
    'Cannot alter the column "a": its type is a string: call a type, or write native("int")',
  ],
  [
    (op) => op.createIndex("ix", "t", anything("a")),
    'Cannot create the index: the columns of the index "ix" are not a list',
  ],
  [
    (op) => op.bulkInsert("t", anything([[1, 2]])),
    'Cannot insert into "t": the rows are not a list of objects',
  ],
  [(op) => op.dropTable(""), "Cannot record dropTable: a name is missing"],
  [
    (op) => op.renameTable("t", anything(undefined)),
    "Cannot read a name: undefined is not one",
  ],
  [(op) => op.addColumn("t", anything("age")), 'Cannot add to "t" what is not a column'],
  [(op) => op.dropColumn("t", ""), "Cannot record dropColumn: a name is missing"],
  [(op) => op.renameColumn("t", "a", ""), "Cannot record renameColumn: a name is missing"],
  [
    (op) => op.alterColumn("t", "a", { existingNullable: true }),
    'Cannot alter the column "a": no change is given',
  ],
  [(op) => op.createIndex("ix", "t", []), 'Cannot create the index: the index "ix" has no columns'],
  [
    (op) => op.dropIndex("ix", anything(undefined)),
    'Cannot find the index "ix": its table is not given',
  ],
  [
    (op) => op.bulkInsert("t", anything({ id: 1 })),
    'Cannot insert into "t": the rows are not a list of objects',
  ],
  [
    (op) => op.execute({ sql: "SELECT $1", parameters: anything(5) }),
    "Cannot execute a statement: its parameters are not a list",
  ],
  [(op) => op.execute(anything(7)), "Cannot execute a statement: it is not text"],
  [(op) => op.run("", async () => {}), "Cannot run a function: it has no summary"],
  [(op) => op.run("tidy", anything(undefined)), 'Cannot run "tidy": it has no function'],
  [
    (op) => op.run("tidy", anything(function* () {})),
    'Cannot run "tidy": its function is a generator, whose body would not run',
  ],
  [
    (op) => op.createTable("t", column("a", integer(), { references: "users" })),
    'Cannot read the reference "users": it names no table',
  ],
  [
    (op) => op.createTable("t", id, foreignKey(["id"], ["users.id", "teams.id"])),
    'Cannot read the foreign key to "users.id", "teams.id": it must name columns of one table',
  ],
];

for (const [call, message] of mistakes) {
  test(`a wrong call throws, with its line: ${message}`, async () => {
    const context = { dialect: "postgres", x: {}, tag: undefined, file: import.meta.path } as const;
    const error = await toolErrorOf(() => collect(call, context));
    expect(error.code).toBe("operation/invalid");
    if (message.endsWith(": ")) expect(error.message).toStartWith(message);
    else expect(error.message).toBe(message);
    expect(error.facts.file).toBe(import.meta.path);
    expect(error.facts.line).toBeGreaterThan(15);
  });
}

test("an index without a table has a hint with the called method", async () => {
  const context = { dialect: "postgres", x: {}, tag: undefined } as const;
  const hintOf = async (call: (op: Operations) => void) =>
    (await toolErrorOf(() => collect(call, context))).facts.hint;
  expect(await hintOf((op) => op.dropIndex("ix", anything(undefined))))
    .toBe('Write op.dropIndex("ix", { table: "…" })');
  expect(await hintOf((op) => op.renameIndex("ix", "iy", anything(undefined))))
    .toBe('Write op.renameIndex("ix", "iy", { table: "…" })');
});
