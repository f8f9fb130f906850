import { afterAll, beforeAll, describe } from "bun:test";
import type { CompiledStatement, Dialect } from "../../lib/dialect/dialect.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import { compileRecorded } from "../../lib/migrate/compile_recorded.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { connect } from "../driver/connect.ts";
import { type DatabaseKind, databases, type TestDatabase } from "../servers/fresh_database.ts";
import { creations } from "./creations.ts";

/** A database in which schemas can be created from scratch repeatedly. */
export interface Ground extends AsyncDisposable {
  readonly dialect: Dialect;
  readonly connection: Connection;
  clear(): Promise<void>;
  /**
   * Returns everything that a law has created, including grants and the contents of a second
   * schema.
   */
  read(): Promise<Schema>;
}

export async function groundOf(kind: DatabaseKind, url: string): Promise<Ground> {
  const dialect = kind === "postgres" ? postgres : sqlite;
  const connection = await connect(url);
  const read = () =>
    dialect.introspect(
      connection,
      dialect.name === "postgres" ? { schemas: ["law", "apart"], grants: true } : {},
    );
  const clear = async () => {
    if (dialect.name === "postgres") {
      await connection.query({
        sql: "DROP SCHEMA IF EXISTS law, apart CASCADE; CREATE SCHEMA law; SET search_path = law",
      });
      return;
    }
    const { tables, objects } = await read();
    const drops: readonly Operation[] = [
      ...objects.map((object): Operation => ({ kind: "dropObject", object, ifExists: true })),
      ...tables.toReversed().map(({ name }): Operation => ({ kind: "dropTable", name: { name } })),
    ];
    await connection.batch(drops.flatMap((it) => dialect.compile(it)), { foreignKeys: false });
  };
  return {
    dialect,
    connection,
    clear,
    read,
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

/** Calls `define` for each kind of database available, with a ground that its tests share. */
export function onEachGround(define: (kind: DatabaseKind, ground: () => Ground) => void): void {
  for (const { name, kind, fresh } of databases()) {
    describe(name, () => define(kind, sharedGround(kind, fresh)));
  }
}

/** Returns how to get a ground in a new database, which the tests beside the call share. */
export function sharedGround(kind: DatabaseKind, fresh: () => Promise<TestDatabase>): () => Ground {
  let database: TestDatabase;
  let ground: Ground;
  beforeAll(async () => {
    database = await fresh();
    ground = await groundOf(kind, database.url);
  });
  afterAll(async () => {
    await ground[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  return () => ground;
}

/** Runs `statements` in order. */
export async function runAll(
  { connection }: Pick<Ground, "connection">,
  statements: readonly CompiledStatement[],
): Promise<void> {
  if (connection.kind !== "postgres") {
    await connection.batch(statements, { foreignKeys: false });
    return;
  }
  for (const statement of statements) await connection.query(statement);
}

/** Creates `schema` from scratch, and returns what the database then has. */
export async function make(
  { dialect, connection, clear, read }: Ground,
  schema: Schema,
): Promise<Schema> {
  await clear();
  await connection.batch(creations(schema).flatMap((it) => dialect.compile(it)));
  return await read();
}

/** Performs `operations` as a revision would. */
export async function perform(
  ground: Pick<Ground, "dialect" | "connection">,
  operations: readonly Operation[],
): Promise<void> {
  const { dialect, connection } = ground;
  const renames = connection.kind !== "libsql";
  for (const work of compileRecorded(operations.map((operation) => ({ operation })), dialect)) {
    if (work.kind === "statement") await runAll(ground, [work.statement]);
    if (work.kind !== "deferred") continue;
    await runAll(ground, await dialect.compileDeferred(work.recorded, connection, { renames }));
  }
}
