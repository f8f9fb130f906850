import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CompiledStatement, Dialect } from "../../lib/dialect/dialect.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import { ToolError } from "../../lib/error.ts";
import { apply } from "../../lib/operations/apply.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { collect } from "../../lib/operations/record.ts";
import { emptySchema, type Schema } from "../../lib/schema/schema.ts";
import { connect, failure } from "../driver/connect.ts";
import { expectGolden } from "../golden.ts";
import { freshDatabase, type TestDatabase } from "../servers/fresh_database.ts";
import { type OperationCase, operationCases, typeCases } from "./operation_cases.ts";

/** What one dialect makes of a case. */
type Compiled =
  | { readonly statements: readonly CompiledStatement[] }
  | { readonly refused: ToolError };

const cases = [...operationCases, ...typeCases];

test("every operation in SQL, PostgreSQL and SQLite side by side", async () => {
  const chapters = await Promise.all(cases.map(async (it) => {
    const [ours, theirs] = [await compiled(postgres, it), await compiled(sqlite, it)].map(shown);
    return ours === theirs
      ? `## ${it.name}\n\n-- both\n${ours}\n`
      : `## ${it.name}\n\n-- postgres\n${ours}\n\n-- sqlite\n${theirs}\n`;
  }));
  expectGolden("operations.txt", chapters.join("\n"));
});

test("the golden file has every kind of operation that is SQL", async () => {
  const kinds = {
    createTable: true,
    dropTable: true,
    renameTable: true,
    addColumn: true,
    dropColumn: true,
    renameColumn: true,
    alterColumn: true,
    createIndex: true,
    dropIndex: true,
    bulkInsert: true,
    execute: true,
    run: false,
  } as const satisfies Record<Operation["kind"], boolean>;
  const asked = (await Promise.all(cases.map((it) => record(postgres, it.call)))).flat();
  const wanted = Object.entries(kinds).flatMap(([kind, isSql]) => isSql ? [kind] : []);
  expect([...new Set(asked.map((it) => it.kind as string))].sort()).toEqual(wanted.sort());
});

describe.each([postgres, sqlite])("$name runs the golden SQL", (dialect) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase(dialect.name);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test.each(cases)("$name", async (it) => {
    const asked = await compiled(dialect, it);
    if ("refused" in asked) return expect(asked.refused.code).toBe("operation/unsupported");
    await using connection = await emptyDatabase(dialect, database);
    for (const operation of await record(dialect, it.before ?? (() => {}))) {
      for (const statement of dialect.compile(operation)) await connection.query(statement);
    }
    for (const statement of asked.statements) {
      const inside = connection.transaction((session) => session.query(statement));
      if (statement.transactional ?? true) await inside;
      else {
        expect((await failure(DatabaseError, inside)).message).toContain("inside a transaction");
        await connection.query(statement);
      }
    }
  });
});

async function emptyDatabase({ name }: Dialect, { url }: TestDatabase): Promise<Connection> {
  if (name === "sqlite") return await connect("sqlite://");
  const connection = await connect(url);
  await connection.query({ sql: "DROP SCHEMA IF EXISTS app, public CASCADE" });
  await connection.query({ sql: "CREATE SCHEMA public" });
  return connection;
}

async function compiled(dialect: Dialect, it: OperationCase): Promise<Compiled> {
  const before = await record(dialect, it.before ?? (() => {}));
  let schema = before.reduce<Schema>((sofar, one) => apply(one, sofar), emptySchema);
  const statements: CompiledStatement[] = [];
  try {
    for (const operation of await record(dialect, it.call)) {
      statements.push(...dialect.compile(operation, schema));
      schema = apply(operation, schema);
    }
  } catch (error) {
    if (error instanceof ToolError) return { refused: error };
    throw error;
  }
  return { statements };
}

async function record(
  { name }: Dialect,
  script: (op: Operations) => void,
): Promise<readonly Operation[]> {
  const recorded = await collect(script, { dialect: name, x: {}, tag: undefined });
  return recorded.map((it) => it.operation);
}

function shown(compiled: Compiled): string {
  if ("refused" in compiled) {
    const { message, facts } = compiled.refused;
    return `-- ${message}\n-- Hint: ${facts.hint}`;
  }
  return compiled.statements.map(({ sql, parameters, transactional = true }) =>
    [
      ...transactional ? [] : ["-- outside a transaction"],
      ...parameters ? [`-- with ${JSON.stringify(parameters)}`] : [],
      `${sql};`,
    ].join("\n")
  ).join("\n") || "-- nothing";
}
