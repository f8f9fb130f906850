import { expect, setDefaultTimeout, test } from "bun:test";
import { render } from "../../lib/autogenerate/render/render.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { recordedAgain, sayable } from "../autogenerate/render/recorded_again.ts";
import { random } from "../sql/random.ts";
import { columnTypeKinds } from "./column_types.ts";
import { generateOperation, operationKinds } from "./generate_operation.ts";
import { generateSchema, source } from "./generate_schema.ts";

setDefaultTimeout(60_000);

for (const dialect of ["postgres", "sqlite"] as const) {
  test(`running render(o) records o again, for operations on ${dialect}`, async () => {
    const kinds = new Set<string>();
    const types = new Set<string>();
    const operations: Operation[] = [];
    for (let seed = 0; seed < 1000; seed++) {
      const from = source(random(seed), dialect);
      const schema = generateSchema(from);
      for (const table of schema.tables) table.columns.forEach((it) => types.add(it.type.kind));
      operations.push(
        ...schema.tables.map((table): Operation => ({ kind: "createTable", table })),
        ...schema.objects.map((object): Operation => ({ kind: "createObject", object })),
        ...schema.enums.map((it): Operation => ({ kind: "createEnum", enum: it })),
        generateOperation(schema, from),
      );
    }
    const said = operations.filter((it) => it.kind !== "run");
    said.forEach((it) => kinds.add(it.kind));
    const again = await recordedAgain(said.map((it) => render(it)).join("\n"));
    expect(again.map(sayable)).toStrictEqual(said.map(sayable));
    const without = ["run", ...dialect === "sqlite" ? postgresAlone : []];
    expect([...kinds].sort()).toEqual(operationKinds.filter((it) => !without.includes(it)).sort());
    expect([...types].sort()).toEqual(
      columnTypeKinds.filter((it) => dialect === "postgres" || it !== "array").sort(),
    );
  });
}

/** Operations that are not generated for SQLite. */
const postgresAlone: readonly string[] = [
  "attachPartition",
  "detachPartition",
  "validateConstraint",
] satisfies readonly Operation["kind"][];
