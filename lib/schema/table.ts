import { ToolError } from "../error.ts";
import type { Sql } from "../sql/statement.ts";
import { checkOptions, type OptionNames } from "./check_options.ts";
import {
  type ColumnPart,
  constraintOptions,
  type ForeignKeyOptions,
  foreignKeyOptions,
} from "./column.ts";
import { type ConstraintName, named } from "./constraint_name.ts";
import { expression } from "./expressions.ts";
import { isInKey } from "./lookup.ts";
import { type NameLike, qualifiedName, showName } from "./qualified_name.ts";
import { indexName } from "./naming.ts";
import {
  collation as aCollation,
  flag,
  name as aName,
  nameOrSql,
  names,
  object,
  oneOf,
  partition,
  qualifiedNames,
  sql,
  text,
} from "./option_values.ts";
import { parseReference } from "./reference.ts";
import type {
  Constraint,
  ConstraintOf,
  ExcludeElement,
  Index,
  IndexElement,
  IndexElementParts,
  QualifiedName,
  RowSecurity,
  Table,
  TableOptions,
} from "./schema.ts";

/** The parts of a table, in any order. */
export type TablePart = ColumnPart | Constraint | IndexPart | CommentPart | OptionsPart;

/** An index of the enclosing table. */
export interface IndexPart {
  readonly kind: "index";
  readonly index: Index;
}

/** A comment on the enclosing table. */
export interface CommentPart {
  readonly kind: "comment";
  readonly comment: string;
}

/** Options of the table as a whole. */
export interface OptionsPart {
  readonly kind: "options";
  readonly options: TableOptions;
  readonly rowSecurity?: RowSecurity;
  /** Whether to do nothing if the table already exists. */
  readonly ifNotExists: boolean;
}

/** Returns a table made of `parts`; constraints and indexes of its columns become the table's. */
export function table(name: NameLike, ...parts: readonly TablePart[]): Table {
  const qualified = qualifiedName(name);
  if (!parts.every(isPart)) {
    throw new ToolError(
      "operation/invalid",
      `Cannot create the table "${
        showName(qualified)
      }": something in it is not a column, constraint, index or comment`,
      { hint: 'A column is column("name", integer()); a list of them is spread: ...columns' },
    );
  }
  const columns = parts.filter((it) => it.kind === "column");
  const keys = columns.flatMap((it) => it.constraints.filter((part) => part.kind === "primaryKey"));
  const others = columns.flatMap((it) =>
    it.constraints.filter((part) => part.kind !== "primaryKey")
  );
  const comment = parts.find((it) => it.kind === "comment");
  const said: TableOptions = Object.assign(
    {},
    ...parts.flatMap((it) => it.kind === "options" ? [it.options] : []),
  );
  const rowSecurity = parts.flatMap((it) => it.kind === "options" ? it.rowSecurity ?? [] : []).at(
    -1,
  );
  const constraints = [...joined(keys), ...others, ...parts.filter(isConstraint)];
  return {
    ...qualified,
    columns: columns.map((it) =>
      isInKey(it.column.name, constraints) ? { ...it.column, nullable: false } : it.column
    ),
    constraints,
    indexes: [
      ...columns.flatMap((it) =>
        it.index === undefined ? [] : [columnIndex(qualified, it.column.name, it.index.name)]
      ),
      ...parts.flatMap((it) => it.kind === "index" ? [it.index] : []),
    ],
    ...(comment && { comment: comment.comment }),
    ...(Object.keys(said).length > 0 && { options: said }),
    ...(rowSecurity && { rowSecurity }),
  };
}

/** Returns the index that a column asks for, named as given or by SQLAlchemy's rule. */
export function columnIndex(table: QualifiedName, column: string, name: string | null): Index {
  return { name: name ?? indexName(table, [column]), on: [column], unique: false };
}

/** Joins the columns that are each marked as primary key to a single key. */
function joined(
  keys: readonly ConstraintOf<"primaryKey">[],
): readonly Constraint[] {
  return keys.length === 0
    ? []
    : [{ kind: "primaryKey", columns: keys.flatMap((it) => it.columns) }];
}

/** Checked at run time: JavaScript may pass anything. */
function isPart(part: unknown): boolean {
  return typeof part === "object" && part !== null && "kind" in part &&
    typeof part.kind === "string" && Object.hasOwn(partKinds, part.kind);
}

