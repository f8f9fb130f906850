import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CompiledStatement, Dialect } from "../../lib/dialect/dialect.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import { ToolError } from "../../lib/error.ts";
import { compileRecorded } from "../../lib/migrate/compile_recorded.ts";
import type { Operation, Recorded } from "../../lib/operations/operation.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { collect } from "../../lib/operations/record/record.ts";
import type { Work } from "../../lib/plan/plan.ts";
import { connect, failure } from "../driver/connect.ts";
import { expectGolden } from "../golden.ts";
import { freshDatabase, type TestDatabase } from "../servers/fresh_database.ts";
import { constraintCases } from "./constraint_cases.ts";
import { objectCases } from "./object_cases.ts";
import type { OperationCase } from "./operation_case.ts";
import { operationCases, typeCases } from "./operation_cases.ts";
import { operationKinds } from "../laws/generate_operation.ts";

const cases = [...operationCases, ...constraintCases, ...objectCases, ...typeCases];

/** The SQL of each case in each dialect, as it ran. */
const texts = { postgres: new Map<string, string>(), sqlite: new Map<string, string>() };

describe.each([postgres, sqlite])("$name runs the SQL of", (dialect) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase(dialect.name);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test.each(cases)("$name", async (it) => {
    await using connection = await emptyDatabase(dialect, database);
    const before = compileRecorded(await record(dialect, it.before ?? (() => {})), dialect);
    for (const work of before) {
      for (const statement of await statementsOf(work, dialect, connection)) {
        await connection.query(statement);
      }
    }
    texts[dialect.name].set(it.name, await runCase(it, dialect, connection));
  });
});

test("the SQL of every operation matches the golden file", () => {
  const chapters = cases.map(({ name }) => {
    const [ours, theirs] = [texts.postgres.get(name), texts.sqlite.get(name)];
    return ours === theirs
      ? `## ${name}\n\n-- both\n${ours}\n`
      : `## ${name}\n\n-- postgres\n${ours}\n\n-- sqlite\n${theirs}\n`;
  });
  expectGolden("operations.txt", chapters.join("\n"));
});

test("the cases cover every kind of operation that is SQL", async () => {
  const opaque: readonly string[] = ["run"] satisfies readonly Operation["kind"][];
  const asked = (await Promise.all(cases.map((it) => record(postgres, it.call)))).flat();
  const found = new Set<string>(asked.map((it) => it.operation.kind));
  expect([...found].sort()).toEqual(operationKinds.filter((it) => !opaque.includes(it)).toSorted());
});

/** Runs the case, and returns what was run; a case that the dialect refuses changes nothing. */
async function runCase(
  it: OperationCase,
  dialect: Dialect,
  connection: Connection,
): Promise<string> {
  const shown: string[] = [];
  try {
    for (const work of compileRecorded(await record(dialect, it.call), dialect)) {
      for (const statement of await statementsOf(work, dialect, connection)) {
        await runOne(statement, connection);
        shown.push(textOf(statement));
      }
    }
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "operation/unsupported") throw error;
    return `-- ${error.message}\n-- Hint: ${error.facts.hint}`;
  }
  return shown.join("\n") || "-- nothing";
}

async function statementsOf(
  work: Work,
  dialect: Dialect,
  connection: Connection,
): Promise<readonly CompiledStatement[]> {
  if (work.kind === "statement") return [work.statement];
  if (work.kind === "deferred") return await dialect.compileDeferred(work.recorded, connection);
  throw new Error(`no case has work of the kind ${work.kind}`);
}

/** A statement CONCURRENTLY, which cannot run in a transaction, must fail there. */
async function runOne(statement: CompiledStatement, connection: Connection): Promise<void> {
  const cannot = statement.transactional === false && /\bconcurrently\b/i.test(statement.sql);
  if (cannot) {
    const inside = connection.transaction((session) => session.query(statement));
    const { message } = await failure(DatabaseError, inside);
    expect(message).toMatch(/inside a transaction|in a transaction block/);
  }
  await connection.query(statement);
}

async function emptyDatabase({ name }: Dialect, { url }: TestDatabase): Promise<Connection> {
  if (name === "sqlite") return await connect("sqlite://");
  const connection = await connect(url);
  await connection.query({ sql: "DROP SCHEMA IF EXISTS app, public CASCADE" });
  await connection.query({ sql: "CREATE SCHEMA public" });
  return connection;
}

function record(
  { name }: Dialect,
  script: (op: Operations) => void,
): Promise<readonly Recorded[]> {
  return collect(script, { dialect: name, x: {}, tag: undefined });
}

function textOf({ sql, parameters, transactional }: CompiledStatement): string {
  return [
    ...transactional === false ? ["-- outside a transaction"] : [],
    ...parameters ? [`-- with ${JSON.stringify(parameters)}`] : [],
    `${sql};`,
  ].join("\n");
}
