/**
 * Operations: changes to a schema as a closed union, and total functions over it. This folder does not
 * depend on dialects or connections.
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

/** The table that an operation changes. */
export interface OnTable {
  readonly table: QualifiedName;
}

/** A change to a schema or to its data. */
export type Operation =
  | { readonly kind: "createTable"; readonly table: Table; readonly ifNotExists?: true }
  | {
    readonly kind: "dropTable";
    readonly name: QualifiedName;
    readonly ifExists?: true;
    /** Drops everything that depends on it, too. */
    readonly cascade?: true;
    /** The table that it drops, if known, which makes the operation reversible. */
    readonly existing?: Table;
  }
  | { readonly kind: "renameTable"; readonly name: QualifiedName; readonly to: string }
  | (OnTable & {
    readonly kind: "addColumn";
    readonly column: Column;
    readonly constraints: readonly Constraint[];
    readonly ifNotExists?: true;
    /**
     * Where to put it among the other columns; absent: last. SQLite only, which rebuilds the table for
     * it.
     */
    readonly position?: ColumnPosition;
  })
  | (OnTable & {
    readonly kind: "dropColumn";
    readonly column: string;
    readonly ifExists?: true;
    readonly existing?: Column;
  })
  | (OnTable & { readonly kind: "renameColumn"; readonly column: string; readonly to: string })
  | (OnTable & {
    readonly kind: "alterColumn";
    readonly column: string;
    readonly change: ColumnChange;
    /** The old values of the properties in `change`, if known. */
    readonly existing?: ColumnChange;
    /** PostgreSQL: the expression that converts the values of a changed type. */
    readonly using?: Sql;
  })
  | (OnTable & {
    readonly kind: "addConstraint";
    readonly constraint: Constraint;
    /** For a primary key: the columns in it that were nullable before, if known. */
    readonly existing?: { readonly nullable: readonly string[] };
  })
  | (OnTable & {
    readonly kind: "dropConstraint";
    /** For an unnamed constraint, described by `existing`: the name that it would be given. */
    readonly name: string;
    readonly ifExists?: true;
    readonly cascade?: true;
    readonly existing?: Constraint;
  })
  | (OnTable & { readonly kind: "renameConstraint"; readonly name: string; readonly to: string })
  /** Checks existing rows against a constraint that was created `notValid`. */
  | (OnTable & {
    readonly kind: "validateConstraint";
    readonly name: string;
    /** The constraint before, still `notValid`. */
    readonly existing?: Constraint;
  })
  | (OnTable & {
    readonly kind: "alterTable";
    readonly change: TableChange;
    /** The old values of the options in `change`, if known. */
    readonly existing?: TableChange;
  })
  | (OnTable & {
    readonly kind: "commentTable";
    /** Null removes it. */
    readonly comment: string | null;
    readonly existing?: string | null;
  })
  | (OnTable & {
    readonly kind: "secureRows";
    readonly security: RowSecurity | "disabled";
    readonly existing?: RowSecurity | "disabled";
  })
  | (OnTable & {
    readonly kind: "attachPartition";
    readonly partition: QualifiedName;
    readonly bounds: Sql;
  })
  | (OnTable & {
    readonly kind: "detachPartition";
    readonly partition: QualifiedName;
    readonly concurrently?: true;
    /** The bounds before. */
    readonly existing?: Sql;
  })
  | (OnTable & {
    readonly kind: "createIndex";
    readonly index: Index;
    readonly concurrently?: true;
    readonly ifNotExists?: true;
  })
  | (OnTable & {
    readonly kind: "dropIndex";
    readonly index: string;
    readonly concurrently?: true;
    readonly ifExists?: true;
    readonly existing?: Index;
  })
  | (OnTable & { readonly kind: "renameIndex"; readonly index: string; readonly to: string })
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
    /** The values before. */
    readonly existing?: readonly string[];
  }
  | {
    readonly kind: "renameEnumValue";
    readonly name: QualifiedName;
    readonly value: string;
    readonly to: string;
  }
  /** Recreates the type and converts the columns that use it: the only way to remove a value. */
  | {
    readonly kind: "changeEnum";
    readonly name: QualifiedName;
    readonly values: readonly string[];
    /** Replacements of removed values: old to new. */
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
  /** Replaces the object with the same identity, or creates it. */
  | {
    readonly kind: "replaceObject";
    readonly object: SchemaObject;
    readonly existing?: SchemaObject;
  }
  /** Runs its operations outside a transaction, each committing by itself. */
  | { readonly kind: "autocommit"; readonly operations: readonly Recorded[] }
  | (OnTable & { readonly kind: "bulkInsert"; readonly rows: readonly Row[] })
  | { readonly kind: "execute"; readonly statement: Statement }
  | {
    readonly kind: "run";
    /** What the body does, in one line, for people to read. */
    readonly summary: string;
    /** Operations in it take effect immediately. */
    readonly body: RunBody;
  };

export type OperationOf<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

export type OperationHandlers<Result> = {
  readonly [Kind in Operation["kind"]]: (operation: OperationOf<Kind>) => Result;
};

/** An operation, with the location of the call in the user's file, if known. */
export interface Recorded {
  readonly operation: Operation;
  readonly at?: Location | undefined;
}

/** Why an operation is irreversible; of several operations, also which one. */
export interface Irreversible extends Partial<Recorded> {
  readonly reason: string;
}
