import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { CompiledStatement, Dialect } from "../../lib/dialect/dialect.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import { ToolError } from "../../lib/error.ts";
import { apply } from "../../lib/operations/apply.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Column, Constraint, Schema } from "../../lib/schema/schema.ts";
import { connect } from "../driver/connect.ts";
import { databases, type TestDatabase } from "../servers/fresh_database.ts";
import { random } from "../sql/random.ts";
import { columnTypeKinds } from "./column_types.ts";
import { generateOperation, operationKinds } from "./generate_operation.ts";
import { generateSchema, type Source, source } from "./generate_schema.ts";
import { inOrder, inOrderOfReferences } from "./in_order.ts";

setDefaultTimeout(120_000);

/** A place where a schema can be made from nothing, again and again. */
interface Ground extends AsyncDisposable {
  readonly dialect: Dialect;
  readonly connection: Connection;
  clear(): Promise<void>;
}

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    const cases = kind === "libsql" ? 50 : 120;
    let database: TestDatabase;
    let ground: Ground;

    beforeAll(async () => {
      database = await fresh();
      ground = await groundOf(kind === "postgres" ? postgres : sqlite, database.url);
    });
    afterAll(async () => {
      await ground[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    test("running compile(o, s), operation after operation, leaves what apply(o, s), made from nothing, has", async () => {
      const { dialect } = ground;
      const done = new Set<string>();
      for (let seed = 0; seed < cases; seed++) {
        const from = source(random(seed), dialect.name);
        const before = generateSchema(from);
        const steps = generateSteps(before, from);
        const after = steps.at(-1)?.after ?? before;
        const changed = await make(ground, before, steps.flatMap((it) => it.statements));
        const made = await make(ground, inOrderOfReferences(after));
        steps.forEach((it) => done.add(it.operation.kind));
        expect({ seed, schema: seen(dialect, changed, after) })
          .toEqual({ seed, schema: seen(dialect, made, after) });
      }
      const never = dialect.name === "sqlite" ? ["alterColumn"] : [];
      expect([...done].sort()).toEqual(operationKinds.filter((it) => !never.includes(it)).sort());
    });

    test("introspect answers normalize(s) where s was made", async () => {
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
}

interface GeneratedStep {
  readonly operation: Operation;
  readonly statements: readonly CompiledStatement[];
  readonly after: Schema;
}

/** Returns operations to do one after the other; those that the dialect refuses are left out. */
function generateSteps(before: Schema, from: Source): readonly GeneratedStep[] {
  const dialect = from.dialect === "postgres" ? postgres : sqlite;
  const steps: GeneratedStep[] = [];
  for (let left = 4; left > 0; left--) {
    const schema = steps.at(-1)?.after ?? before;
    if (schema.tables.length === 0) break;
    const operation = generateOperation(schema, from);
    const statements = compiled(dialect, operation, schema);
    if (statements) steps.push({ operation, statements, after: apply(operation, schema) });
    if (operation.kind === "bulkInsert") break; // with rows, a column that is not null cannot be added
  }
  return steps;
}

function compiled(
  dialect: Dialect,
  operation: Operation,
  before: Schema,
): readonly CompiledStatement[] | undefined {
  if (operation.kind === "run") return [];
  try {
    return dialect.compile(operation, before);
  } catch (error) {
    const isRefusal = error instanceof ToolError && error.code === "operation/unsupported";
    if (isRefusal && dialect.name === "sqlite") return undefined;
    throw error;
  }
}

/** Makes `schema` from nothing, runs `changes`, and returns what the database then has. */
async function make(
  { dialect, connection, clear }: Ground,
  schema: Schema,
  changes: readonly CompiledStatement[] = [],
): Promise<Schema> {
  await clear();
  const creations = schema.tables.flatMap((table) =>
    dialect.compile({ kind: "createTable", table })
  );
  await connection.batch(creations);
  for (const statement of changes) await connection.query(statement);
  return await dialect.introspect(connection);
}

/** Leaves out the names that the server made up: after a renaming they are what they were. */
function seen(dialect: Dialect, schema: Schema, model: Schema): Schema {
  const given = new Set(model.tables.flatMap((it) => it.constraints.map(({ name }) => name)));
  const unnamed = ({ name, ...rest }: Constraint): Constraint =>
    name !== undefined && given.has(name) ? { ...rest, name } : rest;
  return inOrder({
    tables: dialect.normalize(schema).tables.map((it) => ({
      ...it,
      constraints: it.constraints.map(unnamed),
    })),
  });
}

/** Expressions are PostgreSQL's own to spell. */
function spelled(dialect: Dialect, schema: Schema): unknown {
  const { tables } = dialect.normalize(schema);
  if (dialect.name === "sqlite") return inOrder({ tables });
  const sql = "…";
  return inOrder({
    tables: tables.map((table) => ({
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
        on: it.on.map((part) => typeof part === "string" ? part : { sql }),
        ...(it.where && { where: { sql } }),
      })),
    })),
  });
}

async function groundOf(dialect: Dialect, url: string): Promise<Ground> {
  const connection = await connect(url);
  const clear = async () => {
    if (dialect.name === "postgres") {
      await connection.query({
        sql: "DROP SCHEMA IF EXISTS law CASCADE; CREATE SCHEMA law; SET search_path = law",
      });
      return;
    }
    const { tables } = await dialect.introspect(connection);
    const drops = tables.toReversed().flatMap(({ name }) =>
      dialect.compile({ kind: "dropTable", name: { name } })
    );
    await connection.batch(drops, { foreignKeys: false });
  };
  return {
    dialect,
    connection,
    clear,
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
