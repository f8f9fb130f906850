/**
 * Operations: changes to a schema as a closed union, and total functions over it. This folder knows
 * no dialect and no connection.
 *
 * @module
 */
import type { ColumnPart } from "../schema/column.ts";
import type { NameLike } from "../schema/qualified_name.ts";
import type { IndexOptions, TablePart } from "../schema/table.ts";
import type { DefaultValue } from "../schema/expressions.ts";
import type { ColumnType } from "../schema/types.ts";
import type { Column, Constraint, Index, QualifiedName, Schema, Table } from "../schema/schema.ts";
import type { Location, Row, Sql, Statement, Value } from "../sql/statement.ts";

type On = { readonly table: QualifiedName };

/** A change to a schema, or to what is in it. */
export type Operation =
  | { readonly kind: "createTable"; readonly table: Table; readonly ifNotExists?: true }
  | {
    readonly kind: "dropTable";
    readonly name: QualifiedName;
    readonly ifExists?: true;
    /** What it drops, where that is known: with it the operation can be inverted. */
    readonly existing?: Table;
  }
  | { readonly kind: "renameTable"; readonly name: QualifiedName; readonly to: string }
  | (On & {
    readonly kind: "addColumn";
    readonly column: Column;
    readonly constraints: readonly Constraint[];
  })
  | (On & { readonly kind: "dropColumn"; readonly column: string; readonly existing?: Column })
  | (On & { readonly kind: "renameColumn"; readonly column: string; readonly to: string })
  | (On & {
    readonly kind: "alterColumn";
    readonly column: string;
    readonly change: ColumnChange;
    /** What `change` replaces, where that is known; the same keys. */
    readonly existing?: ColumnChange;
    /** PostgreSQL: the expression that converts the values of a changed type. */
    readonly using?: Sql;
  })
  | (On & {
    readonly kind: "createIndex";
    readonly index: Index;
    readonly concurrently?: true;
    readonly ifNotExists?: true;
  })
  | (On & {
    readonly kind: "dropIndex";
    readonly index: string;
    readonly concurrently?: true;
    readonly ifExists?: true;
    readonly existing?: Index;
  })
  | (On & { readonly kind: "bulkInsert"; readonly rows: readonly Row[] })
  | { readonly kind: "execute"; readonly statement: Statement }
  | {
    readonly kind: "run";
    /** What the body does, for people: one line. */
    readonly summary: string;
    /** In here, operations act at once. */
    readonly body: RunBody;
  };

/** The properties of a column that change; a null removes the property. */
export interface ColumnChange {
  readonly type?: Column["type"];
  readonly nullable?: boolean;
  readonly default?: Sql | null;
  readonly comment?: string | null;
}

export type OperationOf<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

export type OperationHandlers<Result> = {
  readonly [Kind in Operation["kind"]]: (operation: OperationOf<Kind>) => Result;
};

/** An operation with the place in the user's file that asked for it, where that is known. */
export interface Recorded {
  readonly operation: Operation;
  readonly at?: Location | undefined;
}

/** Why nothing can undo an operation. */
export interface Irreversible {
  readonly reason: string;
}

/** What a `run` does: queries on `db`, and operations that act at once. It may run again if its transaction is tried again. */
export type RunBody = (db: Inspectable, op: Operations<Promise<void>>) => Promise<void>;

/** The connection, as the body of a `run` sees it: inside the step's own transaction. */
export interface Inspectable {
  /** Returns the rows of a query: db.query`SELECT id FROM users WHERE email = ${email}`. What stands in `${}` travels as a parameter. */
  query(text: TemplateStringsArray, ...values: readonly Value[]): Promise<readonly Row[]>;
  query(statement: Statement | string): Promise<readonly Row[]>;
  /** Returns the schema as the database has it now. */
  inspect(): Promise<InspectedSchema>;
}

/** A schema as it was when it was asked for, easy to look into. */
export interface InspectedSchema extends Schema {
  /** Returns the table `name`, if there is one: `(await db.inspect()).table("users")`. */
  table(name: NameLike): Table | undefined;
}

/** What a revision can ask of the run that it is part of. */
export interface OperationsContext {
  readonly dialect: "postgres" | "sqlite";
  /** What `-x KEY=VALUE` said. */
  readonly x: Readonly<Record<string, string>>;
  /** What `--tag TEXT` said. */
  readonly tag: string | undefined;
}

/** How a column changes. `existing…` is what the way back needs. */
export interface AlterColumnOptions {
  readonly type?: ColumnType;
  readonly nullable?: boolean;
  /** Null takes the default away. */
  readonly serverDefault?: DefaultValue | null;
  /** Null takes the comment away. */
  readonly comment?: string | null;
  /** PostgreSQL: the expression that converts the values to the new type. */
  readonly using?: string | Sql;
  readonly existingType?: ColumnType;
  readonly existingNullable?: boolean;
  readonly existingServerDefault?: DefaultValue | null;
  readonly existingComment?: string | null;
}

/**
 * What `upgrade` and `downgrade` are given: a method for each kind of operation. There they record
 * (`Operations<void>`), and nothing touches the database; in the body of a `run` they act at once.
 *
 * A table is named `"users"`, `"app.users"`, or `{ schema, name }` where a name holds a dot.
 */
export interface Operations<Result = void> extends OperationsContext {
  createTable(name: NameLike, ...parts: readonly TablePart[]): Result;
  dropTable(name: NameLike, options?: { readonly ifExists?: boolean }): Result;
  renameTable(name: NameLike, to: string): Result;
  addColumn(table: NameLike, column: ColumnPart): Result;
  dropColumn(table: NameLike, column: string): Result;
  renameColumn(table: NameLike, column: string, to: string): Result;
  alterColumn(table: NameLike, column: string, change: AlterColumnOptions): Result;
  createIndex(
    name: string,
    table: NameLike,
    on: readonly (string | Sql)[],
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
  bulkInsert(table: NameLike, rows: readonly Row[]): Result;
  /** Runs one statement: text, or sql`…` with values that travel as parameters. */
  execute(statement: string | Statement): Result;
  /** Runs code that may look at the database. `summary` says for people what it does. */
  run(summary: string, body: RunBody): Result;
}
