/**
 * A schema as a value. This folder does not depend on dialects or operations.
 *
 * @module
 */
import type { Sql } from "../sql/statement.ts";
import type { QualifiedName } from "./qualified_name.ts";
import type { ColumnType } from "./types.ts";

export type { QualifiedName };

/** A column, without its constraints and indexes, which are those of its table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Sql;
  readonly generated?: { readonly expression: Sql; readonly stored: boolean };
  /**
   * Whether and how the database numbers it; absent: it does so only for a primary key of one integer
   * column.
   */
  readonly identity?: Identity | "none";
  /** How its sequence counts. */
  readonly sequence?: SequenceOptions;
  /** The name of its sequence; absent: PostgreSQL's default. It only matters where something names it. */
  readonly sequenceName?: string;
  /** Absent: the collation of the type. */
  readonly collation?: Collation;
  readonly comment?: string;
}

/**
 * A collation, qualified unless it is the database's own or in its default schema. In a text, a dot is part of the
 * name: `en_US.utf8`.
 */
export type Collation = string | Required<QualifiedName>;

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

/** What happens to a row if the one that it refers to is deleted, or gets another key. */
export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** What SQLite does with a row that conflicts with others; absent: only the statement fails. */
export type ConflictResolution = "rollback" | "fail" | "ignore" | "replace";

/** When a constraint is checked, if it can be deferred; absent: always immediately. */
export type Deferrable = "immediate" | "deferred";

