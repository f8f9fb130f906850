/**
 * Dialects are languages: what an operation is in SQL, and what a catalogue says. A dialect has no
 * connection but the one that it is given to read.
 *
 * @module
 */
import type { Operation, Recorded } from "../operations/operation.ts";
import type { NamingConvention } from "../schema/naming.ts";
import type { ObjectIdentity, QualifiedName, Schema } from "../schema/schema.ts";
import type { OwnStatement } from "../sql/own_statement.ts";
import type { Location, Queryable } from "../sql/statement.ts";

export type DialectName = "postgres" | "sqlite";

/** A statement of an operation. */
export interface CompiledStatement extends OwnStatement {
  /** False: it cannot run inside a transaction. */
  readonly transactional?: false;
  /** False: where foreign keys are enforced, it would delete or change rows of other tables. */
  readonly foreignKeys?: false;
  /** Which of several operations asked for it. */
  readonly at?: Location | undefined;
}

/** What a database lets a deferred operation do. */
export interface DeferredOptions {
  /** False: `legacy_alter_table` cannot be set, as on a libSQL server, so that no table can step aside. */
  readonly renames?: boolean;
}

export interface IntrospectOptions {
  /** PostgreSQL: absent is the schema that new tables go to. */
  readonly schemas?: readonly string[];
  /** Tables to leave out, with what stands on them. */
  readonly exclude?: readonly QualifiedName[];
  /** PostgreSQL: what roles may do, too; default false. */
  readonly grants?: boolean;
}

/** Why an operation waits for its turn to be compiled. */
export interface Deferral {
  /** Neighbours with the same subject, a table, are compiled together: they share one rebuild. */
  readonly subject: string;
  /** False: it need not wait, but joins a neighbour of the same subject that must. */
  readonly required: boolean;
}

/** What others can say something of: an object, a table's index as one, or a table's constraint. */
export type Owner = Omit<ObjectIdentity, "kind"> & {
  readonly kind: ObjectIdentity["kind"] | "constraint";
};

/** What keeps what others say of something that is dropped and made anew. */
export interface Belongings {
  /** Tells owners apart: equal for the same one, however its arguments are written. */
  readonly of: string;
  /** Answers it as statements, each the `said` of a row, in an order in which they can be run. */
  readonly query: CompiledStatement;
  /** Run before it is dropped. */
  readonly note: CompiledStatement;
  /** Run when it is there again, in the same session. */
  readonly putBack: CompiledStatement;
  /** Run where it has not been made again. */
  readonly forget: CompiledStatement;
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
  /** Returns what keeps the belongings of `owner` while it is made anew: comments, grants, whose it is. Undefined: it has none. */
  belongings(owner: Owner): Belongings | undefined;
  /**
   * Returns how `operation` depends on what only the database knows, if it does: then it is compiled
   * when its turn comes.
   */
  deferral(operation: Operation): Deferral | undefined;
  /**
   * Returns the statements of operations that follow each other and have one subject, for what
   * `connection` then has; they run in the transaction that `connection` is in.
   *
   * @throws {ToolError} `operation/invalid` or `operation/unsupported`, with the operation's place.
   */
  compileDeferred(
    recorded: readonly Recorded[],
    connection: Queryable,
    options?: DeferredOptions,
  ): Promise<readonly CompiledStatement[]>;
  /**
   * Returns `operation` as a person would write it: without what the database adds by itself when it reads
   * it, so that it makes the very same.
   *
   * @param naming The project's, by which what has no name would get one.
   */
  asWritten(operation: Operation, naming: NamingConvention): Operation;
  /** Returns `schema` as the database would spell it, so that it can be compared with what it answers. */
  normalize(schema: Schema): Schema;
  introspect(connection: Queryable, options?: IntrospectOptions): Promise<Schema>;
  /** Returns what is there beside that, as people call it: `virtual table search`. */
  unread(connection: Queryable, options?: IntrospectOptions): Promise<readonly string[]>;
}
