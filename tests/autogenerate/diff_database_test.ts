import { expect, setDefaultTimeout, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { nameConstraints } from "../../lib/schema/name_constraints.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { make, onEachGround, perform } from "../laws/ground.ts";
import { inOrder, inOrderOfReferences } from "../laws/in_order.ts";
import { related } from "./related.ts";

setDefaultTimeout(120_000);

onEachGround((kind, current) => {
  test("running diff(a, b) on database a gives the schema of b, and its inverse gives a again", async () => {
    const ground = current();
    const { dialect } = ground;
    const options = { rebuildsTables: dialect.name === "sqlite" };
    const read = async () => dialect.normalize(await ground.read());
    for (let seed = 0; seed < (kind === "libsql" ? 8 : 18); seed++) {
      const [before, after] = related(seed, dialect.name);
      const b = dialect.normalize(await make(ground, inOrderOfReferences(after)));
      const a = dialect.normalize(await make(ground, before));
      const operations = diff(a, b, options);
      await perform(ground, operations);
      expect({ seed, schema: named(await read()) }).toEqual({ seed, schema: named(b) });
      expect({ seed, left: diff(await read(), b, options) }).toEqual({ seed, left: [] });
      const inverse = invertAll(operations.map((operation) => ({ operation })));
      if ("reason" in inverse) throw new Error(inverse.reason);
      await perform(ground, inverse.map((it) => it.operation));
      expect({ seed, schema: named(await read()) }).toEqual({ seed, schema: named(a) });
    }
  });
});

/** Gives unnamed constraints the names that the database would give them. */
function named(schema: Schema): Schema {
  return inOrder({
    ...schema,
    tables: schema.tables.map((it) => ({ ...it, constraints: nameConstraints(it) })),
  });
}
