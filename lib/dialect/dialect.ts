/**
 * Dialects are languages: what an operation is in SQL, and what a catalogue says. A dialect has no
 * connection but the one that it is given to read.
 *
 * @module
 */
import type { Operation } from "../operations/operation.ts";
import type { QualifiedName, Schema } from "../schema/schema.ts";
import type { Queryable, Statement } from "../sql/statement.ts";

export type DialectName = "postgres" | "sqlite";

/** A statement of an operation. */
export interface CompiledStatement extends Statement {
  /** False: it cannot run inside a transaction. */
  readonly transactional?: false;
}

export interface IntrospectOptions {
  /** PostgreSQL: absent is the schema that new tables go to. */
  readonly schemas?: readonly string[];
  /** Tables to leave out. */
  readonly exclude?: readonly QualifiedName[];
}

/** One database's language. */
export interface Dialect {
  readonly name: DialectName;
  /**
   * Returns the statements of `operation`, in the order to run them.
   *
   * @param before The schema that it is done to, where that is known.
   * @throws {ToolError} `operation/unsupported` if the database cannot do it, saying what to write instead.
   */
  compile(operation: Operation, before?: Schema): readonly CompiledStatement[];
  /** Returns `schema` as the database would spell it, so that it can be compared with what it answers. */
  normalize(schema: Schema): Schema;
  introspect(connection: Queryable, options?: IntrospectOptions): Promise<Schema>;
}
