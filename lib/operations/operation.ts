/**
 * Operations: changes to a schema as a closed union, and total functions over it. This folder knows
 * no dialect and no connection.
 *
 * @module
 */
import type { Column, Constraint, Index, QualifiedName, Schema, Table } from "../schema/schema.ts";
import type { Location, Queryable, Row, Sql, Statement } from "../sql/statement.ts";
import type { Operations } from "./operations.ts";

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
  | (On & { readonly kind: "addColumn"; readonly column: Column; readonly constraints: readonly Constraint[] })
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
  | (On & { readonly kind: "createIndex"; readonly index: Index; readonly concurrently?: true; readonly ifNotExists?: true })
  | (On & { readonly kind: "dropIndex"; readonly index: string; readonly concurrently?: true; readonly ifExists?: true; readonly existing?: Index })
  | (On & { readonly kind: "bulkInsert"; readonly rows: readonly Row[] })
  | { readonly kind: "execute"; readonly statement: Statement }
  | {
    readonly kind: "run";
    /** What the body does, for people: one line. */
    readonly summary: string;
    /** In here, operations act at once. */
    readonly body: (db: Inspectable, op: Operations<Promise<void>>) => Promise<void>;
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
  readonly at?: Location;
}

/** Why nothing can undo an operation. */
export interface Irreversible {
  readonly reason: string;
}

/** A connection that can say what is there, as the body of a `run` sees it. */
export interface Inspectable extends Queryable {
  /** Returns the schema as the database has it now. */
  inspect(): Promise<Schema>;
}
