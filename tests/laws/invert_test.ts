import { expect, test } from "bun:test";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invert } from "../../lib/operations/invert/invert.ts";
import { random } from "../sql/random.ts";
import { columnTypeKinds } from "./column_types.ts";
import { generateOperation, operationKinds } from "./generate_operation.ts";
import { generateSchema, source } from "./generate_schema.ts";
import { inOrder } from "./in_order.ts";

test("apply(invert(o, s), apply(o, s)) is s again, unless o cannot be inverted", () => {
  const kinds = new Set<string>();
  const inverted = new Set<string>();
  const types = new Set<string>();
  for (let seed = 0; seed < 1500; seed++) {
    const from = source(random(seed), "postgres");
    const before = generateSchema(from);
    const operation = generateOperation(before, from);
    kinds.add(operation.kind);
    for (const table of before.tables) table.columns.forEach((it) => types.add(it.type.kind));
    const inverse = invert(operation, before);
    if ("reason" in inverse) continue;
    inverted.add(operation.kind);
    const after = inverse.reduce((schema, it) => apply(it, schema), apply(operation, before));
    expect({ seed, schema: inOrder(after) }).toEqual({ seed, schema: inOrder(before) });
  }
  expect([...kinds].sort()).toEqual([...operationKinds].sort());
  expect([...types].sort()).toEqual([...columnTypeKinds].sort());
  const opaque = ["bulkInsert", "execute", "run"];
  expect([...inverted].sort()).toEqual(operationKinds.filter((it) => !opaque.includes(it)).sort());
});
