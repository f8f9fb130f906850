import type { DialectName } from "../../lib/dialect/dialect.ts";
import { countingKey } from "../../lib/schema/counting_key.ts";
import type {
  Column,
  Constraint,
  Index,
  IndexElement,
  Schema,
  Table,
} from "../../lib/schema/schema.ts";
import { quoteIdentifier } from "../../lib/sql/quote.ts";
import type { Random } from "../sql/random.ts";
import { type TypeSample, typeSamples } from "./column_types.ts";
import { generateObjects } from "./generate_objects.ts";

/** What generated values are made with; `name` returns a new name each time. */
export interface Source {
  readonly random: Random;
  readonly dialect: DialectName;
  name(prefix: string): string;
  sometimes(): boolean;
}

export function source(random: Random, dialect: DialectName): Source {
  let count = 0;
  return {
    random,
    dialect,
    name: (prefix) => {
      const plain = `${prefix}${count++}`;
      return random.pick([
        plain,
        plain,
        `${prefix} "${count}"`,
        `${prefix.toUpperCase()}é${count}`,
      ]);
    },
    sometimes: () => random.below(3) === 0,
  };
}

/** Returns a schema that its database accepts; referenced tables come first. */
export function generateSchema(from: Source): Schema {
  const tables: Table[] = [];
  for (let left = 1 + from.random.below(3); left > 0; left--) {
    tables.push(generateTable(from, tables));
  }
  return {
    tables: [
      ...tables,
      ...from.dialect === "postgres" ? [...partitionedTables, parent, heir(from)] : [],
    ],
    enums: [{ name: "mood", values: ["sad", "it's ok"] }, {
      name: "spare",
      values: ["a", "b", "c"],
    }],
    objects: generateObjects(from, tables),
  };
}

/** What the partitions share with their table, or must have to be attached. */
const partsOfWhole = {
  constraint: { kind: "check", name: "n_is", expression: { sql: "n >= 0" } },
  index: { on: [{ on: "n", order: "desc" }], unique: false },
} as const;

/**
 * A partitioned table, one of whose partitions may be attached or detached; nothing else is done to
 * them.
 */
const partitionedTables: readonly Table[] = [
  {
    name: "whole",
    columns: [{ name: "n", type: { kind: "integer", bits: 32 }, nullable: false }],
    constraints: [partsOfWhole.constraint],
    indexes: [{ ...partsOfWhole.index, name: "whole_n" }],
    options: { partitionBy: { sql: "RANGE (n)" } },
  },
  {
    name: "part",
    columns: [],
    constraints: [],
    indexes: [],
    options: {
      partitionOf: { table: { name: "whole" }, bounds: { sql: "FOR VALUES FROM (0) TO (10)" } },
    },
  },
  {
    name: "loose",
    columns: [{ name: "n", type: { kind: "integer", bits: 32 }, nullable: false }],
    constraints: [
      partsOfWhole.constraint,
      { kind: "check", name: "own", expression: { sql: "n <> 15" } },
    ],
    indexes: [
      { ...partsOfWhole.index, name: "loose_n_idx" },
      { name: "loose_own", on: ["n"], unique: false, where: { sql: "n > 11" } },
    ],
  },
];

const parent: Table = {
  name: "parent",
  columns: [{ name: "p", type: { kind: "text" }, nullable: false }],
  constraints: [{ kind: "check", name: "p_says", expression: { sql: "p <> ''" } }],
  indexes: [],
};

/**
 * If it inherits from `parent`, its column and check come from there; otherwise they are its own.
 */
function heir({ sometimes }: Source): Table {
  const h = { name: "h", type: { kind: "integer", bits: 32 }, nullable: true } as const;
  const own = { ...parent, name: "heir" };
  return sometimes()
    ? { ...own, columns: [...parent.columns, h] }
    : { ...own, columns: [h], constraints: [], options: { inherits: [{ name: parent.name }] } };
}

/** Returns whether other operations leave `table` alone. */
export function isRelated(table: Table): boolean {
  return ["whole", "part", "loose", "parent", "heir"].includes(table.name);
}

