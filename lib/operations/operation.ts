/**
 * Operations: changes to a schema as a closed union, and total functions over it. This folder knows
 * no dialect and no connection.
 *
 * @module
 */
import type {
  Column,
  Constraint,
  Enum,
  Index,
  ObjectIdentity,
  QualifiedName,
  RowSecurity,
  SchemaObject,
  Table,
} from "../schema/schema.ts";
import type { Location, Row, Sql, Statement } from "../sql/statement.ts";
import type { ColumnChange, ColumnPosition } from "./column_change.ts";
import type { RunBody } from "./operations.ts";
import type { TableChange } from "./table_change.ts";

type On = { readonly table: QualifiedName };

/** A change to a schema, or to what is in it. */
export type Operation =
  | { readonly kind: "createTable"; readonly table: Table; readonly ifNotExists?: true }
  | {
    readonly kind: "dropTable";
    readonly name: QualifiedName;
    readonly ifExists?: true;
    /** With everything that needs it. */
    readonly cascade?: true;
    /** What it drops, where that is known: with it the operation can be inverted. */
    readonly existing?: Table;
  }
  | { readonly kind: "renameTable"; readonly name: QualifiedName; readonly to: string }
  | (On & {
    readonly kind: "addColumn";
    readonly column: Column;
    readonly constraints: readonly Constraint[];
    readonly ifNotExists?: true;
    /** Before or after which of the other columns; absent: last. SQLite only, whose tables are made anew for it. */
    readonly position?: ColumnPosition;
  })
  | (On & {
    readonly kind: "dropColumn";
    readonly column: string;
    readonly ifExists?: true;
    readonly existing?: Column;
  })
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
    readonly kind: "addConstraint";
    readonly constraint: Constraint;
    /** Of a primary key: which of its columns were nullable until then, where that is known. */
    readonly existing?: { readonly nullable: readonly string[] };
  })
  | (On & {
    readonly kind: "dropConstraint";
    /** Of one without a name that `existing` describes: the name that it would be given. */
    readonly name: string;
    readonly ifExists?: true;
    readonly cascade?: true;
    readonly existing?: Constraint;
  })
  | (On & { readonly kind: "renameConstraint"; readonly name: string; readonly to: string })
  /** Holds the rows to it that were there when it was made `notValid`. */
  | (On & {
    readonly kind: "validateConstraint";
    readonly name: string;
    /** What it was, still not valid. */
    readonly existing?: Constraint;
  })
  | (On & {
    readonly kind: "alterTable";
    readonly change: TableChange;
    /** What `change` replaces, where that is known; the same keys. */
    readonly existing?: TableChange;
  })
  | (On & {
    readonly kind: "commentTable";
    /** Null takes it away. */
    readonly comment: string | null;
    readonly existing?: string | null;
  })
  | (On & {
    readonly kind: "secureRows";
    readonly security: RowSecurity | "disabled";
    readonly existing?: RowSecurity | "disabled";
  })
  | (On & {
    readonly kind: "attachPartition";
    readonly partition: QualifiedName;
    readonly bounds: Sql;
  })
  | (On & {
    readonly kind: "detachPartition";
    readonly partition: QualifiedName;
    readonly concurrently?: true;
    /** The bounds that it had. */
    readonly existing?: Sql;
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
  | (On & { readonly kind: "renameIndex"; readonly index: string; readonly to: string })
  | { readonly kind: "createEnum"; readonly enum: Enum }
  | {
    readonly kind: "dropEnum";
    readonly name: QualifiedName;
    readonly ifExists?: true;
    readonly existing?: Enum;
  }
  | {
    readonly kind: "addEnumValue";
    readonly name: QualifiedName;
    readonly value: string;
    /** Absent: last. */
    readonly place?: ColumnPosition;
    readonly ifNotExists?: true;
    /** The values that it had. */
    readonly existing?: readonly string[];
  }
  | {
    readonly kind: "renameEnumValue";
    readonly name: QualifiedName;
    readonly value: string;
    readonly to: string;
  }
  /** Makes the type anew, with the columns that have it: the only way to take a value away. */
  | {
    readonly kind: "changeEnum";
    readonly name: QualifiedName;
    readonly values: readonly string[];
    /** What becomes of values that are no longer there: old to new. */
    readonly replaced?: Readonly<Record<string, string>>;
    readonly existing?: readonly string[];
  }
  | { readonly kind: "createObject"; readonly object: SchemaObject; readonly ifNotExists?: true }
  | {
    readonly kind: "dropObject";
    readonly object: ObjectIdentity;
    readonly ifExists?: true;
    readonly cascade?: true;
    readonly existing?: SchemaObject;
  }
  /** Puts it in the place of the object with the same identity, if there is one. */
  | {
    readonly kind: "replaceObject";
    readonly object: SchemaObject;
    readonly existing?: SchemaObject;
  }
  /** Runs its operations outside a transaction, each committing by itself. */
  | { readonly kind: "autocommit"; readonly operations: readonly Recorded[] }
  | (On & { readonly kind: "bulkInsert"; readonly rows: readonly Row[] })
  | { readonly kind: "execute"; readonly statement: Statement }
  | {
    readonly kind: "run";
    /** What the body does, for people: one line. */
    readonly summary: string;
    /** In here, operations act at once. */
    readonly body: RunBody;
  };

export type OperationOf<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

export type OperationHandlers<Result> = {
  readonly [Kind in Operation["kind"]]: (operation: OperationOf<Kind>) => Result;
};

/** An operation with the place in the user's file that asked for it, where that is known. */
export interface Recorded {
  readonly operation: Operation;
  readonly at?: Location | undefined;
}

/** Why nothing can undo an operation, or one of several: then which. */
export interface Irreversible extends Partial<Recorded> {
  readonly reason: string;
}
