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
  /** Whether the database counts it up; absent: as a key that is one integer alone, it does. */
  readonly identity?: Identity | "none";
  /** How a column that counts does so. */
  readonly sequence?: SequenceOptions;
  /** Absent: the type's own. */
  readonly collation?: string;
  readonly comment?: string;
}

/** How a column counts: as the standard has it, where `byDefault` takes other values, or as PostgreSQL's SERIAL. */
export type Identity = "always" | "byDefault" | "serial";

/** How a sequence counts; what is absent is as the database has it by default. */
export interface SequenceOptions {
  readonly start?: number | bigint;
  readonly increment?: number | bigint;
  readonly minValue?: number | bigint;
  readonly maxValue?: number | bigint;
  readonly cache?: number;
  readonly cycle?: boolean;
}

export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** What SQLite does with a row that is in conflict with others; absent: the statement fails, and only that. */
export type ConflictResolution = "rollback" | "fail" | "ignore" | "replace";

/** When a constraint is checked, if that may be put off; absent: at once, always. */
export type Deferrable = "immediate" | "deferred";

export type Constraint =
  & {
    readonly name?: string;
    /** No naming convention changes its name. Recording takes the mark away. */
    readonly final?: true;
    readonly deferrable?: Deferrable;
    /** The rows that were there when it was made have not been held to it. */
    readonly notValid?: true;
  }
  & (
    | ({
      readonly kind: "primaryKey";
      readonly columns: readonly string[];
      /** The last column is a range, and rows that are equal but for it do not overlap there. PostgreSQL 18. */
      readonly withoutOverlaps?: true;
      readonly onConflict?: ConflictResolution;
    } & IndexStorage)
    | ({
      readonly kind: "unique";
      readonly columns: readonly string[];
      /** Nulls are equal to each other. */
      readonly nullsNotDistinct?: true;
      /** As a primary key's. */
      readonly withoutOverlaps?: true;
      readonly onConflict?: ConflictResolution;
    } & IndexStorage)
    | {
      readonly kind: "foreignKey";
      readonly columns: readonly string[];
      /** No columns: the primary key of the table that it references. */
      readonly references: QualifiedName & { readonly columns: readonly string[] };
      readonly onDelete?: ForeignKeyAction;
      /** Which of the columns `onDelete` sets; absent: all. PostgreSQL only. */
      readonly onDeleteColumns?: readonly string[];
      readonly onUpdate?: ForeignKeyAction;
      /** Absent: simple. */
      readonly match?: "full" | "partial";
      /** The last column is a range, which rows cover that it refers to. PostgreSQL 18. */
      readonly period?: true;
      /** No row is held to it. PostgreSQL 18. */
      readonly notEnforced?: true;
    }
    | {
      readonly kind: "check";
      readonly expression: Sql;
      /** Tables that inherit from this one do not have it. */
      readonly noInherit?: true;
      /** As a foreign key's. */
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

/** How the index is kept that an index or a constraint makes. PostgreSQL only. */
export interface IndexStorage {
  /** Columns whose values are kept beside the key. */
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

/** What an index sorts by: a column's name, or an expression; with more to say of it, an object. */
export type IndexElement = string | Sql | IndexElementParts;

/** An index element with all that it says by name. */
export interface IndexElementParts {
  readonly on: string | Sql;
  readonly collation?: string;
  readonly operatorClass?: string;
  /** Absent: ascending. */
  readonly order?: "desc";
  /** Absent: last if ascending, first if descending, as PostgreSQL has it. */
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
  /** Row-level security; absent: off. Forced holds for the table's owner, too. */
  readonly rowSecurity?: RowSecurity;
}

export type RowSecurity = "enabled" | "forced";

/** What is said behind the parentheses of a CREATE TABLE, or before them. */
export interface TableOptions {
  /** SQLite: types are enforced, https://www.sqlite.org/stricttables.html */
  readonly strict?: true;
  /** SQLite: https://www.sqlite.org/withoutrowid.html */
  readonly withoutRowid?: true;
  /** SQLite: the primary key never takes a number again, https://www.sqlite.org/autoinc.html */
  readonly autoincrement?: true;
  /** PostgreSQL: not written to the log; empty after a crash. */
  readonly unlogged?: true;
  /** PostgreSQL: `RANGE (created_at)`. */
  readonly partitionBy?: Sql;
  /** PostgreSQL: it is a part of `table`, whose columns are its own. */
  readonly partitionOf?: PartitionOf;
  /** PostgreSQL: the tables whose columns it has besides its own. */
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
  /** In the order that the database sorts them by. */
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
  /** Of a materialized view; those of tables are the tables'. */
  | "index"
  | "trigger"
  | "policy"
  | "grant";

/** What an object of the database is known by. */
export interface ObjectIdentity extends QualifiedName {
  readonly kind: ObjectKind;
  /** Of an index, a trigger or a policy: what it stands on. */
  readonly on?: QualifiedName;
  /** Of a function or a procedure: the types of its arguments, as in `integer, text`; of a grant, whose name is the role: what it may do, as in `SELECT ON TABLE users`. */
  readonly arguments?: string;
}

/** Anything that is made by a statement of its own, and can be dropped by name. */
export interface SchemaObject extends ObjectIdentity {
  /** The whole statement that makes it: `CREATE …`. */
  readonly definition: Sql;
}

export interface Schema {
  /** In no order that means anything. */
  readonly tables: readonly Table[];
  readonly enums: readonly Enum[];
  /** In an order in which they can be made, after the tables. */
  readonly objects: readonly SchemaObject[];
}

/** The schema of a database that nothing was made in. */
export const emptySchema: Schema = { tables: [], enums: [], objects: [] };
