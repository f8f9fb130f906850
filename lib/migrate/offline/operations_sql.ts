import { notesOn } from "../../autogenerate/render/notes_on.ts";
import type { Database } from "../../database/open_database.ts";
import type { CompiledStatement, DeferredOptions, Dialect } from "../../dialect/dialect.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import { apply } from "../../operations/apply/apply.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Schema } from "../../schema/schema.ts";
import { scriptStatement } from "../../sql/script_statement.ts";
import type { Queryable } from "../../sql/statement.ts";
import { advised } from "../../dialect/advised.ts";
import { replicaOf } from "./compile_ahead.ts";
import { type Group, groupRecorded } from "../compile_recorded.ts";
import { refusedBy } from "../explain/explain_failure.ts";
import { type Keeping, keepingBelongings, writingBelongings } from "../keeping_belongings.ts";

/** What operations are compiled for. */
export interface SqlGround {
  readonly dialect: Dialect;
  /** A database that has `schema`; it is not changed. */
  readonly connection: Queryable;
  /** The schema that the operations are applied to. */
  readonly schema: Schema;
  /** Whether SQLite is to enforce foreign keys where they run. */
  readonly foreignKeys: boolean;
  /** How tables can be rebuilt where they run; absent: as on SQLite itself. */
  readonly deferred?: DeferredOptions;
  /**
   * The database with the comments, grants and owners of the objects to be recreated; absent: they
   * are unknown.
   */
  readonly belongings?: Queryable | undefined;
}

/**
 * Returns the lines of the statements for `parts`, in order: separately for each part, below
 * comments that say what is destroyed. What depends on the state of the database, such as a rebuild
 * on SQLite, is compiled for a database like that of `ground`.
 *
 * @throws {ToolError} `operation/unsupported` for what can only be expressed in a module.
 */
export async function operationsSql(
  parts: readonly (readonly Operation[])[],
  ground: SqlGround,
): Promise<readonly (readonly string[])[]> {
  const { dialect, connection } = ground;
  await using replica = dialect.name === "sqlite" ? await replicaOf(connection) : undefined;
  const written: string[][] = [];
  let { schema } = ground;
  for (const operations of parts) {
    const recorded = operations.map((operation) => ({ operation }));
    const lines: string[] = [];
    const keeping = ground.belongings
      ? await writingBelongings(operations, dialect, ground.belongings)
      : keepingBelongings(operations, dialect);
    for (const group of groupRecorded(recorded, dialect)) {
      const statements = await compiled(group, { ...ground, schema, replica, keeping });
      schema = group.members.reduce((it, { operation }) => apply(operation, it), schema);
      lines.push(
        ...group.members.flatMap((it) => notesOn(it.operation).map((note) => `-- ${note}`)),
        ...statements.map((it) => scriptStatement(it, dialect.name).slice(0, -1)),
      );
    }
    // The template has an empty line of its own after the last one.
    written.push(lines.map((it, at) => at === lines.length - 1 ? it.trimEnd() : it));
  }
  return written;
}

async function compiled(
  { members, required }: Group,
  { dialect, schema, foreignKeys, deferred, replica, keeping }: SqlGround & {
    readonly replica: Database | undefined;
    readonly keeping: Keeping;
  },
): Promise<readonly CompiledStatement[]> {
  if (replica === undefined) {
    return compiledOneByOne(members.map((it) => it.operation), dialect, schema, keeping);
  }
  const statements = required
    ? await dialect.compileDeferred(members, replica.connection, deferred)
    : members.flatMap((it) => dialect.compile(it.operation));
  const lossy = foreignKeys && statements.find((it) => it.foreignKeys === false);
  if (lossy) throw onlyInModules();
  for (const it of statements) {
    await replica.connection.query(it).catch(async (error: unknown) => {
      if (!(error instanceof DatabaseError)) throw error;
      throw refusedBy(error) ?? await advised(error, dialect.name, replica.connection);
    });
  }
  return statements;
}

function compiledOneByOne(
  operations: readonly Operation[],
  dialect: Dialect,
  before: Schema,
  keeping: Keeping,
): readonly CompiledStatement[] {
  let schema = before;
  return operations.flatMap((operation) => {
    const statements = dialect.compile(dialect.asWritten(operation, {}), schema);
    schema = apply(operation, schema);
    return keeping(operation, statements);
  });
}

function onlyInModules(): ToolError {
  return new ToolError(
    "operation/unsupported",
    "Cannot write a rebuild of a table as SQL: foreign keys are enforced here, and rows that refer to it would be deleted with the old one",
    { hint: "Add --format ts: a revision in TypeScript runs with them off" },
  );
}
