import { refersTo } from "./in_order.ts";
import { columnsOf } from "../../lib/schema/columns_of.ts";
import type { Operation, OperationOf } from "../../lib/operations/operation.ts";
import type { Column, Schema, Table } from "../../lib/schema/schema.ts";
import { typeSamples } from "./column_types.ts";
import {
  checkOn,
  foreignKeyTo,
  generateColumn,
  generateIndex,
  generateTable,
  type Source,
  unique,
} from "./generate_schema.ts";

type Generators = {
  readonly [Kind in Operation["kind"]]: (
    schema: Schema,
    from: Source,
  ) => OperationOf<Kind> | undefined;
};

/** How to make each kind of operation that can be done to a schema: a kind left out does not compile. */
const generators: Generators = {
  createTable: (schema, from) => {
    if (from.sometimes()) {
      return { kind: "createTable", table: tableOf(schema, from), ifNotExists: true };
    }
    return { kind: "createTable", table: generateTable(from, schema.tables) };
  },
  dropTable: (schema, from) => {
    if (from.sometimes()) return { kind: "dropTable", name: { name: "absent" }, ifExists: true };
    const table = tableOf(schema, from);
    const needed = schema.tables.some((it) => it !== table && refersTo(it, table));
    return needed ? undefined : { kind: "dropTable", name: { name: table.name } };
  },
  renameTable: (schema, from) => ({
    kind: "renameTable",
    name: { name: tableOf(schema, from).name },
    to: from.name("renamed"),
  }),
  addColumn: (schema, from) => {
    const table = tableOf(schema, from);
    const on = { name: table.name };
    const [reference] = from.sometimes() ? foreignKeyTo(table, from) : [];
    if (reference) {
      return {
        kind: "addColumn",
        table: on,
        column: reference.column,
        constraints: [reference.constraint],
      };
    }
    const added = generateColumn(from);
    return {
      kind: "addColumn",
      table: on,
      column: added.column,
      constraints: [
        ...from.sometimes() && added.sample.comparable ? [unique([added.column.name], from)] : [],
        ...from.sometimes() ? checkOn(added, from) : [],
      ],
    };
  },
  dropColumn: (schema, from) => {
    const table = tableOf(schema, from);
    const column = from.random.pick(nonEmpty(table.columns));
    const free = table.columns.length > 1 && !isNeeded(column, table, schema);
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
    const { name, type, nullable, default: value, generated } = from.random.pick(
      nonEmpty(table.columns),
    );
    const on = { kind: "alterColumn", table: { name: table.name }, column: name } as const;
    const alone = ![...table.constraints, ...table.indexes].some((it) => columnsOf(it).has(name));
    if (generated || !alone || isReferred(name, table, schema)) {
      return { ...on, change: { comment: from.sometimes() ? null : "altered" } };
    }
    const sample = typeSamples(from.dialect).find((it) => Bun.deepEquals(it.type, type));
    const changes = [
      { nullable: !nullable },
      { comment: "altered" },
      value || !sample ? { default: null } : { default: { sql: sample.default } },
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
  bulkInsert: (schema, from) => {
    const table = tableOf(schema, from);
    const values = table.columns.filter((it) => !it.generated).map((
      it,
    ) => [it.name, valueOf(it, table, from)]);
    return { kind: "bulkInsert", table: { name: table.name }, rows: [Object.fromEntries(values)] };
  },
  execute: () => ({ kind: "execute", statement: { sql: "SELECT 1" } }),
  run: () => ({ kind: "run", summary: "look around", body: async () => {} }),
};

export const operationKinds: readonly string[] = Object.keys(generators);

/** Returns an operation that can be done to `schema`, of a kind that is drawn anew each time. */
export function generateOperation(schema: Schema, from: Source): Operation {
  for (;;) {
    const made = from.random.pick(nonEmpty(Object.values(generators)))(schema, from);
    if (made) return made;
  }
}

function tableOf(schema: Schema, { random }: Source): Table {
  return random.pick(nonEmpty(schema.tables));
}

function nonEmpty<Item>(items: readonly Item[]): readonly [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error("there is nothing to pick from");
  return [first, ...rest];
}

/** Says whether a generated column, or a foreign key of any table, stands on it. */
function isNeeded({ name }: Column, table: Table, schema: Schema): boolean {
  const generated = table.columns.some((it) => it.generated?.expression.sql.includes(name));
  return generated || isReferred(name, table, schema);
}

function isReferred(column: string, table: Table, schema: Schema): boolean {
  const key = table.constraints.some((it) =>
    it.kind === "primaryKey" && it.columns.includes(column)
  );
  return key && schema.tables.some((it) => refersTo(it, table));
}

/** Foreign keys are null, so that there need be no other rows. */
function valueOf({ name, type }: Column, table: Table, { dialect }: Source): unknown {
  const refers = table.constraints.some((it) =>
    it.kind === "foreignKey" && it.columns.includes(name)
  );
  if (refers) return null;
  return typeSamples(dialect).find((it) => Bun.deepEquals(it.type, type))?.value ?? 1;
}
