import { expect, setDefaultTimeout, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { column, text } from "../../mod.ts";
import { manyTables } from "./many_tables.ts";

setDefaultTimeout(120_000);

const pairs: Readonly<Record<string, (count: number) => readonly [Schema, Schema]>> = {
  "equal tables": (count) => [made(count), made(count)],
  "a column more in each table": (count) => [made(count), withColumn(made(count))],
};

for (const [name, pair] of Object.entries(pairs)) {
  test(`diff() of 1,000 tables takes four times as long as of 250, not sixteen times: ${name}`, () => {
    const [few, many] = [pair(250), pair(1000)];
    expect(diff(...many).length).toBe(name === "equal tables" ? 0 : 1000);
    diff(...few);
    expect(shortest(() => diff(...many)) / shortest(() => diff(...few))).toBeLessThan(12);
  });
}

function made(count: number): Schema {
  return postgres.normalize(manyTables(count));
}

function withColumn(schema: Schema): Schema {
  const { column: more } = column("more", text());
  const tables = schema.tables.map((it) => ({ ...it, columns: [...it.columns, more] }));
  return { ...schema, tables };
}

/** Of several runs, in milliseconds: what else the machine does makes some longer. */
function shortest(act: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now();
    act();
    return performance.now() - started;
  });
  return Math.min(...times);
}
