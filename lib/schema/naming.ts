/**
 * Naming conventions: templates for the names of constraints and indexes, with SQLAlchemy's tokens and
 * truncation
 * (https://docs.sqlalchemy.org/en/20/core/constraints.html#configuring-constraint-naming-conventions),
 * so that a project that moves from Alembic keeps its names.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { newDigest } from "../digest.ts";
import { ToolError } from "../error.ts";
import { clip } from "./clip.ts";
import { partsOf } from "./index_element.ts";
import { showName } from "./qualified_name.ts";
import type { Constraint, Index, QualifiedName, Table } from "./schema.ts";

/** Name templates by kind: `{ uq: "uq_%(table_name)s_%(column_0_name)s" }`. */
export type NamingConvention = Readonly<Partial<Record<ConventionKey, string>>>;

/**
 * What a template is for: an index, a unique constraint, a check, a foreign key, a primary key or an
 * exclusion constraint.
 */
export type ConventionKey = "ix" | "uq" | "ck" | "fk" | "pk" | "ex";

/** The templates, and the maximum length of names in bytes. */
export interface NamingContext {
  readonly convention: NamingConvention;
  /** Absent: no limit. PostgreSQL truncates names longer than 63 bytes. */
  readonly longest?: number | undefined;
  /**
   * Whether a constraint whose template builds on a name that it lacks stays without one, as SQLite allows;
   * absent: that is an error.
   */
  readonly unnamed?: boolean;
}

/** Returns what `convention` means for a database. */
export function namingFor(
  convention: NamingConvention,
  database: "postgres" | "sqlite",
): NamingContext {
  return database === "postgres" ? { convention, longest: 63 } : { convention, unnamed: true };
}

/**
 * Returns `table` with the convention applied to constraints and indexes without a name, or with only a
 * part of one.
 */
export function nameTable(table: Table, context: NamingContext): Table {
  return {
    ...table,
    constraints: table.constraints.map((it) => nameConstraint(it, table, context)),
    indexes: table.indexes.map((it) => nameIndex(it, table, context)),
  };
}

/**
 * Returns `constraint` named by the convention.
 *
 * @throws {ToolError} `operation/invalid` if the template builds on the constraint's name and it has
 * none, unless it may stay unnamed.
 */
export function nameConstraint(
  { final, ...constraint }: Constraint,
  table: QualifiedName,
  { convention, longest, unnamed = false }: NamingContext,
): Constraint {
  const template = convention[conventionKeys[constraint.kind]];
  const takesName = template?.includes("%(constraint_name)s") ?? false;
  const isKept = constraint.name === undefined ? takesName && unnamed : !takesName;
  if (template === undefined || final || isKept) return constraint;
  const name = fill(template, { table, constraint, name: constraint.name });
  return { ...constraint, name: shortened(name, longest) };
}

/** The template for each kind of constraint. */
export const conventionKeys = {
  unique: "uq",
  check: "ck",
  foreignKey: "fk",
  primaryKey: "pk",
  exclude: "ex",
} as const satisfies Record<Constraint["kind"], ConventionKey>;

/** Returns the name of an index on `columns` of `table` that has no explicit name. */
export function indexName(
  table: QualifiedName,
  columns: readonly string[],
  { convention, longest }: NamingContext = { convention: {} },
): string {
  const constraint: Constraint = { kind: "unique", columns };
  return shortened(fill(convention.ix ?? "ix_%(column_0_label)s", { table, constraint }), longest);
}

/**
 * Returns `index` named by the convention if it has the default name, which means that none was given.
 */
export function nameIndex(index: Index, table: QualifiedName, context: NamingContext): Index {
  const columns = index.on.map((it) => partsOf(it).on).filter((it) => typeof it === "string");
  if (index.name !== indexName(table, columns)) return index;
  return { ...index, name: indexName(table, columns, context) };
}

interface Facts {
  readonly table: QualifiedName;
  readonly constraint: Constraint;
  readonly name?: string | undefined;
}

/**
 * `%(column_0_name)s`, `%(column_0N_name)s` (all, concatenated), `%(column_0_N_name)s` (all, joined
 * with underscores).
 */
const token = /%\((?:(referred_)?column_(\d+)(_?N)?_(name|label|key)|([a-z_]+))\)s/g;

function fill(template: string, facts: Facts): string {
  const { table, constraint } = facts;
  return template.replace(
    token,
    (whole, referred?: string, at?: string, all?: string, what?: string, word?: string) => {
      if (word !== undefined) return wordOf(word, whole, facts);
      const names = referred ? referredColumns(constraint) : ownColumns(constraint);
      const from = Number(at);
      const chosen = all === undefined ? names.slice(from, from + 1) : names.slice(from);
      const shown = what === "label" ? chosen.map((it) => label(table, it)) : chosen;
      return shown.join(all === "N" ? "" : "_");
    },
  );
}

function wordOf(word: string, whole: string, { table, constraint, name }: Facts): string {
  switch (word) {
    case "table_name":
      return table.name;
    case "referred_table_name":
      return constraint.kind === "foreignKey" ? constraint.references.name : "";
    case "constraint_name":
      if (name !== undefined) return name;
      throw new ToolError(
        "operation/invalid",
        `Cannot name a constraint of "${
          showName(table)
        }": the naming convention builds on the name that it is given, and it has none`,
        { hint: `Give it a name, which takes the place of ${whole}` },
      );
    default:
      throw new ToolError(
        "operation/invalid",
        `Cannot read the naming convention: unknown token ${whole}`,
        { hint: "Write %(table_name)s, %(column_0_name)s, %(constraint_name)s …" },
      );
  }
}

function ownColumns(constraint: Constraint): readonly string[] {
  if ("columns" in constraint) return constraint.columns;
  if (constraint.kind === "check") return [];
  return constraint.elements.map((it) => it.on).filter((it) => typeof it === "string");
}

function referredColumns(constraint: Constraint): readonly string[] {
  return constraint.kind === "foreignKey" ? constraint.references.columns : [];
}

function label({ schema, name }: QualifiedName, column: string): string {
  return [...schema === undefined ? [] : [schema.replaceAll(".", "_")], name, column].join("_");
}

/** Like SQLAlchemy: the beginning of the name, and four digits of its MD5; but a server's limit is in bytes. */
function shortened(name: string, longest: number | undefined): string {
  if (longest === undefined || Buffer.byteLength(name) <= longest) return name;
  const digest = newDigest("md5").update(name).digest("hex");
  return `${clip(name, longest - 8)}_${digest.slice(-4)}`;
}
