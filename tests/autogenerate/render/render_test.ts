import { describe, expect, test } from "bun:test";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { render } from "../../../lib/autogenerate/render/render.ts";
import { renderRevision } from "../../../lib/autogenerate/render/render_revision.ts";
import type { Operation } from "../../../lib/operations/operation.ts";
import type { Operations } from "../../../lib/operations/operations.ts";
import { column } from "../../../lib/schema/column.ts";
import { bigint, integer, numeric, string, text } from "../../../lib/schema/column_types.ts";
import { f } from "../../../lib/schema/constraint_name.ts";
import { now } from "../../../lib/schema/expressions.ts";
import { materializedView, policy } from "../../../lib/schema/objects.ts";
import {
  check,
  exclude,
  foreignKey,
  index,
  options,
  primaryKey,
  unique,
} from "../../../lib/schema/table.ts";
import { sql } from "../../../lib/sql/template.ts";
import { constraintCases } from "../../dialect/constraint_cases.ts";
import { objectCases } from "../../dialect/object_cases.ts";
import { operationCases, typeCases } from "../../dialect/operation_cases.ts";
import { expectGolden } from "../../golden.ts";
import { operationKinds } from "../../laws/generate_operation.ts";
import { generateSchema, source } from "../../laws/generate_schema.ts";
import { random } from "../../sql/random.ts";
import { operationsOf, recordedAgain, sayable } from "./recorded_again.ts";

const cases = [...operationCases, ...constraintCases, ...objectCases, ...typeCases];

for (const dialect of ["postgres", "sqlite"] as const) {
  test(`running render(o) records o again, for every case on ${dialect}`, async () => {
    const asked = (await Promise.all(cases.map((it) => operationsOf(it.call, {}, dialect)))).flat();
    const again = await recordedAgain(asked.map((it) => render(it)).join("\n"));
    expect(again.map(sayable)).toStrictEqual(asked.map(sayable));
  });
}

test("every operation as code", async () => {
  const chapters = await Promise.all(cases.map(async ({ name, call }) => {
    const operations = await operationsOf(call);
    return `## ${name}\n\n${operations.map((it) => render(it)).join("\n")}\n`;
  }));
  expectGolden("rendered.txt", chapters.join("\n"));
  const asked = (await Promise.all(cases.map((it) => operationsOf(it.call)))).flat();
  const kinds = new Set<string>(asked.map((it) => it.kind));
  expect([...kinds].sort()).toEqual(operationKinds.filter((it) => it !== "run").sort());
});
