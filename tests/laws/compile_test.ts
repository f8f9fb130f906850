import { expect, setDefaultTimeout, test } from "bun:test";
import type { CompiledStatement, Dialect } from "../../lib/dialect/dialect.ts";
import { ToolError } from "../../lib/error.ts";
import { apply } from "../../lib/operations/apply/apply.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Column, Constraint, Schema } from "../../lib/schema/schema.ts";
import { partsOf, placedOn } from "../../lib/schema/index_element.ts";
import { random } from "../sql/random.ts";
import { columnTypeKinds } from "./column_types.ts";
import { generateOperation, operationKinds, postgresAlone } from "./generate_operation.ts";
import { generateSchema, isRelated, type Source, source } from "./generate_schema.ts";
import { type Ground, make, onEachGround, runAll } from "./ground.ts";
import { inOrder, inOrderOfReferences } from "./in_order.ts";

setDefaultTimeout(120_000);

onEachGround((kind, current) => {
  const cases = ({ postgres: 55, sqlite: 70, libsql: 40 })[kind];

  test("running compile(o, s) for several operations gives what apply(o, s) predicts", async () => {
    const ground = current();
    const { dialect } = ground;
    const done = new Set<string>();
    for (let seed = 0; seed < cases; seed++) {
      const from = source(random(seed), dialect.name);
      const before = generateSchema(from);
      await make(ground, before);
      const { kinds, after } = await doSteps(ground, before, from);
      const changed = await ground.read();
      const made = await make(ground, inOrderOfReferences(after));
      kinds.forEach((it) => done.add(it));
      expect({ seed, schema: seen(dialect, changed, after) })
        .toEqual({ seed, schema: seen(dialect, made, after) });
    }
    const never = dialect.name === "sqlite" ? postgresAlone : [];
    expect([...done].sort()).toEqual(operationKinds.filter((it) => !never.includes(it)).sort());
  });

  test("introspect() of a database created from s gives normalize(s)", async () => {
    const ground = current();
    const { dialect } = ground;
    const types = new Set<string>();
    for (let seed = 1000; seed < 1000 + cases / 2; seed++) {
      const from = source(random(seed), dialect.name);
      const schema = generateSchema(from);
      for (const table of schema.tables) table.columns.forEach((it) => types.add(it.type.kind));
      const made = await make(ground, schema);
      expect({ seed, schema: spelled(dialect, made) })
        .toEqual({ seed, schema: spelled(dialect, schema) });
    }
    const never = dialect.name === "sqlite" ? ["array"] : [];
    expect([...types].sort()).toEqual(columnTypeKinds.filter((it) => !never.includes(it)).sort());
  });
});

/**
 * Performs operations one after the other, and returns their kinds and the resulting schema;
 * operations that the dialect refuses are skipped.
 */
async function doSteps(
  ground: Ground,
  before: Schema,
  from: Source,
): Promise<{ readonly kinds: readonly string[]; readonly after: Schema }> {
  const kinds: string[] = [];
  let after = before;
  for (let left = 4; left > 0; left--) {
    if (after.tables.filter((it) => !isRelated(it)).length === 0) break;
    const operation = generateOperation(after, from);
    const statements = await compiled(ground, operation, after);
    if (statements === undefined) continue;
    await runAll(ground, statements);
    kinds.push(operation.kind);
    after = apply(operation, after);
    if (operation.kind === "bulkInsert") break; // with rows, a column that is not null cannot be added
  }
  return { kinds, after };
}

/**
 * Compiles as the executor does: what must wait for its turn is compiled from the state of the
 * database at that time.
 */
async function compiled(
  { dialect, connection }: Ground,
  operation: Operation,
  before: Schema,
): Promise<readonly CompiledStatement[] | undefined> {
  if (operation.kind === "run") return [];
  try {
    if (!dialect.deferral(operation)?.required) return dialect.compile(operation, before);
    const renames = connection.kind !== "libsql";
    return await dialect.compileDeferred([{ operation }], connection, { renames });
  } catch (error) {
    const isRefusal = error instanceof ToolError && error.code === "operation/unsupported";
    if (isRefusal && dialect.name === "sqlite") return undefined;
    throw error;
  }
}

/** Omits the names that the server made up: after a rename they still derive from the old one. */
function seen(dialect: Dialect, schema: Schema, model: Schema): Schema {
  const given = new Set(model.tables.flatMap((it) => it.constraints.map(({ name }) => name)));
  const unnamed = ({ name, ...rest }: Constraint): Constraint =>
    name !== undefined && given.has(name) ? { ...rest, name } : rest;
  const normal = dialect.normalize(schema);
  return inOrder({
    ...normal,
    tables: normal.tables.map((it) => ({
      ...it,
      constraints: it.constraints.map(unnamed),
    })),
  });
}

/** PostgreSQL spells expressions in its own way, so they are omitted. */
function spelled(dialect: Dialect, schema: Schema): unknown {
  const normal = dialect.normalize(schema);
  if (dialect.name === "sqlite") return inOrder(normal);
  const sql = "…";
  return inOrder({
    ...normal,
    objects: normal.objects.map((it) => ({ ...it, definition: { sql } })),
    tables: normal.tables.map((table) => ({
      ...table,
      columns: table.columns.map((it): Column => ({
        ...it,
        ...(it.default && { default: { sql } }),
        ...(it.generated && { generated: { ...it.generated, expression: { sql } } }),
      })),
      constraints: table.constraints.map((it) =>
        it.kind === "check" ? { ...it, expression: { sql } } : it
      ),
      indexes: table.indexes.map((it) => ({
        ...it,
        on: it.on.map((part) =>
          typeof partsOf(part).on === "string" ? part : placedOn(part, { sql })
        ),
        ...(it.where && { where: { sql } }),
      })),
    })),
  });
}
