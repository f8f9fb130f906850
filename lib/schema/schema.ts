/**
 * A schema as a value. This folder knows no dialect and no operation.
 *
 * @module
 */
import type { Sql } from "../sql/statement.ts";
import type { ColumnType } from "./types.ts";

/** The name of an object, with the schema that holds it; absent: the database's default one. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Sql;
  readonly generated?: { readonly expression: Sql; readonly stored: boolean };
  readonly identity?: "always" | "byDefault";
  readonly comment?: string;
}

export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

export type Constraint =
  | { readonly kind: "primaryKey"; readonly name?: string; readonly columns: readonly string[] }
  | { readonly kind: "unique"; readonly name?: string; readonly columns: readonly string[] }
  | {
    readonly kind: "foreignKey";
    readonly name?: string;
    readonly columns: readonly string[];
    /** No columns: the primary key of the table that it references. */
    readonly references: QualifiedName & { readonly columns: readonly string[] };
    readonly onDelete?: ForeignKeyAction;
    readonly onUpdate?: ForeignKeyAction;
    /** Absent: not deferrable. */
    readonly deferrable?: "immediate" | "deferred";
  }
  | { readonly kind: "check"; readonly name?: string; readonly expression: Sql };

export interface Index {
  readonly name: string;
  /** A column's name, or an expression, in order. */
  readonly on: readonly (string | Sql)[];
  readonly unique: boolean;
  readonly where?: Sql;
  /** PostgreSQL's access method; absent: `btree`. */
  readonly using?: string;
}

export interface Table extends QualifiedName {
  /** In declared order. */
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly comment?: string;
}

export interface Schema {
  /** In no order that means anything. */
  readonly tables: readonly Table[];
}