const partKinds: Readonly<Record<TablePart["kind"], true>> = {
  column: true,
  index: true,
  comment: true,
  options: true,
  primaryKey: true,
  unique: true,
  foreignKey: true,
  check: true,
  exclude: true,
};

function isConstraint(part: TablePart): part is Constraint {
  return part.kind !== "column" && part.kind !== "index" && part.kind !== "comment" &&
    part.kind !== "options";
}

/** What describes a kind of constraint, except its name. */
export type ConstraintOptions<Kind extends Constraint["kind"]> = Omit<
  Extract<Constraint, { readonly kind: Kind }>,
  "kind" | "name" | "final"
>;

/** Options of a primary key. */
export type PrimaryKeyOptions = Omit<ConstraintOptions<"primaryKey">, "columns"> & {
  readonly name?: ConstraintName;
};

/** Options of a unique constraint. */
export type UniqueOptions = Omit<ConstraintOptions<"unique">, "columns"> & {
  readonly name?: ConstraintName;
};

/** Options of a check. */
export type CheckOptions = Omit<ConstraintOptions<"check">, "expression"> & {
  readonly name?: ConstraintName;
};

/** Options of an exclusion constraint. */
export type ExcludeOptions =
  & Partial<Omit<ConstraintOptions<"exclude">, "elements" | "where">>
  & {
    readonly name?: ConstraintName;
    /** Only rows that satisfy this condition exclude each other. */
    readonly where?: string | Sql;
  };

/** The primary key of the enclosing table. */
export function primaryKey(
  columns: readonly string[],
  { name, ...options }: PrimaryKeyOptions = {},
): Constraint {
  checkOptions("the primary key", options, primaryKeyOptions);
  return { kind: "primaryKey", columns, ...options, ...named(name) };
}

/** A unique constraint. */
export function unique(
  columns: readonly string[],
  { name, ...options }: UniqueOptions = {},
): Constraint {
  checkOptions("the unique constraint", options, uniqueOptions);
  return { kind: "unique", columns, ...options, ...named(name) };
}

/** A foreign key: `foreignKey(["user_id"], "users.id", { onDelete: "cascade" })`. */
export function foreignKey(
  columns: readonly string[],
  references: string | readonly string[] | {
    readonly table: NameLike;
    readonly columns: readonly string[];
  },
  { name, ...options }: ForeignKeyOptions = {},
): Constraint {
  checkOptions("the foreign key", options, foreignKeyOptions);
  return {
    kind: "foreignKey",
    columns,
    references: referenced(references),
    ...options,
    ...named(name),
  };
}

function referenced(
  references: Parameters<typeof foreignKey>[1],
): ConstraintOf<"foreignKey">["references"] {
  if (typeof references === "object" && references !== null && "table" in references) {
    return { ...qualifiedName(references.table), columns: references.columns };
  }
  const targets = [references].flat().map(parseReference);
  const [first] = targets;
  if (first === undefined || targets.some((it) => it.table !== first.table)) {
    const all = [references].flat().join('", "');
    throw new ToolError(
      "operation/invalid",
      `Cannot read the foreign key to "${all}": it must name columns of one table`,
    );
  }
  return { ...qualifiedName(first.table), columns: targets.map((it) => it.column) };
}

/** A condition that every row must satisfy. */
export function check(
  condition: string | Sql,
  { name, ...options }: CheckOptions = {},
): Constraint {
  checkOptions("the check", options, checkConstraintOptions);
  return { kind: "check", expression: expression(condition), ...options, ...named(name) };
}

/**
 * An exclusion constraint: no two rows may have values for which all operators hold, as in
 * `exclude([{ on: "room", operator: "=" }, { on: "during", operator: "&&" }])`. PostgreSQL only.
 */
export function exclude(
  elements: readonly ExcludeElement[],
  { name, ...options }: ExcludeOptions = {},
): Constraint {
  checkOptions("the exclusion constraint", options, excludeOptions);
  if (!Array.isArray(elements)) {
    throw new ToolError(
      "operation/invalid",
      "Cannot make an exclusion constraint: its elements are not a list",
    );
  }
  for (const it of elements) {
    checkOptions("an element of the exclusion constraint", it, excludeElementOptions);
  }
  const { where, ...rest } = options;
  const rows = where === undefined ? {} : { where: expression(where) };
  return { kind: "exclude", using: "gist", elements, ...rows, ...rest, ...named(name) };
}

