import type { Sql } from "../sql/statement.ts";
import { checkOptions, type OptionNames } from "./check_options.ts";
import { type ConstraintName, named } from "./constraint_name.ts";
import { defaultExpression, type DefaultValue, expression } from "./expressions.ts";
import { type NameLike, qualifiedName } from "./qualified_name.ts";
import {
  collation as aCollation,
  flag,
  flagOr,
  name as aName,
  names,
  oneOf,
  text,
} from "./option_values.ts";
import { parseReference } from "./reference.ts";
import { sequenceOptions } from "./sequence_clause.ts";
import type {
  Collation,
  Column,
  Constraint,
  Deferrable,
  ForeignKeyAction,
  Identity,
  SequenceOptions,
} from "./schema.ts";
import type { ColumnType } from "./types.ts";

/** Options of a foreign key. */
export interface ForeignKeyOptions {
  readonly name?: ConstraintName;
  readonly onDelete?: ForeignKeyAction;
  /** PostgreSQL: the columns that `onDelete` sets; absent: all. */
  readonly onDeleteColumns?: readonly string[];
  readonly onUpdate?: ForeignKeyAction;
  /** When it is checked, if it can be deferred. */
  readonly deferrable?: Deferrable;
  /** How a key is matched if some of its columns are null; absent: simple. */
  readonly match?: "full" | "partial";
  /** PostgreSQL 18: the last column is a range, which the referenced rows must cover. */
  readonly period?: true;
  /** Existing rows are not checked yet. */
  readonly notValid?: true;
  /** PostgreSQL 18: no rows are checked. */
  readonly notEnforced?: true;
}

/** Options of a column. */
export interface ColumnOptions {
  /** Default: true; a primary key never is. */
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  /** True, or the name of the constraint. */
  readonly unique?: boolean | ConstraintName;
  /** True, or the name of the index; without one it is `ix_<table>_<column>`. */
  readonly index?: boolean | string;
  /** The default that the server fills in: a value, or an expression such as `now()`; null: none. */
  readonly serverDefault?: DefaultValue | null;
  /** `"table.column"`, or the same with options. */
  readonly references?:
    | string
    | ({ readonly table: NameLike; readonly column: string } & ForeignKeyOptions);
  /** A condition on the row. */
  readonly check?: string | Sql;
  /**
   * PostgreSQL: the server numbers the column. `byDefault` also accepts explicit values, and is the
   * default for a primary key of one integer column; `none` turns that off. `serial` is the older form
   * of `byDefault`.
   */
  readonly identity?: Identity | "none";
  /** How an identity column counts. */
  readonly sequence?: SequenceOptions;
  /** PostgreSQL: the name of its sequence; default: `<table>_<column>_seq`. */
  readonly sequenceName?: string;
  readonly collation?: Collation;
  readonly generated?: { readonly expression: string | Sql; readonly stored?: boolean };
  readonly comment?: string;
}

/** A column with its own constraints and index, not yet part of a table. */
export interface ColumnPart {
  readonly kind: "column";
  readonly column: Column;
  readonly constraints: readonly Constraint[];
  /** If null, the name is derived from the table's. */
  readonly index?: { readonly name: string | null };
}

/** Describes a column: `column("email", string(255), { nullable: false, unique: true })`. */
export function column(name: string, type: ColumnType, options: ColumnOptions = {}): ColumnPart {
  checkOptions(`the column "${name}"`, options, columnOptions);
  const { primaryKey = false, serverDefault, generated, index } = options;
  checkOptions(`the sequence of "${name}"`, options.sequence, sequenceOptions);
  checkOptions(`what "${name}" is computed from`, generated, generatedOptions);
  const { identity, sequence, sequenceName, collation, comment } = options;
  const nullable = !primaryKey && (options.nullable ?? true);
  return {
    kind: "column",
    column: {
      name,
      type,
      nullable,
      ...(serverDefault !== undefined && serverDefault !== null &&
        { default: defaultExpression(serverDefault) }),
      ...(identity !== undefined && { identity }),
      ...(sequence !== undefined && { sequence }),
      ...(sequenceName !== undefined && { sequenceName }),
      ...(collation !== undefined && { collation }),
      ...(generated !== undefined && {
        generated: {
          expression: expression(generated.expression),
          stored: generated.stored ?? true,
        },
      }),
      ...(comment !== undefined && { comment }),
    },
    constraints: [...constraintsOf(name, options)],
    ...(index !== undefined && index !== false &&
      { index: { name: index === true ? null : index } }),
  };
}

const columnOptions: OptionNames<ColumnOptions> = {
  nullable: true,
  primaryKey: flag,
  unique: true,
  index: flagOr(aName),
  serverDefault: true,
  references: true,
  check: true,
  identity: true,
  sequence: true,
  sequenceName: aName,
  collation: aCollation,
  generated: true,
  comment: text,
};

/** The options of a generated column. */
export const generatedOptions: OptionNames<NonNullable<ColumnOptions["generated"]>> = {
  expression: true,
  stored: flag,
};

/** Options of every kind of constraint. */
export const constraintOptions = {
  name: true,
  deferrable: oneOf("immediate", "deferred"),
  notValid: flag,
} as const;

export const foreignKeyOptions: OptionNames<ForeignKeyOptions> = {
  ...constraintOptions,
  onDelete: text,
  onDeleteColumns: names,
  onUpdate: text,
  match: oneOf("full", "partial"),
  period: flag,
  notEnforced: flag,
};

function* constraintsOf(name: string, options: ColumnOptions): Generator<Constraint> {
  const { primaryKey, unique, references, check } = options;
  if (primaryKey) yield { kind: "primaryKey", columns: [name] };
  if (unique !== undefined && unique !== false) {
    yield { kind: "unique", columns: [name], ...named(unique === true ? undefined : unique) };
  }
  if (references !== undefined) {
    const { table, column, name: keyName, ...rest } = typeof references === "string"
      ? { name: undefined, ...parseReference(references) }
      : references;
    checkOptions(`the reference of "${name}"`, rest, foreignKeyOptions);
    yield {
      kind: "foreignKey",
      columns: [name],
      references: { ...qualifiedName(table), columns: [column] },
      ...rest,
      ...named(keyName),
    };
  }
  if (check !== undefined) yield { kind: "check", expression: expression(check) };
}
