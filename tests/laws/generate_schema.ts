import type { DialectName } from "../../lib/dialect/dialect.ts";
import type { Column, Constraint, Index, Schema, Table } from "../../lib/schema/schema.ts";
import { quoteIdentifier } from "../../lib/sql/quote.ts";
import type { Random } from "../sql/random.ts";
import { type TypeSample, typeSamples } from "./column_types.ts";

/** What a generated value is made with: it gives every object a name of its own. */
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

/** Returns a schema that its database accepts, tables that others refer to first. */
export function generateSchema(from: Source): Schema {
  const tables: Table[] = [];
  for (let left = 1 + from.random.below(3); left > 0; left--) {
    tables.push(generateTable(from, tables));
  }
  return { tables };
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
  };
}

/** None, an integer that counts itself up, a text, or two columns. */
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
  };
  return { column, sample };
}

function generatedFrom(
  columns: readonly GeneratedColumn[],
  { name, sometimes }: Source,
): readonly Column[] {
  const number = columns.find((it) => it.column.type.kind === "integer")?.column;
  if (!number || !sometimes()) return [];
  const expression = { sql: `${quoteIdentifier(number.name)} + 1` };
  return [{
    name: name("generated"),
    type: number.type,
    nullable: true,
    generated: { expression, stored: true },
  }];
}

/** A column that refers to the key of `table`, if that is one integer. */
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
  };
  return [{ column, constraint }];
}

export function unique(columns: readonly string[], { name, sometimes }: Source): Constraint {
  return { kind: "unique", ...(sometimes() && { name: name("uq") }), columns };
}

export function checkOn(
  { column }: GeneratedColumn,
  { name, sometimes }: Source,
): readonly Constraint[] {
  if (column.type.kind !== "integer") return [];
  const expression = {
    sql: `${quoteIdentifier(column.name)} > 0 OR ${quoteIdentifier(column.name)} IS NULL`,
  };
  return [{ kind: "check", ...(sometimes() && { name: name("ck") }), expression }];
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
  return {
    name: name("ix"),
    on: [
      isText && sometimes() ? { sql: `lower(${quoted})` } : column.name,
      ...second ? [second.name] : [],
    ],
    unique: !("using" in using) && random.below(2) === 0,
    ...(sometimes() && { where: { sql: `${quoted} IS NOT NULL` } }),
    ...using,
  };
}
