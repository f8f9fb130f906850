/**
 * Run by Deno, which can count: writes as JSON, for 250 and for 1,000 tables, how many operations `diff()`
 * finds between two schemas, and how often functions and branches of `lib/` run meanwhile.
 */
import { Session } from "node:inspector/promises";
import { diff } from "../../lib/autogenerate/diff.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { column, text } from "../../mod.ts";
import { manyTables } from "./many_tables.ts";

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const counted = [];
for (const count of [250, 1000]) {
  counted.push({
    equal: await measure(made(count), made(count)),
    different: await measure(made(count), withColumn(made(count))),
  });
}
console.log(JSON.stringify(counted));

function made(count: number): Schema {
  return postgres.normalize(manyTables(count));
}

function withColumn(schema: Schema): Schema {
  const { column: more } = column("more", text());
  const tables = schema.tables.map((it) => ({ ...it, columns: [...it.columns, more] }));
  return { ...schema, tables };
}

async function measure(a: Schema, b: Schema) {
  await takeCounts();
  const operations = diff(a, b).length;
  return { operations, runs: (await takeCounts()).reduce((sum, it) => sum + it, 0) };
}

/** Returns the counts since the last call. */
async function takeCounts(): Promise<readonly number[]> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return result.filter(({ url }) => url.includes("/lib/"))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map((it) => it.count)));
}
