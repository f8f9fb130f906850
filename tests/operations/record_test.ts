import { expect, test } from "bun:test";
import { ToolError } from "../../lib/error.ts";
import { collect } from "../../lib/operations/record/record.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { column } from "../../lib/schema/column.ts";
import { integer } from "../../lib/schema/column_types.ts";
import { check } from "../../lib/schema/table.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

const context = {
  dialect: "sqlite",
  x: { tenant: "a" },
  tag: "night",
  file: import.meta.path,
} as const;

async function recorded(
  script: (op: Operations) => void | Promise<void>,
): Promise<readonly Operation[]> {
  return (await collect(script, context)).map((it) => it.operation);
}

/** Returns the line below the call of this function. */
function nextLine(): number {
  const [, , frame = ""] = new Error().stack?.split("\n") ?? [];
  return Number(/:(\d+):\d+\)?$/.exec(frame)?.[1]) + 1;
}

test("collect() returns what the script asked for, in order", async () => {
  const operations = await recorded((op) => {
    op.createTable("app.users", column("id", integer(), { primaryKey: true }));
    op.dropTable({ name: "old.users" }, { ifExists: true });
  });
  expect(operations).toEqual([
    {
      kind: "createTable",
      table: {
        schema: "app",
        name: "users",
        columns: [{ name: "id", type: { kind: "integer", bits: 32 }, nullable: false }],
        constraints: [{ kind: "primaryKey", columns: ["id"] }],
        indexes: [],
      },
    },
    { kind: "dropTable", name: { name: "old.users" }, ifExists: true },
  ]);
});

test("collect() waits for an async script", async () => {
  const operations = await recorded(async (op) => {
    await Promise.resolve();
    op.dropTable("users");
  });
  expect(operations.map((it) => it.kind)).toEqual(["dropTable"]);
});

test("collect() gives the script the dialect, the -x values and the tag", async () => {
  const said: unknown[] = [];
  await recorded((op) => {
    said.push(op.dialect, op.x, op.tag);
  });
  expect(said).toEqual(["sqlite", { tenant: "a" }, "night"]);
});

test("collect() gives each operation the line of its call, even in a function of the script", async () => {
  let inner = 0;
  const drop = (op: Operations) => {
    inner = nextLine();
    op.dropTable("b");
  };
  let line = 0;
  const [first, second] = await collect((op) => {
    line = nextLine();
    op.dropTable("a");
    drop(op);
  }, context);
  expect(first?.at).toMatchObject({ file: import.meta.path, line });
  expect(second?.at).toMatchObject({ file: import.meta.path, line: inner });
});

test("addColumn with an index records two operations with the same line", async () => {
  const all = await collect(
    (op) => op.addColumn("app.users", column("age", integer(), { index: true })),
    context,
  );
  expect(all.map((it) => it.operation)).toEqual([
    {
      kind: "addColumn",
      table: { schema: "app", name: "users" },
      column: { name: "age", type: { kind: "integer", bits: 32 }, nullable: true },
      constraints: [],
    },
    {
      kind: "createIndex",
      table: { schema: "app", name: "users" },
      index: { name: "ix_app_users_age", on: ["age"], unique: false },
    },
  ]);
  expect(all[0]?.at).toEqual(all[1]?.at);
});

test("alterColumn separates the change from the existing values, and null from undefined", async () => {
  const [operation] = await recorded((op) =>
    op.alterColumn("users", "age", {
      serverDefault: null,
      nullable: false,
      existingServerDefault: 7,
      existingComment: null,
      using: "age::integer",
    })
  );
  expect(operation).toEqual({
    kind: "alterColumn",
    table: { name: "users" },
    column: "age",
    change: { default: null, nullable: false },
    existing: { default: { sql: "7" }, comment: null },
    using: { sql: "age::integer" },
  });
});

test("addColumn records the column's own constraints before the others", async () => {
  const [operation] = await recorded((op) =>
    op.addColumn("users", column("age", integer(), { unique: true }), {
      constraints: [check("age > 0", { name: "ck_age" })],
    })
  );
  expect(operation).toMatchObject({
    constraints: [
      { kind: "unique", columns: ["age"] },
      { kind: "check", name: "ck_age", expression: { sql: "age > 0" } },
    ],
  });
});

test("alterColumn takes an identity of none for null", async () => {
  const [operation] = await recorded((op) =>
    op.alterColumn("users", "id", { identity: "none", existingIdentity: "always" })
  );
  expect(operation).toMatchObject({
    change: { identity: null },
    existing: { identity: { generation: "always" } },
  });
});

test("alterColumn records existingGenerated with the existing values", async () => {
  const [operation] = await recorded((op) =>
    op.alterColumn("users", "age", {
      generated: null,
      existingGenerated: { expression: "born + 1", stored: false },
    })
  );
  expect(operation).toMatchObject({
    change: { generated: null },
    existing: { generated: { expression: { sql: "born + 1" }, stored: false } },
  });
});

test("op throws, with the line, if it is used after its script has returned", async () => {
  let kept: Operations | undefined;
  await recorded((op) => {
    kept = op;
  });
  let line = 0;
  const error = await toolErrorOf(() => {
    line = nextLine();
    kept?.dropTable("users");
  });
  expect(error.code).toBe("operation/invalid");
  expect(error.message).toBe("Cannot record dropTable: the revision's function has returned");
  expect(error.facts).toMatchObject({ file: import.meta.path, line });
});

test("batchAlterTable with an async function is awaited even if the script does not await it", async () => {
  const operations = await recorded((op) => {
    void op.batchAlterTable("users", async (batch) => {
      batch.dropColumn("a");
      await new Promise((resolve) => setTimeout(resolve, 5));
      batch.dropColumn("b");
      await new Promise((resolve) => setTimeout(resolve, 5));
      void op.batchAlterTable("users", async (inner) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        inner.dropColumn("c");
      });
    });
  });
  expect(operations).toMatchObject([{ column: "a" }, { column: "b" }, { column: "c" }]);
});

test("autocommitBlock refuses an async function, and a batch with one", async () => {
  const waits = async () => await Promise.resolve();
  const blocks: readonly ((op: Operations) => void)[] = [
    (op) => op.autocommitBlock(waits),
    (op) => op.autocommitBlock(() => void op.batchAlterTable("users", waits)),
  ];
  for (const block of blocks) {
    const error = await toolErrorOf(() => recorded(block));
    expect(error.message).toStartWith(
      "Cannot record an autocommit block: its function is asynchronous",
    );
  }
});

test("op rejects a call that the script did not await", async () => {
  let late: Promise<unknown> = Promise.resolve();
  await recorded((op) => {
    late = Promise.resolve().then(() => Promise.resolve()).then(() => op.dropTable("users"));
  });
  expect(await late.catch((error: unknown) => error)).toBeInstanceOf(ToolError);
});

test("collect() passes on an error that the script throws unchanged", async () => {
  const thrown = new RangeError("mine");
  const error = await recorded(() => {
    throw thrown;
  }).catch((it: unknown) => it);
  expect(error).toBe(thrown);
});
