import { expect, test } from "bun:test";
import { operationView } from "../../lib/autogenerate/operation_view.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { column } from "../../lib/schema/column.ts";
import { integer, text } from "../../lib/schema/column_types.ts";
import { raw } from "../../lib/schema/expressions.ts";
import { options, table } from "../../lib/schema/table.ts";
import type { SchemaObject } from "../../lib/schema/schema.ts";

function pair(attributes: string): SchemaObject {
  return {
    kind: "compositeType",
    name: "pair",
    definition: { sql: `CREATE TYPE pair AS (${attributes})` },
  };
}

test.each([
  [`a integer, "B" text`, "a integer, c text", ["drops the attribute B of pair with its values"]],
  ["a integer", "a integer, c text", []],
])("operationView() lists the losses when type (%s) becomes (%s)", (before, after, losses) => {
  const { destructive } = operationView({
    kind: "replaceObject",
    object: pair(after),
    existing: pair(before),
  });
  expect(destructive).toEqual(losses);
});

test("changing or dropping a computed column is not destructive", () => {
  const destructive = (operation: Operation) => operationView(operation).destructive;
  const table = { name: "t" };
  const plain = column("a", text()).column;
  const computed = column("a", text(), { generated: { expression: "b" } }).column;
  const drop = { kind: "dropColumn", table, column: "a" } as const;
  expect(destructive({ ...drop, existing: plain })).toEqual([
    "drops the column a of t with its values",
  ]);
  expect(destructive({ ...drop, existing: computed })).toEqual([]);
  const generated = { expression: raw("c"), stored: true };
  const alter = { kind: "alterColumn", table, column: "a", change: { generated } } as const;
  expect(destructive({ ...alter, existing: { generated: null } })).toEqual([
    "computes the values of a instead",
  ]);
  const type = { type: integer() };
  const before = { generated: { expression: raw("b"), stored: true }, type: text() };
  expect(destructive({ ...alter, change: { generated, ...type }, existing: before })).toEqual([]);
});

test("a partitioned table is dropped with the partitions that it still has, not with rows", () => {
  const { destructive } = operationView({
    kind: "dropTable",
    name: { name: "t" },
    existing: table("t", column("a", integer()), options({ partitionBy: raw("LIST (a)") })),
  });
  expect(destructive).toEqual(["drops the table t with the partitions that it still has"]);
});
