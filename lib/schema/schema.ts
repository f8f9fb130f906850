/**
 * A schema as a value. This folder knows no dialect and no operation.
 *
 * @module
 */
import type { Sql } from "../sql/statement.ts";
import type { QualifiedName } from "./qualified_name.ts";
import type { ColumnType } from "./types.ts";

export type { QualifiedName };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Sql;
  readonly generated?: { readonly expression: Sql; readonly stored: boolean };
  /** Whether the database numbers it; absent: it does if it is a primary key of one integer column. */
  readonly identity?: Identity | "none";
  /** How its sequence counts. */
  readonly sequence?: SequenceOptions;
  /** Absent: the type's own. */
  readonly collation?: string;
  readonly comment?: string;
}

/** How a column is numbered: a standard identity (`byDefault` also accepts explicit values), or PostgreSQL's SERIAL. */
export type Identity = "always" | "byDefault" | "serial";

/** How a sequence counts; an absent field means the database's default. */
export interface SequenceOptions {
  readonly start?: number | bigint;
  readonly increment?: number | bigint;
  readonly minValue?: number | bigint;
  readonly maxValue?: number | bigint;
  readonly cache?: number;
  readonly cycle?: boolean;
}

export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** What SQLite does with a row that conflicts with others; absent: only the statement fails. */
export type ConflictResolution = "rollback" | "fail" | "ignore" | "replace";

/** When a constraint is checked, if it can be deferred; absent: always immediately. */
export type Deferrable = "immediate" | "deferred";

export type Constraint =
  & {
    readonly name?: string;
    /** No naming convention changes its name. Recording removes the mark. */
    readonly final?: true;
    readonly deferrable?: Deferrable;
    /** Rows that existed when it was made have not been checked. */
    readonly notValid?: true;
  }
  & (
    | ({
      readonly kind: "primaryKey";
      readonly columns: readonly string[];
      /** The last column is a range, which must not overlap in rows that are otherwise equal. PostgreSQL 18. */
      readonly withoutOverlaps?: true;
      readonly onConflict?: ConflictResolution;
    } & IndexStorage)
    | ({
      readonly kind: "unique";
      readonly columns: readonly string[];
      /** Nulls are equal to each other. */
      readonly nullsNotDistinct?: true;
      /** As for a primary key. */
      readonly withoutOverlaps?: true;
      readonly onConflict?: ConflictResolution;
    } & IndexStorage)
    | {
      readonly kind: "foreignKey";
      readonly columns: readonly string[];
      /** No columns: the primary key of the referenced table. */
      readonly references: QualifiedName & { readonly columns: readonly string[] };
      readonly onDelete?: ForeignKeyAction;
      /** The columns that `onDelete` sets; absent: all. PostgreSQL only. */
      readonly onDeleteColumns?: readonly string[];
      readonly onUpdate?: ForeignKeyAction;
      /** Absent: simple. */
      readonly match?: "full" | "partial";
      /** The last column is a range, which the referenced rows must cover. PostgreSQL 18. */
      readonly period?: true;
      /** No row has to satisfy it. PostgreSQL 18. */
      readonly notEnforced?: true;
    }
    | {
      readonly kind: "check";
      readonly expression: Sql;
      /** Tables that inherit from this one do not get it. */
      readonly noInherit?: true;
      /** As for a foreign key. */
      readonly notEnforced?: true;
    }
    | ({
      readonly kind: "exclude";
      /** The access method. */
      readonly using: string;
      readonly elements: readonly ExcludeElement[];
      readonly where?: Sql;
    } & IndexStorage)
  );

export type ConstraintOf<Kind extends Constraint["kind"]> = Extract<Constraint, { kind: Kind }>;

/** How the index of an index or a constraint is stored. PostgreSQL only. */
export interface IndexStorage {
  /** Columns whose values are stored with the key. */
  readonly include?: readonly string[];
  /** Storage parameters. */
  readonly with?: Readonly<Record<string, string>>;
  readonly tablespace?: string;
}

/** No two rows may have values for which all the operators hold. */
export interface ExcludeElement extends IndexElementParts {
  /** `=`, `&&` … */
  readonly operator: string;
}

/** What an index sorts by: a column's name, an expression, or an object with more detail. */
export type IndexElement = string | Sql | IndexElementParts;

/** An index element with its parts by name. */
export interface IndexElementParts {
  readonly on: string | Sql;
  readonly collation?: string;
  readonly operatorClass?: string;
  /** Absent: ascending. */
  readonly order?: "desc";
  /** Absent: last if ascending, first if descending, as in PostgreSQL. */
  readonly nulls?: "first" | "last";
}

export interface Index extends IndexStorage {
  readonly name: string;
  /** In order. */
  readonly on: readonly IndexElement[];
  readonly unique: boolean;
  readonly nullsNotDistinct?: true;
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
  readonly options?: TableOptions;
  /** Row-level security; absent: off. Forced applies to the table's owner, too. */
  readonly rowSecurity?: RowSecurity;
}

export type RowSecurity = "enabled" | "forced";

/** Options that CREATE TABLE takes outside its parentheses. */
export interface TableOptions {
  /** SQLite: types are enforced, https://www.sqlite.org/stricttables.html */
  readonly strict?: true;
  /** SQLite: https://www.sqlite.org/withoutrowid.html */
  readonly withoutRowid?: true;
  /** SQLite: the primary key never reuses a number, https://www.sqlite.org/autoinc.html */
  readonly autoincrement?: true;
  /** PostgreSQL: not written to the log; empty after a crash. */
  readonly unlogged?: true;
  /** PostgreSQL: `RANGE (created_at)`. */
  readonly partitionBy?: Sql;
  /** PostgreSQL: it is a partition of `table` and has its columns. */
  readonly partitionOf?: PartitionOf;
  /** PostgreSQL: the tables it inherits columns from. */
  readonly inherits?: readonly QualifiedName[];
  /** PostgreSQL: storage parameters. */
  readonly with?: Readonly<Record<string, string>>;
  readonly tablespace?: string;
}

export interface PartitionOf {
  readonly table: QualifiedName;
  /** `FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')`, or `DEFAULT`. */
  readonly bounds: Sql;
}

/** An enum type of PostgreSQL. */
export interface Enum extends QualifiedName {
  /** In sort order. */
  readonly values: readonly string[];
}

export type ObjectKind =
  | "schema"
  | "extension"
  | "sequence"
  | "domain"
  | "compositeType"
  | "function"
  | "procedure"
  | "view"
  | "materializedView"
  /** Of a materialized view; a table's indexes belong to the table. */
  | "index"
  | "trigger"
  | "policy"
  | "grant";

/** What identifies an object of the database. */
export interface ObjectIdentity extends QualifiedName {
  readonly kind: ObjectKind;
  /** Of an index, a trigger or a policy: what it belongs to. */
  readonly on?: QualifiedName;
  /** Of a function or a procedure: its argument types, as in `integer, text`; of a grant, whose name is the role: its privileges, as in `SELECT ON TABLE users`. */
  readonly arguments?: string;
}

/** Anything with a CREATE statement of its own that can be dropped by name. */
export interface SchemaObject extends ObjectIdentity {
  /** The whole statement that creates it: `CREATE …`. */
  readonly definition: Sql;
}

export interface Schema {
  /** In no particular order. */
  readonly tables: readonly Table[];
  readonly enums: readonly Enum[];
  /** In an order in which they can be created, after the tables. */
  readonly objects: readonly SchemaObject[];
}

/** The schema of a database that nothing was made in. */
export const emptySchema: Schema = { tables: [], enums: [], objects: [] };
