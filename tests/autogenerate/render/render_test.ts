import { expect, test } from "bun:test";
import { render } from "../../../lib/autogenerate/render/render.ts";
import { constraintCases } from "../../dialect/constraint_cases.ts";
import { objectCases } from "../../dialect/object_cases.ts";
import { operationCases, typeCases } from "../../dialect/operation_cases.ts";
import { expectGolden } from "../../golden.ts";
import { operationKinds } from "../../laws/generate_operation.ts";
import { operationsOf, recordedAgain, sayable } from "./recorded_again.ts";

const cases = [...operationCases, ...constraintCases, ...objectCases, ...typeCases];

for (const dialect of ["postgres", "sqlite"] as const) {
  test(`running render(o) records o again, for every case on ${dialect}`, async () => {
    const asked = (await Promise.all(cases.map((it) => operationsOf(it.call, {}, dialect)))).flat();
    const again = await recordedAgain(asked.map((it) => render(it)).join("\n"));
    expect(again.map(sayable)).toStrictEqual(asked.map(sayable));
  });
}

test("render() writes operations of every kind as in the golden file", async () => {
  const chapters = await Promise.all(cases.map(async ({ name, call }) => {
    const operations = await operationsOf(call);
    return `## ${name}\n\n${operations.map((it) => render(it)).join("\n")}\n`;
  }));
  expectGolden("rendered.txt", chapters.join("\n"));
  const asked = (await Promise.all(cases.map((it) => operationsOf(it.call)))).flat();
  const kinds = new Set<string>(asked.map((it) => it.kind));
  expect([...kinds].sort()).toEqual(operationKinds.filter((it) => it !== "run").sort());
});

test("running render(o) records a new name with a dot again", async () => {
  const rename = {
    kind: "renameTable",
    name: { schema: "app", name: "a.b" },
    to: "app.c",
  } as const;
  expect(await recordedAgain(render(rename))).toEqual([rename]);
});

test("render() says which rows a removed enum value is in the way of", () => {
  const change = {
    kind: "changeEnum",
    name: { name: "mood" },
    values: ["ok"],
    existing: ["ok", "sad", "low"],
    replaced: { sad: "ok" },
  } as const;
  expect(render(change).split("\n").slice(0, 2)).toEqual([
    "// Destructive: rows that have sad get ok",
    "// Fails where a row has low, which mood no longer has",
  ]);
});