/** A constraint of a table, even if it is on a single column. */
export type Constraint =
  & {
    readonly name?: string;
    /** Naming conventions do not apply to its name. Recording removes this mark. */
    readonly final?: true;
    readonly deferrable?: Deferrable;
    /** Rows that existed when it was created have not been checked. */
    readonly notValid?: true;
  }
  & (
    | ({
      readonly kind: "primaryKey";
      readonly columns: readonly string[];
      /**
       * PostgreSQL 18: the last column is a range, which must not overlap in rows that are otherwise
       * equal.
       */
      readonly withoutOverlaps?: true;
      readonly onConflict?: ConflictResolution;
    } & IndexStorage)
    | ({
      readonly kind: "unique";
      readonly columns: readonly string[];
      /** Nulls are equal to each other. */
      readonly nullsNotDistinct?: true;
      /** As in a primary key. */
      readonly withoutOverlaps?: true;
      readonly onConflict?: ConflictResolution;
    } & IndexStorage)
    | {
      readonly kind: "foreignKey";
      readonly columns: readonly string[];
      /** If empty: the primary key of the referenced table. */
      readonly references: QualifiedName & { readonly columns: readonly string[] };
      readonly onDelete?: ForeignKeyAction;
      /** PostgreSQL: the columns that `onDelete` sets; absent: all. */
      readonly onDeleteColumns?: readonly string[];
      readonly onUpdate?: ForeignKeyAction;
      /** Absent: simple. */
      readonly match?: "full" | "partial";
      /** PostgreSQL 18: the last column is a range, which the referenced rows must cover. */
      readonly period?: true;
      /** PostgreSQL 18: no rows are checked. */
      readonly notEnforced?: true;
    }
    | {
      readonly kind: "check";
      readonly expression: Sql;
      /** Not inherited by the tables that inherit from this one. */
      readonly noInherit?: true;
      /** As in a foreign key. */
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

/** Storage of an index, or of the index of a constraint. PostgreSQL only. */
export interface IndexStorage {
  /** Columns whose values are stored with the key. */
  readonly include?: readonly string[];
  /** Storage parameters. */
  readonly with?: Readonly<Record<string, string>>;
  readonly tablespace?: string;
}

/**
 * One comparison of an exclusion constraint: no two rows may have values for which all its operators
 * hold.
 */
export interface ExcludeElement extends IndexElementParts {
  /** `=`, `&&` … */
  readonly operator: string;
}

/** What an index is on: a column's name, an expression, or either with further details. */
export type IndexElement = string | Sql | IndexElementParts;

/** What an index is on, with all details. */
export interface IndexElementParts {
  readonly on: string | Sql;
  readonly collation?: Collation;
  readonly operatorClass?: string;
  /** Absent: ascending. */
  readonly order?: "desc";
  /** Absent: last if ascending, first if descending, as in PostgreSQL. */
  readonly nulls?: "first" | "last";
}

/** An index of a table, other than those that its constraints bring along. */
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

/** A table; its triggers and policies are objects of their own. */
export interface Table extends QualifiedName {
  /** In declared order. */
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly comment?: string;
  readonly options?: TableOptions;
  /** Absent: off. */
  readonly rowSecurity?: RowSecurity;
}

/** Row-level security that is on; `forced` applies it to the table's owner, too. */
export type RowSecurity = "enabled" | "forced";

/** Options of CREATE TABLE outside its parentheses. */
export interface TableOptions {
  /** SQLite: column types are enforced, https://www.sqlite.org/stricttables.html */
  readonly strict?: true;
  /** SQLite: https://www.sqlite.org/withoutrowid.html */
  readonly withoutRowid?: true;
  /** SQLite: the primary key never reuses a number, https://www.sqlite.org/autoinc.html */
  readonly autoincrement?: true;
  /** PostgreSQL: not written to the write-ahead log; emptied after a crash. */
  readonly unlogged?: true;
  /** PostgreSQL: `RANGE (created_at)`. */
  readonly partitionBy?: Sql;
  /** PostgreSQL: the table is a partition, and has the columns of its parent. */
  readonly partitionOf?: PartitionOf;
  /** PostgreSQL: the tables that it inherits columns from. */
  readonly inherits?: readonly QualifiedName[];
  /** PostgreSQL: storage parameters. */
  readonly with?: Readonly<Record<string, string>>;
  readonly tablespace?: string;
}

/** The table that a partition belongs to, and which of its rows are there. */
export interface PartitionOf {
  readonly table: QualifiedName;
  /** `FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')`, or `DEFAULT`. */
  readonly bounds: Sql;
}

/** A PostgreSQL enum type. */
export interface Enum extends QualifiedName {
  /** In sort order. */
  readonly values: readonly string[];
}

/** What a statement of its own creates, besides tables, their indexes and enum types. */
export type ObjectKind =
  | "schema"
  | "extension"
  | "sequence"
  /** A column's ownership of a sequence. */
  | "ownedSequence"
  | "domain"
  | "compositeType"
  | "function"
  | "procedure"
  | "view"
  | "materializedView"
  /** On a materialized view; a table's indexes belong to the table. */
  | "index"
  | "trigger"
  | "policy"
  | "grant";

/** What identifies an object of the database. */
export interface ObjectIdentity extends QualifiedName {
  readonly kind: ObjectKind;
  /** For an index, trigger or policy: the table or view it belongs to. For an owned sequence: the table. */
  readonly on?: QualifiedName;
  /**
   * For a function or procedure: the argument types, as in `integer, text`. For an owned sequence: the
   * column. For a grant, whose name is the role: the privileges, as in `SELECT ON TABLE users`.
   */
  readonly arguments?: string;
}

/** Anything that one statement creates and another one drops or undoes. */
export interface SchemaObject extends ObjectIdentity {
  /** The whole statement that creates it: `CREATE …`, `GRANT …` or `ALTER SEQUENCE … OWNED BY …`. */
  readonly definition: Sql;
}

/** The contents of a database, without its rows. */
export interface Schema {
  /** In no particular order. */
  readonly tables: readonly Table[];
  readonly enums: readonly Enum[];
  /** In an order in which they can be created, after the tables. */
  readonly objects: readonly SchemaObject[];
}

/** The schema of an empty database. */
export const emptySchema: Schema = { tables: [], enums: [], objects: [] };
