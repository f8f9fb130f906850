import type { ColumnPart } from "../schema/column.ts";
import type { ConstraintName } from "../schema/constraint_name.ts";
import type { DefaultValue } from "../schema/expressions.ts";
import type { NamingConvention } from "../schema/naming.ts";
import type { PolicyOptions } from "../schema/objects.ts";
import type { NameLike } from "../schema/qualified_name.ts";
import type {
  Collation,
  Column,
  Constraint,
  ExcludeElement,
  IndexElement,
  ObjectIdentity,
  Schema,
  SchemaObject,
  SequenceOptions,
  Table,
} from "../schema/schema.ts";
import type {
  ConstraintOptions,
  ExcludeOptions,
  IndexOptions,
  TablePart,
} from "../schema/table.ts";
import type { ColumnType } from "../schema/types.ts";
import type { Row, Sql, Statement, Value } from "../sql/statement.ts";
import type { ColumnChange, ColumnPosition } from "./column_change.ts";
import type { TableChange } from "./table_change.ts";

/**
 * The body of a `run`: queries on `db`, and operations on `op` that take effect immediately. It runs
 * again if its transaction is retried.
 */
export type RunBody = (db: Inspectable, op: Operations<Promise<void>>) => Promise<void>;

/** The connection that the body of a `run` gets: inside the transaction of the step. */
export interface Inspectable {
  /**
   * Returns the rows of a query: db.query`SELECT id FROM users WHERE email = ${email}`. Values in `${}`
   * are sent as parameters. For text of several statements, returns the rows of the last.
   */
  query(text: TemplateStringsArray, ...values: readonly (Value | Date)[]): Promise<readonly Row[]>;
  query(statement: Statement | string): Promise<readonly Row[]>;
  /** Returns the current schema of the database. */
  inspect(): Promise<InspectedSchema>;
}

/** The schema as of the call of `inspect`. */
export interface InspectedSchema extends Schema {
  /** Returns the table `name`, if it exists: `(await db.inspect()).table("users")`. */
  table(name: NameLike): Table | undefined;
}

/** What a revision can find out about the current run. */
export interface OperationsContext {
  readonly dialect: "postgres" | "sqlite";
  /** The values of `-x KEY=VALUE`. */
  readonly x: Readonly<Record<string, string>>;
  /** The value of `--tag TEXT`. */
  readonly tag: string | undefined;
  /** The naming convention in the project's `env.ts`. */
  readonly naming?: NamingConvention | undefined;
}

/** How a column changes. `existing…` are the values that the downgrade restores. */
export interface AlterColumnOptions {
  readonly type?: ColumnType;
  readonly nullable?: boolean;
  /** Null removes the default. */
  readonly serverDefault?: DefaultValue | null;
  /** Null removes the comment. */
  readonly comment?: string | null;
  /** PostgreSQL: the expression that converts the values to the new type. */
  readonly using?: string | Sql;
  readonly collation?: Collation | null;
  /** Null or "none" makes it a plain column. */
  readonly identity?: ColumnChange["identity"] | Column["identity"];
  /** Null turns a generated column into a plain one. */
  readonly generated?: { readonly expression: string | Sql; readonly stored?: boolean } | null;
  /** Renames the column, after everything else. */
  readonly newName?: string;
  readonly existingType?: ColumnType;
  readonly existingNullable?: boolean;
  readonly existingServerDefault?: DefaultValue | null;
  readonly existingComment?: string | null;
  readonly existingCollation?: Collation | null;
  readonly existingIdentity?: AlterColumnOptions["identity"];
  readonly existingGenerated?: AlterColumnOptions["generated"];
}

/** How something is dropped. */
export interface DropOptions {
  readonly ifExists?: boolean;
  /** PostgreSQL: drop everything that depends on it, too. */
  readonly cascade?: boolean;
}

/** How an object is created where another may have its name. */
export interface CreateObjectOptions {
  readonly ifNotExists?: boolean;
  /** Replace an existing object. */
  readonly replace?: boolean;
  /**
   * The object that is replaced. With it, PostgreSQL's domains and composite types are altered in
   * place, without recreating what uses them.
   */
  readonly existing?: SchemaObject;
}

/** How a constraint is dropped. */
export interface DropConstraintOptions extends DropOptions {
  /** SQLite: the definition of an unnamed constraint, to tell it from others like it. */
  readonly existing?: Constraint;
}

/**
 * The operations on one table that `batchAlterTable` passes to its function: those of `op` without the
 * table argument.
 */
