import { expect, test } from "bun:test";
import { describeOperation } from "../../lib/autogenerate/describe_operation.ts";
import { operationView } from "../../lib/autogenerate/operation_view.ts";
import { diff } from "../../lib/autogenerate/diff.ts";
import { formatRename } from "../../lib/autogenerate/renames/format_rename.ts";
import { parseRenames } from "../../lib/autogenerate/renames/parse_renames.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { column } from "../../lib/schema/column.ts";
import * as type from "../../lib/schema/column_types.ts";
import { emptySchema, type Schema, type Table } from "../../lib/schema/schema.ts";
import type { ColumnType } from "../../lib/schema/types.ts";
import { constraintCases } from "../dialect/constraint_cases.ts";
import { objectCases } from "../dialect/object_cases.ts";
import { operationCases } from "../dialect/operation_cases.ts";
import { expectGolden } from "../golden.ts";
import { operationsOf } from "./render/recorded_again.ts";
import { related } from "./related.ts";

test("the description of every operation matches the golden file", async () => {
  const cases = [...operationCases, ...constraintCases, ...objectCases];
  const chapters = await Promise.all(cases.map(async ({ name, call }) => {
    const views = (await operationsOf(call)).map(operationView);
    const lines = views.flatMap(({ description, destructive }) => [
      ...description,
      ...destructive.map((it) => `  (destructive: ${it})`),
    ]);
    return `## ${name}\n\n${lines.join("\n")}\n`;
  }));
  expectGolden("described.txt", chapters.join("\n"));
});

test("describeOperation() describes every operation that diff() makes, in single lines", () => {
  for (let seed = 0; seed < 300; seed++) {
    const [a, b] = related(seed, "postgres");
    for (const operation of diff(postgres.normalize(a), postgres.normalize(b))) {
      const lines = describeOperation(operation);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join("")).not.toMatch(/\n|undefined|\[object/);
    }
  }
});

test("describeOperation() leaves out unchanged attributes that are restated with a new type", () => {
  const of = (made: ColumnType): Schema => {
    const { column: it } = column("a", made, { collation: "C", nullable: false });
    return { ...emptySchema, tables: [{ name: "t", columns: [it], constraints: [], indexes: [] }] };
  };
  const operations = diff(of(type.text()), of(type.string(9)));
  expect(operations.flatMap(describeOperation)).toEqual([
    "type change from text to string(9) on 't.a'",
  ]);
});

test("formatRename() writes what parseRenames() reads", () => {
  const names = ["users", "Weird.name", 'with "quotes"', "a:b"];
  const table = (name: string, ...columns: readonly string[]): Table => ({
    name,
    columns: columns.map((it) => column(it, type.text()).column),
    constraints: [],
    indexes: [],
  });
  const tables = names.map((it) => table(it, ...names));
  const a: Schema = { ...emptySchema, tables, enums: [{ name: "a.mood", values: names }] };
  for (const from of names) {
    for (const to of ["people", "new.name"]) {
      const renamed = (it: string) => it === from ? to : it;
      const renames = [
        { kind: "table", from, to },
        { kind: "column", table: { name: "users" }, from, to },
        { kind: "enumValue", enum: { name: "a.mood" }, from, to },
      ] as const;
      const after: readonly Schema[] = [
        { ...a, tables: tables.map((it) => ({ ...it, name: renamed(it.name) })) },
        {
          ...a,
          tables: tables.map((it) =>
            it.name === "users" ? table("users", ...names.map(renamed)) : it
          ),
        },
        { ...a, enums: [{ name: "a.mood", values: names.map(renamed) }] },
      ];
      for (const [at, rename] of renames.entries()) {
        expect(parseRenames([formatRename(rename)], a, after[at] ?? a)).toEqual([rename]);
      }
    }
  }
});
