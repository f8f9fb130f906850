import { columnsOf } from "../../schema/columns_of.ts";
import { partsOf } from "../../schema/index_element.ts";
import { isRoutine, routineHead } from "../../schema/routine.ts";
import { readExtensionSchema } from "../../schema/read_definition.ts";
import type {
  ConstraintOf,
  ObjectKind,
  QualifiedName,
  SchemaObject,
  Table,
} from "../../schema/schema.ts";
import { isNumbered, sequenceOf } from "../../schema/serial.ts";
import type { ColumnType } from "../../schema/types.ts";
import { uniqueColumns } from "../../schema/unique_columns.ts";
import { identifiersIn } from "../../sql/identifiers.ts";
import { wordsIn } from "../../sql/words.ts";
import {
  columnKey,
  type Key,
  keyOf,
  objectKey,
  type Part,
  type PartOf,
  tableKey,
  typeKey,
} from "../part.ts";
import { partsOfTable } from "./take_apart.ts";

/** What the parts of one schema need of each other. */
export class Needs {
  readonly #parts: ReadonlyMap<Key, Part>;
  /** Parts that no text can name are under undefined. */
  readonly #byName: ReadonlyMap<string | undefined, readonly Part[]>;
  /** The partitions of each table, by its key. */
  readonly #partitions: ReadonlyMap<Key, readonly { readonly whole: Key; readonly part: Key }[]>;
  /** The position of each part in the schema. */
  readonly #places: ReadonlyMap<Part, number>;

  constructor(parts: ReadonlyMap<Key, Part>) {
    this.#parts = parts;
    this.#places = new Map([...parts.values()].map((it, at) => [it, at]));
    this.#byName = Map.groupBy(parts.values(), nameOf);
    const partitions = [...parts].flatMap(([part, it]) => {
      const of = it.kind === "table" ? it.table.options?.partitionOf?.table : undefined;
      return of ? [{ whole: tableKey(of), part }] : [];
    });
    this.#partitions = Map.groupBy(partitions, (it) => it.whole);
  }

  /**
   * Returns the keys of what must exist before `part` is created. Whatever a text names is included: there
   * may be too many, never too few.
   */
  of(part: Part): ReadonlySet<Key> {
    return this.#all(part, textsOf(part));
  }

