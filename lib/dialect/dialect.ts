/**
 * A dialect is a language: it turns operations into SQL, and catalogues into schemas. It has no connection
 * except the one that it is given to read from.
 *
 * @module
 */
import type { Operation, Recorded } from "../operations/operation.ts";
import type { NamingConvention } from "../schema/naming.ts";
import type { ObjectIdentity, QualifiedName, Schema } from "../schema/schema.ts";
import type { OwnStatement } from "../sql/own_statement.ts";
import type { Location, Queryable } from "../sql/statement.ts";
import type { SessionSettings } from "./session_settings.ts";

/** The language of a database; that of libSQL is SQLite's. */
export type DialectName = "postgres" | "sqlite";

/** A statement of an operation. */
export interface CompiledStatement extends OwnStatement {
  /** False: it cannot run inside a transaction. */
  readonly transactional?: false;
  /** False: with foreign keys enforced, it would delete or change rows of other tables. */
  readonly foreignKeys?: false;
  /** Where the operation that it belongs to was recorded, if it was compiled with others. */
  readonly at?: Location | undefined;
}

/** What a database allows a deferred operation to do. */
export interface DeferredOptions {
  /** False: `legacy_alter_table` cannot be set, as on a libSQL server, so no table can be renamed out of the way. */
  readonly renames?: boolean;
}

export interface IntrospectOptions {
  /** PostgreSQL only. Default: the schema in which new tables are created. */
  readonly schemas?: readonly string[];
  /** Tables to leave out, with everything attached to them. */
  readonly exclude?: readonly QualifiedName[];
  /** PostgreSQL only: whether to read grants, too. Default: false. */
  readonly grants?: boolean;
}

/** Why an operation is compiled only when its turn comes. */
export interface Deferral {
  /** Consecutive operations with the same subject, such as a table, are compiled together: they share one rebuild. */
  readonly subject: string;
  /** False: it need not wait, but joins an adjacent operation of the same subject that must. */
  readonly required: boolean;
}

/**
 * Something that other statements can refer to: an object, a table, its index (as if it were an
 * object), or its constraint.
 */
export type Owner = Omit<ObjectIdentity, "kind"> & {
  readonly kind: ObjectIdentity["kind"] | "table" | "constraint";
};

/** The statements that preserve what other statements have set on an object while it is dropped and recreated. */
export interface Belongings {
  /** Identifies the owner: the same text however its arguments are written. */
  readonly of: string;
  /**
   * Returns the statements that restore the belongings, one per row in the column `said`, in an
   * order in which they can run.
   */
  readonly query: CompiledStatement;
  /** Runs before the object is dropped. */
  readonly note: CompiledStatement;
  /** Runs once it has been recreated, in the same session. */
  readonly putBack: CompiledStatement;
  /** Runs if it has not been recreated. */
  readonly forget: CompiledStatement;
}

/** Something that a database has and that `introspect` does not read. */
export interface Unread {
  /** Described for people: `virtual table search`. */
  readonly text: string;
  /** It is a property of something that is read, and counts on either side of a comparison. */
  readonly isProperty?: true;
}

/** One database's language. */
export interface Dialect {
  readonly name: DialectName;
  readonly session: SessionSettings;
  /**
   * Returns the statements of `operation`, in the order to run them.
   *
   * @param before The schema that the operation is applied to, if known.
   * @throws {ToolError} `operation/unsupported` if the database cannot do it, saying what to write instead.
   */
  compile(operation: Operation, before?: Schema): readonly CompiledStatement[];
  /**
   * Returns what preserves the belongings of `owner` (comments, grants, who owns it) while it is recreated;
   * undefined if it has none.
   */
  belongings(owner: Owner): Belongings | undefined;
  /**
   * Returns how `operation` depends on what only the database knows, if it does; it is then
   * compiled when its turn comes.
   */
  deferral(operation: Operation): Deferral | undefined;
  /**
   * Returns the statements of consecutive operations with one subject, for the state that `connection`
   * finds then. They run in the transaction that `connection` is in.
   *
   * @throws {ToolError} `operation/invalid` or `operation/unsupported`, with the operation's place.
   */
  compileDeferred(
    recorded: readonly Recorded[],
    connection: Queryable,
    options?: DeferredOptions,
  ): Promise<readonly CompiledStatement[]>;
  /**
   * Returns `operation` as a person would write it: without what the database adds by itself, so that it
   * still creates exactly the same.
   *
   * @param naming The project's convention, from which unnamed constraints and indexes would get their names.
   */
  asWritten(operation: Operation, naming: NamingConvention): Operation;
  /** Returns `schema` as the database would spell it, so that it can be compared with an introspected one. */
  normalize(schema: Schema): Schema;
  introspect(connection: Queryable, options?: IntrospectOptions): Promise<Schema>;
  /** Returns what the database has that `introspect` does not read. */
  unread(connection: Queryable, options?: IntrospectOptions): Promise<readonly Unread[]>;
}