const storageOptions = { include: names, with: object, tablespace: aName } as const;
const primaryKeyOptions: OptionNames<PrimaryKeyOptions> = {
  ...constraintOptions,
  withoutOverlaps: flag,
  onConflict: oneOf("rollback", "fail", "ignore", "replace"),
  ...storageOptions,
};
const uniqueOptions: OptionNames<UniqueOptions> = {
  ...primaryKeyOptions,
  nullsNotDistinct: flag,
};
const checkConstraintOptions: OptionNames<CheckOptions> = {
  ...constraintOptions,
  noInherit: flag,
  notEnforced: flag,
};
const elementOptions: OptionNames<IndexElementParts> = {
  on: nameOrSql,
  collation: aCollation,
  operatorClass: aName,
  order: oneOf("desc"),
  nulls: oneOf("first", "last"),
};
const excludeElementOptions: OptionNames<ExcludeElement> = { ...elementOptions, operator: text };
const excludeOptions: OptionNames<ExcludeOptions> = {
  ...constraintOptions,
  ...storageOptions,
  using: aName,
  where: true,
};

/** Options of the enclosing table, and of creating it. */
export type CreateTableOptions = TableOptions & {
  readonly ifNotExists?: boolean;
  /** PostgreSQL. */
  readonly rowSecurity?: RowSecurity;
};

/** Options of the enclosing table: `options({ strict: true, ifNotExists: true })`. */
export function options(given: CreateTableOptions): OptionsPart {
  checkOptions("the table", given, tableOptions);
  const { ifNotExists = false, rowSecurity, ...options } = given;
  return { kind: "options", options, ...(rowSecurity && { rowSecurity }), ifNotExists };
}

const tableOptions: OptionNames<CreateTableOptions> = {
  strict: flag,
  withoutRowid: flag,
  autoincrement: flag,
  unlogged: flag,
  partitionBy: sql,
  partitionOf: partition,
  inherits: qualifiedNames,
  with: object,
  tablespace: aName,
  ifNotExists: flag,
  rowSecurity: oneOf("enabled", "forced"),
};

/** Options of an index. */
export interface IndexOptions {
  readonly unique?: boolean;
  /** Only rows that satisfy it are in the index. */
  readonly where?: string | Sql;
  /** PostgreSQL's access method. */
  readonly using?: string;
  /** PostgreSQL: columns whose values are stored with the key. */
  readonly include?: readonly string[];
  /** PostgreSQL: nulls are equal to each other. */
  readonly nullsNotDistinct?: boolean;
  /** PostgreSQL: storage parameters. */
  readonly with?: Readonly<Record<string, string>>;
  /** PostgreSQL. */
  readonly tablespace?: string;
}

/**
 * An index of the enclosing table, on columns by name or on expressions such as `raw("lower(email)")`.
 */
export function index(
  name: string,
  on: readonly IndexElement[],
  options: IndexOptions = {},
): IndexPart {
  return { kind: "index", index: makeIndex(name, on, options) };
}

/** Returns the index as a value. */
export function makeIndex(
  name: string,
  on: readonly IndexElement[],
  options: IndexOptions,
): Index {
  checkOptions(`the index "${name}"`, options, indexOptions);
  if (Array.isArray(on)) on.forEach((it) => checkElement(name, it));
  const { unique = false, where, nullsNotDistinct = false, ...rest } = options;
  return {
    name,
    on,
    unique,
    ...(where !== undefined && { where: expression(where) }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
    ...rest,
  };
}

const indexOptions: OptionNames<IndexOptions> = {
  unique: flag,
  where: true,
  using: aName,
  include: names,
  nullsNotDistinct: flag,
  with: object,
  tablespace: aName,
};

function checkElement(index: string, element: unknown): void {
  if (nameOrSql(element) === undefined) return;
  checkOptions(`an element of the index "${index}"`, element, elementOptions);
}

/** A comment on the enclosing table. */
export function comment(text: string): CommentPart {
  return { kind: "comment", comment: text };
}