export function generateTable(from: Source, others: readonly Table[]): Table {
  const { random, name, sometimes } = from;
  const key = generateKey(from);
  const plain = Array.from({ length: 2 + random.below(4) }, () => generateColumn(from));
  const columns = [...key.columns, ...plain.map((it) => it.column)];
  const own = { name: name("table"), columns, constraints: key.constraints };
  const references = [...others, own].flatMap((it) => sometimes() ? foreignKeyTo(it, from) : []);
  const comparable = plain.filter((it) => it.sample.comparable).map((it) => it.column);
  const [first, second] = comparable;
  return {
    ...own,
    columns: [...columns, ...references.map((it) => it.column), ...generatedFrom(plain, from)],
    constraints: [
      ...key.constraints,
      ...references.map((it) => it.constraint),
      ...first && sometimes() ? [unique([first.name], from)] : [],
      ...first && second && sometimes() ? [unique([first.name, second.name], from)] : [],
      ...plain.flatMap((it) => sometimes() ? checkOn(it, from) : []),
    ],
    indexes: comparable.flatMap((it) => sometimes() ? [generateIndex(it, comparable, from)] : []),
    ...(from.dialect === "postgres" && sometimes() && { comment: "it's a table" }),
    ...(from.dialect === "postgres" && sometimes() &&
      { rowSecurity: random.pick(["enabled", "forced"] as const) }),
    ...(from.dialect === "postgres" && sometimes() && { options: { with: { fillfactor: "70" } } }),
    ...(from.dialect === "sqlite" && sometimes() && sqliteOptions(own, from)),
  };
}

/** SQLite's own table options; some of them require a certain kind of key. */
function sqliteOptions(
  table: Pick<Table, "columns" | "constraints">,
  { sometimes }: Source,
): Pick<Table, "options"> {
  const options = {
    ...(sometimes() && table.columns.every((it) => it.type.kind !== "native") &&
      { strict: true as const }),
    ...(countingKey(table)
      ? { autoincrement: true as const }
      : table.constraints.length > 0 && { withoutRowid: true as const }),
  };
  return Object.keys(options).length > 0 ? { options } : {};
}

/** No key, an autoincrementing integer, a text, or two columns. */
function generateKey(from: Source): Pick<Table, "columns" | "constraints"> {
  const { random, name, sometimes } = from;
  const named = sometimes() ? { name: name("pk") } : {};
  const integer = (): Column => ({
    name: name("id"),
    type: { kind: "integer", bits: random.pick([16, 32, 64]) },
    nullable: false,
  });
  const text = (): Column => ({ name: name("key"), type: { kind: "text" }, nullable: false });
  const columns = random.pick([[], [integer()], [integer()], [text()], [integer(), text()]]);
  if (columns.length === 0) return { columns, constraints: [] };
  const key = { kind: "primaryKey", ...named, columns: columns.map((it) => it.name) } as const;
  return { columns, constraints: [key] };
}

export interface GeneratedColumn {
  readonly column: Column;
  readonly sample: TypeSample;
}

export function generateColumn({ random, dialect, name, sometimes }: Source): GeneratedColumn {
  const sample = random.pick(typeSamples(dialect));
  const column: Column = {
    name: name("column"),
    type: sample.type,
    nullable: random.below(4) > 0,
    ...(sometimes() && { default: { sql: sample.default } }),
    ...(dialect === "postgres" && sometimes() && { comment: "it's a column" }),
    ...(sample.type.kind === "text" && sometimes() && { collation: collations[dialect] }),
  };
  if (dialect === "postgres" && sample.type.kind === "integer" && !column.default && sometimes()) {
    const identity = random.pick(["always", "byDefault"] as const);
    const sequence = sometimes() ? { sequence: { start: 5, increment: 2, cycle: true } } : {};
    return { column: { ...column, nullable: false, identity, ...sequence }, sample };
  }
  return { column, sample };
}

export const collations = { postgres: "C", sqlite: "NOCASE" } as const;

function generatedFrom(
  columns: readonly GeneratedColumn[],
  { dialect, name, sometimes }: Source,
): readonly Column[] {
  const number = columns.find((it) => it.column.type.kind === "integer")?.column;
  if (!number || !sometimes()) return [];
  const expression = { sql: `${quoteIdentifier(number.name)} + 1` };
  return [{
    name: name("generated"),
    type: number.type,
    nullable: true,
    generated: { expression, stored: dialect === "postgres" || sometimes() },
  }];
}

