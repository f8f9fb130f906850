import { expect, test } from "bun:test";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import { apply } from "../../lib/operations/apply.ts";
import { invert } from "../../lib/operations/invert.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { random } from "../sql/random.ts";
import { canonical, inOrderOfReferences } from "./canonical.ts";
import { columnTypes, type DialectName, Generator } from "./generate.ts";

const dialects = { postgres, sqlite };
const empty: Schema = { tables: [] };

/** Returns operations that can be done one after the other, each with the schema before it. */
function sequence(seed: number, dialect: DialectName, length: number) {
  const generator = new Generator(random(seed), dialect);
  let before = empty;
  return Array.from({ length }, () => {
    const step = { operation: generator.next(before), before };
    before = apply(step.operation, before);
    return { ...step, after: before };
  });
}

for (const dialect of ["postgres", "sqlite"] as const) {
  test(`${dialect}: the generator makes every kind of operation and every type of column`, () => {
    const made = Array.from({ length: 60 }, (_, seed) => sequence(seed, dialect, 40)).flat();
    const kinds = {
      createTable: true,
      dropTable: true,
      renameTable: true,
      addColumn: true,
      dropColumn: true,
      renameColumn: true,
      alterColumn: dialect === "postgres",
      createIndex: true,
      dropIndex: true,
      bulkInsert: true,
      execute: true,
      run: true,
    } satisfies Record<Operation["kind"], boolean>;
    const seen = new Set(made.map((it) => it.operation.kind));
    expect(Object.keys(kinds).filter((it) => seen.has(it as Operation["kind"])).sort())
      .toEqual(Object.entries(kinds).filter(([, wanted]) => wanted).map(([kind]) => kind).sort());
    const types = new Set(
      made.flatMap((it) =>
        it.after.tables.flatMap((one) => one.columns.map(({ type }) => JSON.stringify(type)))
      ),
    );
    expect(columnTypes(dialect).filter((it) => !types.has(JSON.stringify(it)))).toEqual([]);
  });

  test(`law 2, ${dialect}: what invert() answers undoes the operation, or it says why nothing can`, () => {
    let undone = 0;
    for (let seed = 0; seed < 200; seed++) {
      for (const { operation, before, after } of sequence(seed, dialect, 30)) {
        const inverse = invert(operation, before);
        if ("reason" in inverse) {
          expect(["bulkInsert", "execute", "run"]).toContain(operation.kind);
          continue;
        }
        expect(canonical(inverse.reduce((schema, it) => apply(it, schema), after))).toEqual(
          canonical(before),
        );
        undone += 1;
      }
    }
    expect(undone).toBeGreaterThan(3000);
  });

  test(
    `law 4, ${dialect}: a database that operations were run on is one that was created as apply() says`,
    async () => {
      const { compile, introspect, normalize } = dialects[dialect];
      for (let seed = 0; seed < 12; seed++) {
        await using grown = await freshDatabase(dialect);
        await using created = await freshDatabase(dialect);
        await using one = await connect(grown.url);
        await using other = await connect(created.url);
        const steps = sequence(seed, dialect, 25);
        for (const { operation } of steps) {
          if (operation.kind !== "run") await one.send(compile(operation));
        }
        const end = steps.at(-1)?.after ?? empty;
        for (const table of inOrderOfReferences(end)) {
          await other.send(compile({ kind: "createTable", table }));
        }
        const found = canonical(await introspect(one));
        expect(found).toEqual(canonical(await introspect(other)));
        expect(found.map((it) => it.columns)).toEqual(
          canonical(normalize(end)).map((it) => it.columns.map(withServerDefaults(found))),
        );
      }
    },
    120_000,
  );
}

/** Only the server can spell an expression: `'it''s'::character varying`. */
function withServerDefaults(found: ReturnType<typeof canonical>) {
  const defaults = new Map(
    found.flatMap((it) => it.columns.map((one) => [one.name, one.default] as const)),
  );
  return <Column extends { readonly name: string; readonly default?: unknown }>(column: Column) =>
    column.default === undefined || column.name === "fixed" && defaults.get("fixed") === undefined
      ? column
      : { ...column, default: defaults.get(column.name) };
}