export type BatchOperations<Result = void> =
  & {
    readonly [
      Method in
        | "dropColumn"
        | "renameColumn"
        | "alterColumn"
        | "addConstraint"
        | "dropConstraint"
        | "renameConstraint"
        | "validateConstraint"
        | "alterTable"
        | "commentTable"
    ]: (
      ...given: Parameters<Operations<Result>[Method]> extends
        readonly [table: NameLike, ...infer Rest] ? Rest : never
    ) => Result;
  }
  & {
    readonly [
      Method in
        | "createIndex"
        | "createCheckConstraint"
        | "createUniqueConstraint"
        | "createPrimaryKey"
        | "createExcludeConstraint"
    ]: (
      ...given: Parameters<Operations<Result>[Method]> extends
        readonly [name: infer Name, table: NameLike, ...infer Rest] ? [name: Name, ...Rest] : never
    ) => Result;
  }
  & {
    /** A position can be given instead of the options. */
    addColumn(
      column: ColumnPart,
      options?: ColumnPosition | Parameters<Operations<Result>["addColumn"]>[2],
    ): Result;
    createForeignKey(
      name: ConstraintName | null,
      referent: NameLike,
      columns: readonly string[],
      referentColumns: readonly string[],
      options?: Parameters<Operations<Result>["createForeignKey"]>[5],
    ): Result;
    dropIndex(
      name: string,
      options?: Omit<Parameters<Operations<Result>["dropIndex"]>[1], "table">,
    ): Result;
    renameIndex(name: string, to: string): Result;
  };

/**
 * The argument of `upgrade` and `downgrade`: a method for each kind of operation. There, the methods
 * record operations (`Operations<void>`) without touching the database; in the body of a `run`, they
 * take effect immediately.
 *
 * A table is given as `"users"`, `"app.users"`, or `{ schema, name }` if a name contains a dot.
 */
