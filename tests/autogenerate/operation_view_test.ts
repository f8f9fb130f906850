import { expect, test } from "bun:test";
import { operationView } from "../../lib/autogenerate/operation_view.ts";
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
