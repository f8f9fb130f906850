import { expect, setDefaultTimeout, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { operationKinds } from "../laws/generate_operation.ts";
import { generateSchema, source } from "../laws/generate_schema.ts";
import { inOrder } from "../laws/in_order.ts";
import { random } from "../sql/random.ts";
import { related } from "./related.ts";

setDefaultTimeout(120_000);

/** Returns two schemas that have nothing in common but some names. */
function unrelated(seed: number): readonly [Schema, Schema] {
  const a = generateSchema(source(random(seed), "postgres"));
  const b = generateSchema(source(random(seed + 10_000), "postgres"));
  return [postgres.normalize(a), postgres.normalize(b)];
}

const pairs = {
  related: (seed: number) => {
    const [a, b] = related(seed, "postgres");
    return [postgres.normalize(a), postgres.normalize(b)] as const;
  },
  unrelated,
};

for (const [name, pair] of Object.entries(pairs)) {
  test(`apply(diff(a, b), a) is b, and the inverse leads back to a: ${name} schemas`, () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 400; seed++) {
      const [a, b] = pair(seed);
      const operations = diff(a, b);
      operations.forEach((it) => kinds.add(it.kind));
      expect({ seed, schema: inOrder(applied(operations, a)) })
        .toEqual({ seed, schema: inOrder(b) });
      const inverse = invertAll(operations.map((operation) => ({ operation })));
      if ("reason" in inverse) throw new Error(`seed ${seed}: ${JSON.stringify(inverse)}`);
      const back = applied(inverse.map((it) => it.operation), b);
      expect({ seed, schema: inOrder(back) }).toEqual({ seed, schema: inOrder(a) });
    }
    if (name === "related") {
      // The others are made on request only, or written by hand.
      const never = [
        "autocommit",
        "bulkInsert",
        "execute",
        "renameColumn",
        "renameEnumValue",
        "renameTable",
        "replaceObject",
        "run",
      ];
      const expected = operationKinds.filter((it) => !never.includes(it));
      expect([...kinds].sort()).toEqual(expected.sort());
    }
  });
}

test("diff(a, a) is empty", () => {
  for (let seed = 0; seed < 150; seed++) {
    const schema = postgres.normalize(generateSchema(source(random(seed), "postgres")));
    expect(diff(schema, schema)).toEqual([]);
  }
});

function applied(operations: readonly Operation[], schema: Schema): Schema {
  return operations.reduce((it, operation) => apply(operation, it), schema);
}
