import { expect, test } from "bun:test";
import { collect } from "../../lib/operations/record.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { column } from "../../lib/schema/column.ts";
import { integer } from "../../lib/schema/column_types.ts";
import { check, foreignKey, options } from "../../lib/schema/table.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

/** What JavaScript may say and TypeScript would not compile. */
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
    'Cannot read the options of the column "a": "nulable" is none of them',
    'Did you mean "nullable"?',
  ],
  [
    (op) => op.alterColumn("t", "a", anything({ nullable: true, server_default: "1" })),
    'Cannot read the options of op.alterColumn: "server_default" is none of them',
    'Did you mean "serverDefault"?',
  ],
  [
    (op) => op.batchAlterTable("t", (it) => it.alterColumn("a", anything({ type_: integer() }))),
    'Cannot read the options of op.alterColumn: "type_" is none of them',
    'Did you mean "type"?',
  ],
  [
    (op) => op.dropTable("t", anything({ if_exists: true })),
    'Cannot read the options of op.dropTable: "if_exists" is none of them',
    'Did you mean "ifExists"?',
  ],
  [
    (op) => op.dropTable("t", anything("cascade")),
    "Cannot read the options of op.dropTable: they are not an object",
    "They are ifExists, cascade",
  ],
  [
    (op) => op.createIndex("ix", "t", ["a"], anything({ postgresql_where: "a > 1" })),
    'Cannot read the options of the index "ix": "postgresql_where" is none of them',
    "They are unique, where, using, include, nullsNotDistinct, with, tablespace",
  ],
  [
    (op) => op.addConstraint("t", foreignKey(["a"], "u.id", anything({ ondelete: "cascade" }))),
    'Cannot read the options of the foreign key: "ondelete" is none of them',
    'Did you mean "onDelete"?',
  ],
  [
    (op) => op.createCheckConstraint("ck", "t", "a > 1", anything({ not_valid: true })),
    'Cannot read the options of the check: "not_valid" is none of them',
    'Did you mean "notValid"?',
  ],
  [
    (op) => op.createTable("t", column("a", integer()), options(anything({ strickt: true }))),
    'Cannot read the options of the table: "strickt" is none of them',
    'Did you mean "strict"?',
  ],
  [
    (op) => op.createSequence("s", anything({ startWith: 3 })),
    'Cannot read the options of the sequence: "startWith" is none of them',
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
    "docs/operations.md lists what there is, and an editor knows it from migrate.d.ts",
  ],
];

for (const [call, message, hint] of misspelt) {
  test(`a script that says what is not there gets, with its line: ${message}`, async () => {
    const error = await mistake(call);
    expect(error.code).toBe("operation/invalid");
    expect(error.message).toBe(message);
    expect(error.facts.hint).toBe(hint);
    expect(error.facts.file).toBe(import.meta.path);
    expect(error.facts.line).toBeGreaterThan(15);
  });
}

test("an op may be returned by an async function, and options may be undefined", async () => {
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
