import { refersTo } from "./in_order.ts";
import { columnsOf } from "../../lib/schema/columns_of.ts";
import type { ColumnChange } from "../../lib/operations/column_change.ts";
import type { Operation, OperationOf } from "../../lib/operations/operation.ts";
import { view } from "../../lib/schema/objects.ts";
import { findObject } from "../../lib/schema/lookup.ts";
import { countingKey } from "../../lib/schema/counting_key.ts";
import type { Column, Constraint, Schema, Table } from "../../lib/schema/schema.ts";
import { identifiersIn } from "../../lib/sql/identifiers.ts";
import { typeSamples } from "./column_types.ts";
import { generateObjects } from "./generate_objects.ts";
import {
  checkOn,
  foreignKeyTo,
  generateColumn,
  generateIndex,
  generateTable,
  isRelated,
  type Source,
  unique,
} from "./generate_schema.ts";

type Generators = {
  readonly [Kind in Operation["kind"]]: (
    schema: Schema,
    from: Source,
  ) => OperationOf<Kind> | undefined;
};

/** How to make each kind of operation on a schema: omitting a kind does not compile. */
const generators: Generators = {
  createTable: (schema, from) => {
    if (from.sometimes()) {
      return { kind: "createTable", table: tableOf(schema, from), ifNotExists: true };
    }
    return { kind: "createTable", table: generateTable(from, schema.tables) };
  },
  dropTable: (schema, from) => {
    if (from.sometimes()) return { kind: "dropTable", name: { name: "absent" }, ifExists: true };
    if (from.sometimes() && hasWhole(schema)) return { kind: "dropTable", name: { name: "whole" } };
    const table = tableOf(schema, from);
    const needed = schema.tables.some((it) => it !== table && refersTo(it, table));
    return needed ? undefined : { kind: "dropTable", name: { name: table.name } };
  },
  renameTable: (schema, from) => {
    const table = tableOf(schema, from);
    // The statements of objects that depend on it contain the old name.
    if (schema.objects.some((it) => it.on?.name === table.name)) return undefined;
    return { kind: "renameTable", name: { name: table.name }, to: from.name("renamed") };
  },
  addColumn: (schema, from) => {
    const table = tableOf(schema, from);
    const on = { name: table.name };
    const [reference] = from.sometimes() ? foreignKeyTo(table, from) : [];
    if (reference && !canBeStrict(reference.column, table)) return undefined;
    if (reference) {
      return {
        kind: "addColumn",
        table: on,
        column: reference.column,
        constraints: [reference.constraint],
      };
    }
    const added = generateColumn(from);
    if (!canBeStrict(added.column, table)) return undefined;
    const [beside] = table.columns;
    const position = from.dialect === "sqlite" && beside && from.sometimes()
      ? { position: { before: beside.name } }
      : {};
    return {
      kind: "addColumn",
      table: on,
      column: added.column,
      constraints: [
        ...from.sometimes() && added.sample.comparable ? [unique([added.column.name], from)] : [],
        ...from.sometimes() ? checkOn(added, from) : [],
      ],
      ...position,
    };
  },
  dropColumn: (schema, from) => {
    const table = tableOf(schema, from);
    const column = from.random.pick(nonEmpty(table.columns));
    const holds = table.options?.withoutRowid;
    const free = table.columns.length > 1 && !isNeeded(column, table, schema) &&
      !(holds && isKey(column.name, table));
    return free
      ? { kind: "dropColumn", table: { name: table.name }, column: column.name }
      : undefined;
  },
  renameColumn: (schema, from) => {
    const table = tableOf(schema, from);
    const column = from.random.pick(nonEmpty(table.columns)).name;
    return { kind: "renameColumn", table: { name: table.name }, column, to: from.name("renamed") };
  },
  alterColumn: (schema, from) => {
    const table = tableOf(schema, from);
    const { name, type, nullable, default: value, generated, identity, collation } = from.random
      .pick(
        nonEmpty(table.columns),
      );
    const on = { kind: "alterColumn", table: { name: table.name }, column: name } as const;
    if (from.dialect === "sqlite" && !isKey(name, table)) {
      const wanted: readonly ColumnChange[] = [
        { nullable: !nullable },
        { comment: "altered" },
        { collation: collation === undefined ? "RTRIM" : null },
        // A column either has a default or is generated.
        generated ? { generated: null } : { default: value ? null : { sql: "7" } },
        ...value ? [] : [{ generated: { expression: { sql: "1 + 1" }, stored: true } }],
        ...generated ? [] : typeSamples("sqlite").map((it) => ({ type: it.type }))
          .filter((it) => !table.options?.strict || it.type.kind !== "native"),
      ];
      return { ...on, change: from.random.pick(nonEmpty(wanted)) };
    }
    const alone = ![...table.constraints, ...table.indexes].some((it) => columnsOf(it).has(name));
    if (generated || !alone || isReferred(name, table, schema)) {
      return { ...on, change: { comment: from.sometimes() ? null : "altered" } };
    }
    const sample = typeSamples(from.dialect).find((it) => Bun.deepEquals(it.type, type));
    const changes = [
      ...identity ? [] : [{ nullable: !nullable }],
      { comment: "altered" },
      ...identity
        ? []
        : [value || !sample ? { default: null } : { default: { sql: sample.default } }],
      ...from.dialect === "postgres" && type.kind === "integer" && !value && !nullable
        ? [{ identity: identity ? null : { generation: "always", start: 3 } as const }]
        : [],
      ...from.dialect === "postgres" && type.kind === "text" && !value
        ? [{ type, collation: collation ? null : "C" }]
        : [],
      ...type.kind === "string" && !value ? [{ type: { kind: "text" } as const, nullable }] : [],
    ] as const;
    return { ...on, change: from.random.pick(nonEmpty(changes)) };
  },
  createIndex: (schema, from) => {
    const table = tableOf(schema, from);
    const columns = table.columns.filter((it) => it.type.kind !== "json");
    if (columns.length === 0) return undefined;
    const index = generateIndex(from.random.pick(nonEmpty(columns)), columns, from);
    return {
      kind: "createIndex",
      table: { name: table.name },
      index,
      ...(from.sometimes() && { concurrently: true }),
      ...(from.sometimes() && { ifNotExists: true }),
    };
  },
  dropIndex: (schema) => {
    const table = schema.tables.find((it) => it.indexes.length > 0);
    const [index] = table?.indexes ?? [];
    if (!table || !index) return undefined;
    return { kind: "dropIndex", table: { name: table.name }, index: index.name };
  },
  renameIndex: (schema, from) => {
    const table = schema.tables.find((it) => it.indexes.length > 0);
    const [index] = table?.indexes ?? [];
    if (!table || !index) return undefined;
    const to = from.name("renamed");
    return { kind: "renameIndex", table: { name: table.name }, index: index.name, to };
  },
  addConstraint: (schema, from) => {
    const table = tableOf(schema, from);
    const plain = table.columns.filter((it) => !it.generated && !it.identity);
    const number = plain.find((it) => it.type.kind === "integer");
    // PostgreSQL merges two that are identical in a CREATE TABLE.
    const word = plain.find((it) =>
      it.type.kind === "text" && !table.constraints.some((one) => columnsOf(one).has(it.name))
    );
    const checks = number
      ? checkOn({ column: number, sample: typeSamples(from.dialect)[0] }, from)
      : [];
    const key = table.columns.find((it) => !it.generated && !it.default);
    const hasKey = table.constraints.some((it) => it.kind === "primaryKey");
    const keys: readonly Constraint[] = from.dialect === "sqlite" && key && !hasKey
      ? [{ kind: "primaryKey", columns: [key.name] }]
      : [];
    const all = [
      ...checks,
      ...keys,
      ...word ? [unique([word.name], from)] : [],
    ];
    if (all.length === 0) return undefined;
    const constraint = { name: from.name("added"), ...from.random.pick(nonEmpty(all)) };
    return { kind: "addConstraint", table: { name: table.name }, constraint };
  },
  dropConstraint: (schema, from) => {
    const found = namedConstraint(schema, from);
    if (!found || found.constraint.kind === "primaryKey" && !isFreeKey(found, schema, from)) {
      return undefined;
    }
    return { kind: "dropConstraint", table: { name: found.table.name }, name: found.name };
  },
  renameConstraint: (schema, from) => {
    const found = namedConstraint(schema, from);
    if (!found) return undefined;
    return {
      kind: "renameConstraint",
      table: { name: found.table.name },
      name: found.name,
      to: from.name("renamed"),
    };
  },
  validateConstraint: (schema) => {
    const table = schema.tables.find((it) => it.constraints.some((one) => one.notValid));
    const constraint = table?.constraints.find((it) => it.notValid);
    if (!table || constraint?.name === undefined) return undefined;
    return { kind: "validateConstraint", table: { name: table.name }, name: constraint.name };
  },
  alterTable: (schema, from) => {
    const table = tableOf(schema, from);
    const on = { kind: "alterTable", table: { name: table.name } } as const;
    if (from.dialect === "postgres") {
      const heir = schema.tables.find((it) => it.name === "heir");
      if (heir && from.random.below(2) === 0) {
        const existing = heir.options?.inherits ?? null;
        return {
          ...on,
          table: { name: heir.name },
          change: { inherits: existing ? null : [{ name: "parent" }] },
          existing: { inherits: existing },
        };
      }
      const fillfactor = from.random.pick([null, "80", "90"]);
      return { ...on, change: { with: { fillfactor, autovacuum_enabled: "false" } } };
    }
    if (table.options?.withoutRowid || !countingKey(table)) return undefined;
    return { ...on, change: { autoincrement: table.options?.autoincrement ? null : true } };
  },
  commentTable: (schema, from) => ({
    kind: "commentTable",
    table: { name: tableOf(schema, from).name },
    comment: from.sometimes() ? null : "what's this",
  }),
  secureRows: (schema, from) => ({
    kind: "secureRows",
    table: { name: tableOf(schema, from).name },
    security: from.random.pick(["enabled", "forced", "disabled"] as const),
  }),
  attachPartition: (schema) => {
    const loose = schema.tables.find((it) => it.name === "loose" && !it.options?.partitionOf);
    if (!loose || !hasWhole(schema)) return undefined;
    return {
      kind: "attachPartition",
      table: { name: "whole" },
      partition: { name: loose.name },
      bounds: { sql: "FOR VALUES FROM (10) TO (20)" },
    };
  },
  detachPartition: (schema) => {
    const part = schema.tables.find((it) => it.options?.partitionOf);
    if (!part) return undefined;
    return {
      kind: "detachPartition",
      table: { name: "whole" },
      partition: { name: part.name }, // concurrently, the server leaves a check of the bounds behind
    };
  },
  createEnum: (_, from) => ({
    kind: "createEnum",
    enum: { name: from.name("enum"), values: ["x", "it's y"] },
  }),
  dropEnum: (schema) => {
    const unused = schema.enums.find((it) => it.name !== "mood");
    return unused && { kind: "dropEnum", name: { name: unused.name } };
  },
  addEnumValue: (schema, from) => ({
    kind: "addEnumValue",
    name: { name: "mood" },
    value: from.name("value"),
    ...(from.sometimes() && { place: { before: firstMood(schema) } }),
    ...(from.sometimes() && { ifNotExists: true }),
  }),
  renameEnumValue: (schema, from) => {
    const spare = schema.enums.find((it) => it.name === "spare");
    const [value] = spare?.values ?? [];
    if (value === undefined) return undefined;
    return { kind: "renameEnumValue", name: { name: "spare" }, value, to: from.name("value") };
  },
  changeEnum: (schema, from) => ({
    kind: "changeEnum",
    name: { name: "mood" },
    values: [from.name("value"), ...schema.enums.find((it) => it.name === "mood")?.values ?? []],
  }),
  createObject: (schema, from) => {
    const [object] = generateObjects(from, schema.tables.filter((it) => !isRelated(it)))
      .filter((it) => it.on === undefined || it.kind === "policy")
      .filter((it) => !findObject(schema, it));
    return object && { kind: "createObject", object };
  },
  dropObject: (schema, from) => {
    const free = schema.objects.filter((it) => it.kind !== "function" && it.kind !== "schema");
    if (free.length === 0) return undefined;
    const { definition: _, ...object } = from.random.pick(nonEmpty(free));
    return { kind: "dropObject", object, ...(from.sometimes() && { ifExists: true }) };
  },
  replaceObject: (schema) => {
    const there = schema.objects.find((it) => it.kind === "view");
    if (!there) return undefined;
    const object = view({ name: there.name }, "SELECT 2 AS x");
    return { kind: "replaceObject", object };
  },
  autocommit: (schema, from) => {
    const operation = generators.createIndex(schema, from);
    return operation && { kind: "autocommit", operations: [{ operation }] };
  },
  bulkInsert: (schema, from) => {
    const table = tableOf(schema, from);
    const values = table.columns.filter((it) => !it.generated && !it.identity).map((
      it,
    ) => [it.name, valueOf(it, table, from)]);
    return { kind: "bulkInsert", table: { name: table.name }, rows: [Object.fromEntries(values)] };
  },
  execute: () => ({ kind: "execute", statement: { sql: "SELECT 1" } }),
  run: () => ({ kind: "run", summary: "look around", body: async () => {} }),
};