/** A column that refers to the key of `table`, if that is a single integer. */
export function foreignKeyTo(
  table: Pick<Table, "name" | "columns" | "constraints">,
  { random, name, sometimes }: Source,
): readonly { readonly column: Column; readonly constraint: Constraint }[] {
  const key = table.constraints.find((it) => it.kind === "primaryKey");
  const target = table.columns.find((it) => it.name === key?.columns[0]);
  if (key?.columns.length !== 1 || target?.type.kind !== "integer") return [];
  const column: Column = { name: name("ref"), type: target.type, nullable: true };
  const constraint: Constraint = {
    kind: "foreignKey",
    ...(sometimes() && { name: name("fk") }),
    columns: [column.name],
    references: { name: table.name, columns: sometimes() ? [] : key.columns },
    ...(sometimes() && { onDelete: random.pick(["cascade", "set null", "restrict", "no action"]) }),
    ...(sometimes() && { onUpdate: random.pick(["cascade", "set default"]) }),
    ...(sometimes() && { deferrable: random.pick(["immediate", "deferred"]) }),
    ...(sometimes() && { match: "full" }),
  };
  return [{ column, constraint }];
}

export function unique(
  columns: readonly string[],
  { dialect, name, sometimes }: Source,
): Constraint {
  const named = sometimes() ? { name: name("uq") } : {};
  if (dialect === "sqlite") return { kind: "unique", ...named, columns };
  if (sometimes()) {
    const elements = columns.map((on) => ({ on, operator: "=" }));
    return { kind: "exclude", ...named, using: "btree", elements };
  }
  return {
    kind: "unique",
    ...named,
    columns,
    ...(sometimes() && { nullsNotDistinct: true }),
    ...(sometimes() && { deferrable: "deferred" }),
  };
}

export function checkOn(
  { column }: GeneratedColumn,
  { dialect, name, sometimes }: Source,
): readonly Constraint[] {
  if (column.type.kind !== "integer") return [];
  const expression = {
    sql: `${quoteIdentifier(column.name)} > 0 OR ${quoteIdentifier(column.name)} IS NULL`,
  };
  const notValid = dialect === "postgres" && sometimes();
  return [{
    kind: "check",
    ...((notValid || sometimes()) && { name: name("ck") }),
    expression,
    ...(dialect === "postgres" && sometimes() && { noInherit: true }),
    ...(notValid && { notValid }),
  }];
}

export function generateIndex(
  column: Column,
  others: readonly Column[],
  { random, dialect, name, sometimes }: Source,
): Index {
  const quoted = quoteIdentifier(column.name);
  const isText = column.type.kind === "text";
  const second = others.find((it) => it !== column && sometimes());
  const using = dialect === "postgres" && !second && sometimes() ? { using: "hash" } : {};
  if (dialect === "postgres" && !("using" in using) && sometimes()) {
    return {
      name: name("ix"),
      on: [{
        on: column.name,
        ...(isText && sometimes() && { collation: "C" }),
        ...(isText && sometimes() && { operatorClass: "text_pattern_ops" }),
        ...(sometimes() && { order: "desc" }),
        ...(sometimes() && { nulls: "first" }),
      }],
      unique: true,
      ...(second && { include: [second.name] }),
      ...(sometimes() && { nullsNotDistinct: true }),
      ...(sometimes() && { with: { fillfactor: "80" } }),
    };
  }
  const plain = isText && sometimes() ? { sql: `lower(${quoted})` } : column.name;
  const first: IndexElement = dialect === "sqlite" && sometimes()
    ? { on: plain, ...(isText && sometimes() && { collation: "RTRIM" }), order: "desc" }
    : plain;
  return {
    name: name("ix"),
    on: [
      first,
      ...second ? [second.name] : [],
    ],
    unique: !("using" in using) && random.below(2) === 0,
    ...(sometimes() && { where: { sql: `${quoted} IS NOT NULL` } }),
    ...using,
  };
}
