import { expect, test } from "bun:test";
import { collect } from "../../lib/operations/record/record.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

const context = { dialect: "postgres", x: {}, tag: undefined } as const;

/** Each call with the new name that it records. */
const renames: readonly (readonly [call: (op: Operations) => void, to: string])[] = [
  [(op) => op.renameTable("users", "people"), "people"],
  [(op) => op.renameTable("app.users", "people"), "people"],
  [(op) => op.renameTable("app.users", "app.people"), "people"],
  [(op) => op.renameTable({ schema: "app", name: "users" }, { name: "odd.name" }), "odd.name"],
  [(op) => op.renameIndex("ix", "app.iy", { table: "app.users" }), "iy"],
  [(op) => op.renameIndex("ix", "ix_users.email", { table: "app.users" }), "ix_users.email"],
  [(op) => op.renameConstraint("app.users", "ck", "app.kc"), "kc"],
  [(op) => op.renameConstraint("users", "ck", "app.kc"), "app.kc"],
];

for (const [call, to] of renames) {
  test(`a new name does not repeat the schema: ${call}`, async () => {
    const [recorded] = await collect(call, context);
    expect(recorded?.operation).toMatchObject({ to });
  });
}

test("a new name with another schema is refused", async () => {
  for (const table of ["users", "public.users"]) {
    const call = collect((op) => op.renameTable(table, "app.people"), context);
    const { code, message, facts } = await toolErrorOf(() => call);
    expect([code, message, facts.hint]).toEqual([
      "operation/invalid",
      `Cannot rename the table "${table}" to "app.people": renaming leaves it in its schema`,
      'Give the new name without its schema, or { name: "app.people" } if the dot is a part of it',
    ]);
  }
});