export const operationKinds: readonly string[] = Object.keys(generators);

/** Operations that SQLite refuses, or has no objects for. */
export const postgresAlone: readonly string[] = [
  "addEnumValue",
  "attachPartition",
  "changeEnum",
  "detachPartition",
  "renameEnumValue",
  "secureRows",
  "validateConstraint",
] satisfies readonly Operation["kind"][];

/** Returns an operation that can be done to `schema`, of a randomly drawn kind. */
export function generateOperation(schema: Schema, from: Source): Operation {
  for (;;) {
    const made = from.random.pick(nonEmpty(Object.values(generators)))(schema, from);
    if (made) return made;
  }
}

/** Returns whether the partitioned table still exists; on SQLite it never does. */
function hasWhole(schema: Schema): boolean {
  return schema.tables.some((it) => it.name === "whole");
}

function tableOf(schema: Schema, { random }: Source): Table {
  return random.pick(nonEmpty(schema.tables.filter((it) => !isRelated(it))));
}

/** A constraint with an explicit name: what a server makes up, only the server knows. */
function namedConstraint(schema: Schema, from: Source): {
  readonly table: Pick<Table, "name" | "options">;
  readonly constraint: Constraint;
  readonly name: string;
} | undefined {
  const table = tableOf(schema, from);
  const constraint = table.constraints.find((it) => it.name !== undefined);
  if (constraint?.name === undefined) return undefined;
  return { table, constraint, name: constraint.name };
}