  /** Returns the keys of what no database drops while `part` exists; a routine's string body does not count. */
  binding(part: Part): ReadonlySet<Key> {
    if (part.kind !== "object" || !isRoutine(part.object.kind)) return this.of(part);
    const head = routineHead(part.object.definition.sql);
    if (head === undefined) return this.of(part);
    const found = this.#all(part, [head]);
    return new Set([...found].filter((it) => this.#parts.get(it)?.kind !== "column"));
  }

  /** Returns the keys of the tables that `table` is a partition of: its whole, the whole of that, and so on. */
  wholesOf({ options }: Pick<Table, "options">): readonly Key[] {
    const whole = options?.partitionOf?.table;
    return whole ? [tableKey(whole), ...this.wholesOf(this.#table(whole) ?? {})] : [];
  }

  #all(part: Part, texts: readonly string[]): ReadonlySet<Key> {
    const words = new Set(texts.flatMap((it) => [...wordsIn(it)]));
    const found = new Set([...this.#structural(part), ...this.#mentioned(part, words)]);
    found.delete(keyOf(part));
    return found;
  }

  #structural(part: Part): readonly Key[] {
    switch (part.kind) {
      case "table":
        return [
          ...schemaOf(part.table),
          ...parentsOf(part.table).map((it) => tableKey(it)),
          ...this.#columns(part.table, partitioning(part.table)),
        ];
      case "column": {
        const { type, generated } = part.column;
        const named = generated ? identifiersIn(generated.expression) : [];
        return [tableKey(part.table), ...enumKeys(type), ...this.#columns(part.table, named)];
      }
      case "default":
        return [columnKey(part.table, part.column.name), ...enumKeys(part.column.type)];
      case "constraint": {
        const { table, constraint } = part;
        return [
          tableKey(table),
          ...this.#columns(table, columnsOf(constraint)),
          ...constraint.kind === "foreignKey" ? this.#target(constraint.references) : [],
        ];
      }
      case "index":
        return [tableKey(part.table), ...this.#columns(part.table, columnsOf(part.index))];
      case "enum":
        return schemaOf(part.enum);
      case "object": {
        const { on } = part.object;
        return [
          ...schemaOfObject(part.object),
          ...on ? [tableKey(on), viewKey("view", on), viewKey("materializedView", on)] : [],
        ];
      }
    }
  }

  #table(name: QualifiedName): Table | undefined {
    const part = this.#parts.get(tableKey(name));
    return part?.kind === "table" ? part.table : undefined;
  }

  #columns(table: QualifiedName, names: Iterable<string>): readonly Key[] {
    return [...names].flatMap((it) => this.#column(table, it) ?? []);
  }

  /** A column of `table`, or of a table that it is a part of. */
  #column(table: QualifiedName, name: string): Key | undefined {
    const own = columnKey(table, name);
    if (this.#parts.has(own)) return own;
    for (const parent of parentsOf(this.#table(table) ?? {})) {
      const key = this.#column(parent, name);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  /** A foreign key needs a table with its partitions, its columns, and what makes them unique. */
  #target({ columns, ...name }: ConstraintOf<"foreignKey">["references"]): readonly Key[] {
    const table = this.#table(name);
    const keys = table ? partsOfTable(table).filter((it) => isKeyOf(it, columns)).map(keyOf) : [];
    const whole = tableKey(name);
    return [whole, ...this.#within(whole), ...this.#columns(name, columns), ...keys];
  }

  #within(whole: Key): readonly Key[] {
    const parts = this.#partitions.get(whole) ?? [];
    return parts.flatMap((it) => [it.part, ...this.#within(it.part)]);
  }

  #mentioned(part: Part, words: ReadonlySet<string>): readonly Key[] {
    const found = [...words].flatMap((it) => this.#byName.get(it) ?? []);
    // A table is a type, too.
    if (part.kind === "column") {
      return found.filter((it) => it.kind === "table" || isUsable(it)).map(keyOf);
    }
    if (part.kind !== "object") return found.filter(isUsable).map(keyOf);
    return found.filter((it) => !this.#comesLater(it, part)).flatMap((it) => [
      keyOf(it),
      ...it.kind === "table" ? this.#columns(it.table, words) : [],
    ]);
  }

  /** Objects are in an order in which they can be created; only the body of a routine may name later ones. */
  #comesLater(other: Part, part: PartOf<"object">): boolean {
    if (other.kind !== "object" || isRoutine(part.object.kind)) return false;
    return (this.#places.get(other) ?? 0) > (this.#places.get(part) ?? 0);
  }
}

/** Returns the name by which a text refers to `part`; for a column that is numbered, that of its sequence. */
function nameOf(part: Part): string | undefined {
  switch (part.kind) {
    case "table":
      return part.table.name;
    case "enum":
      return part.enum.name;
    case "object":
      return unspoken.has(part.object.kind) ? undefined : part.object.name;
    case "column":
      return isNumbered(part.column) ? sequenceOf(part.table, part.column).name : undefined;
    default:
      return undefined;
  }
}

const unspoken: ReadonlySet<ObjectKind> = new Set([
  "ownedSequence",
  "schema",
  "extension",
  "index",
  "trigger",
  "policy",
  "grant",
]);

/** Says whether an expression of a table can use `part`. */
function isUsable(part: Part): boolean {
  if (part.kind !== "object") return part.kind === "enum" || part.kind === "column";
  return part.object.kind !== "view" && part.object.kind !== "materializedView";
}

/** Returns the texts of `part` that may name other parts. */
function textsOf(part: Part): readonly string[] {
  switch (part.kind) {
    case "column": {
      const { type, generated } = part.column;
      return [...nativeNames(type), ...generated ? [generated.expression.sql] : []];
    }
    case "default":
      return part.column.default ? [part.column.default.sql] : [];
    case "constraint": {
      const { constraint } = part;
      if (constraint.kind === "check") return [constraint.expression.sql];
      if (constraint.kind !== "exclude") return [];
      const on = constraint.elements.map((it) => it.on);
      return [...on, constraint.where].flatMap((it) => typeof it === "object" ? [it.sql] : []);
    }
    case "index": {
      const { on, where } = part.index;
      return [...on.map((it) => partsOf(it).on), where]
        .flatMap((it) => typeof it === "object" ? [it.sql] : []);
    }
    case "object":
      return [part.object.definition.sql];
    default:
      return [];
  }
}

function nativeNames(type: ColumnType): readonly string[] {
  if (type.kind === "array") return nativeNames(type.of);
  return type.kind === "native" ? [type.sql] : [];
}

function enumKeys(type: ColumnType): readonly Key[] {
  if (type.kind === "array") return enumKeys(type.of);
  return type.kind === "enum" ? [typeKey(type.name)] : [];
}

function isKeyOf(part: Part, columns: readonly string[]): boolean {
  const own = part.kind === "constraint"
    ? uniqueColumns(part.constraint)
    : part.kind === "index"
    ? uniqueColumns(part.index)
    : undefined;
  if (own === undefined) return false;
  if (columns.length === 0) return part.kind === "constraint";
  return own.length === columns.length && own.every((it) => columns.includes(it));
}

function parentsOf({ options = {} }: Pick<Table, "options">): readonly QualifiedName[] {
  const { partitionOf, inherits = [] } = options;
  return partitionOf ? [partitionOf.table, ...inherits] : inherits;
}

/** Returns the columns that `table` may be partitioned by. */
function partitioning({ options = {} }: Table): Iterable<string> {
  return options.partitionBy ? identifiersIn(options.partitionBy) : [];
}

function schemaOf({ schema }: QualifiedName): readonly Key[] {
  return schema === undefined ? [] : [objectKey({ kind: "schema", name: schema })];
}

function schemaOfObject({ kind, name, schema, definition }: SchemaObject): readonly Key[] {
  if (kind === "schema") return [];
  const said = kind === "extension" ? readExtensionSchema(definition.sql) : schema;
  return schemaOf({ name, ...(said !== undefined && { schema: said }) });
}

function viewKey(kind: "view" | "materializedView", { schema, name }: QualifiedName): Key {
  return objectKey({ kind, name, ...(schema !== undefined && { schema }) });
}