export interface Operations<Result = void> extends OperationsContext {
  createTable(name: NameLike, ...parts: readonly TablePart[]): Result;
  dropTable(name: NameLike, options?: DropOptions): Result;
  /** The table stays in its schema. */
  renameTable(name: NameLike, to: NameLike): Result;
  /** Changes options of a table: `op.alterTable("events", { unlogged: true, tablespace: null })`. */
  alterTable(table: NameLike, change: TableChange & { readonly existing?: TableChange }): Result;
  /** Null removes the comment. */
  commentTable(table: NameLike, comment: string | null): Result;
  addColumn(
    table: NameLike,
    column: ColumnPart,
    options?: {
      readonly ifNotExists?: boolean;
      readonly position?: ColumnPosition;
      /** In addition to the column's own: `[check("age > 0", { name: "ck_age" })]`. */
      readonly constraints?: readonly Constraint[];
    },
  ): Result;
  dropColumn(table: NameLike, column: string, options?: { readonly ifExists?: boolean }): Result;
  renameColumn(table: NameLike, column: string, to: string): Result;
  alterColumn(table: NameLike, column: string, change: AlterColumnOptions): Result;
  createIndex(
    name: string,
    table: NameLike,
    on: readonly IndexElement[],
    options?: IndexOptions & { readonly concurrently?: boolean; readonly ifNotExists?: boolean },
  ): Result;
  dropIndex(
    name: string,
    options: {
      readonly table: NameLike;
      readonly concurrently?: boolean;
      readonly ifExists?: boolean;
    },
  ): Result;
  renameIndex(name: string, to: string, options: { readonly table: NameLike }): Result;
  /**
   * `op.addConstraint("posts", foreignKey(["user_id"], "users.id", { name: "fk_posts_user" }))`;
   * likewise `check`, `unique`, `primaryKey` and `exclude`.
   */
  addConstraint(table: NameLike, constraint: Constraint): Result;
  createCheckConstraint(
    name: ConstraintName | null,
    table: NameLike,
    condition: string | Sql,
    options?: Omit<ConstraintOptions<"check">, "expression">,
  ): Result;
  createUniqueConstraint(
    name: ConstraintName | null,
    table: NameLike,
    columns: readonly string[],
    options?: Omit<ConstraintOptions<"unique">, "columns">,
  ): Result;
  createPrimaryKey(
    name: ConstraintName | null,
    table: NameLike,
    columns: readonly string[],
  ): Result;
  createForeignKey(
    name: ConstraintName | null,
    source: NameLike,
    referent: NameLike,
    columns: readonly string[],
    referentColumns: readonly string[],
    options?: Omit<ConstraintOptions<"foreignKey">, "columns" | "references">,
  ): Result;
  createExcludeConstraint(
    name: ConstraintName | null,
    table: NameLike,
    elements: readonly ExcludeElement[],
    options?: Omit<ExcludeOptions, "name">,
  ): Result;
  dropConstraint(table: NameLike, name: string, options?: DropConstraintOptions): Result;
  renameConstraint(table: NameLike, name: string, to: string): Result;
  /** Checks all rows against a constraint that was created `notValid`. */
  validateConstraint(table: NameLike, name: string): Result;
  /**
   * Passes the operations on one table to `body`. On SQLite, consecutive operations on a table share a
   * rebuild, with or without this.
   */
  batchAlterTable<Answer>(
    table: NameLike,
    body: (batch: BatchOperations<Result>) => Answer,
  ): Answer;
  /**
   * Runs the operations of `body` outside a transaction, each statement committing by itself. Not
   * available in the body of a `run`.
   */
  autocommitBlock(body: () => void): void;
  /** Creates an enum type on PostgreSQL; does nothing on SQLite, where columns check their values. */
  createEnum(name: NameLike, values: readonly string[]): Result;
  dropEnum(name: NameLike, options?: { readonly ifExists?: boolean }): Result;
  addEnumValue(
    name: NameLike,
    value: string,
    options?: { readonly ifNotExists?: boolean } & Partial<Record<"before" | "after", string>>,
  ): Result;
  renameEnumValue(name: NameLike, value: string, to: string): Result;
  /** Recreates the type with `values`; `replaced` maps removed values to their replacements. */
  changeEnum(
    name: NameLike,
    values: readonly string[],
    options?: { readonly replaced?: Readonly<Record<string, string>> },
  ): Result;
  /** Creates an object described by `view(…)`, `sequence(…)`, `functionObject(…)` … */
  createObject(object: SchemaObject, options?: CreateObjectOptions): Result;
  dropObject(object: ObjectIdentity, options?: DropOptions): Result;
  createSchema(name: string, options?: { readonly ifNotExists?: boolean }): Result;
  dropSchema(name: string, options?: DropOptions): Result;
  createExtension(
    name: string,
    options?: {
      readonly schema?: string;
      readonly version?: string;
      readonly ifNotExists?: boolean;
    },
  ): Result;
  dropExtension(name: string, options?: DropOptions): Result;
  createSequence(
    name: NameLike,
    options?: SequenceOptions & { readonly ifNotExists?: boolean },
  ): Result;
  dropSequence(name: NameLike, options?: DropOptions): Result;
  /**
   * Makes a column the owner of a sequence, which is then dropped along with the column: `OWNED BY`.
   * `op.ownSequence("invoice_number", "invoices", "number")`
   */
  ownSequence(name: NameLike, table: NameLike, column: string): Result;
  /** Ends a column's ownership of a sequence: `OWNED BY NONE`. */
  disownSequence(name: NameLike, table: NameLike, column: string): Result;
  createDomain(name: NameLike, definition: string): Result;
  dropDomain(name: NameLike, options?: DropOptions): Result;
  createView(name: NameLike, query: string | Sql, options?: CreateObjectOptions): Result;
  dropView(name: NameLike, options?: DropOptions): Result;
  createMaterializedView(name: NameLike, query: string | Sql): Result;
  dropMaterializedView(name: NameLike, options?: DropOptions): Result;
  /** `op.createFunction("add(integer, integer)", "CREATE FUNCTION add(a integer, b integer) …")` */
  createFunction(
    signature: string,
    definition: string | Sql,
    options?: CreateObjectOptions,
  ): Result;
  dropFunction(signature: string, options?: DropOptions): Result;
  createProcedure(
    signature: string,
    definition: string | Sql,
    options?: CreateObjectOptions,
  ): Result;
  dropProcedure(signature: string, options?: DropOptions): Result;
  createTrigger(
    name: string,
    table: NameLike,
    definition: string | Sql,
    options?: CreateObjectOptions,
  ): Result;
  dropTrigger(name: string, table: NameLike, options?: DropOptions): Result;
  enableRowSecurity(table: NameLike, options?: { readonly force?: boolean }): Result;
  disableRowSecurity(table: NameLike): Result;
  createPolicy(name: string, table: NameLike, options?: PolicyOptions): Result;
  dropPolicy(name: string, table: NameLike, options?: DropOptions): Result;
  /** `op.attachPartition("events", "events_2026", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")` */
  attachPartition(table: NameLike, partition: NameLike, bounds: string | Sql): Result;
  detachPartition(
    table: NameLike,
    partition: NameLike,
    options?: { readonly concurrently?: boolean },
  ): Result;
  /** `op.grant("SELECT, INSERT", "TABLE users", "app")` */
  grant(privileges: string, on: string, role: string): Result;
  revoke(privileges: string, on: string, role: string): Result;
  bulkInsert(table: NameLike, rows: readonly Row[]): Result;
  /** Runs one statement: plain text, or sql`…`, whose values are sent as parameters. */
  execute(statement: string | Statement): Result;
  /** Runs code that can query the database. `summary` is shown to people. */
  run(summary: string, body: RunBody): Result;
}