/**
 * On SQLite a primary key can be dropped if nothing needs it; as an alias of the rowid, its type
 * must have been that of 32 bits.
 */
function isFreeKey(
  { table, constraint }: NonNullable<ReturnType<typeof namedConstraint>>,
  schema: Schema,
  { dialect }: Source,
): boolean {
  const whole = schema.tables.find((it) => it.name === table.name);
  const types = whole?.columns.filter((it) => columnsOf(constraint).has(it.name)).map((it) =>
    it.type
  );
  return dialect === "sqlite" && whole !== undefined && table.options === undefined &&
    (types ?? []).every((it) => it.kind !== "integer" || it.bits === 32) &&
    !schema.tables.some((it) => refersTo(it, whole));
}

/** SQLite's own ADD COLUMN accepts only the types of a strict table. */
function canBeStrict({ type }: Column, { options }: Table): boolean {
  return !options?.strict || type.kind === "text" || type.kind === "integer" && type.bits === 32;
}

function isKey(column: string, table: Table): boolean {
  return table.constraints.some((it) => it.kind === "primaryKey" && it.columns.includes(column));
}

function firstMood(schema: Schema): string {
  return schema.enums.find((it) => it.name === "mood")?.values[0] ?? "";
}

function nonEmpty<Item>(items: readonly Item[]): readonly [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error("there is nothing to pick from");
  return [first, ...rest];
}

/** Returns whether a generated column, or a foreign key of any table, depends on it. */
function isNeeded({ name }: Column, table: Table, schema: Schema): boolean {
  const generated = table.columns.some((it) =>
    it.generated && identifiersIn(it.generated.expression).has(name)
  );
  return generated || isReferred(name, table, schema);
}

function isReferred(column: string, table: Table, schema: Schema): boolean {
  return isKey(column, table) && schema.tables.some((it) => refersTo(it, table));
}

/** Foreign keys are null, so that no other rows are needed. */
function valueOf({ name, type }: Column, table: Table, { dialect }: Source): unknown {
  const refers = table.constraints.some((it) =>
    it.kind === "foreignKey" && it.columns.includes(name)
  );
  if (refers) return null;
  if (type.kind === "enum") return type.values[0]; // its values may have changed since
  return typeSamples(dialect).find((it) => Bun.deepEquals(it.type, type))?.value ?? 1;
}
