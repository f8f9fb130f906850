import type { Operation } from "../../lib/operations/operation.ts";
import { check, foreignKey, index, primaryKey, table, unique } from "../../lib/schema/table.ts";
import { column } from "../../lib/schema/column.ts";
import * as types from "../../lib/schema/column_types.ts";
import type { Constraint, Schema, Table } from "../../lib/schema/schema.ts";
import type { ColumnType } from "../../lib/schema/types.ts";
import type { Random } from "../sql/random.ts";

export type DialectName = "postgres" | "sqlite";

/** Every type that a database has, each at least once. */
export function columnTypes(dialect: DialectName): readonly [ColumnType, ...ColumnType[]] {
  const common: readonly [ColumnType, ...ColumnType[]] = [
    types.integer(),
    types.bigint(),
    types.smallint(),
    types.string(20),
    types.string(),
    types.text(),
    types.boolean(),
    types.numeric(10, 2),
    types.numeric(),
    types.real(),
    types.double(),
    types.date(),
    types.time(),
    types.timestamp(),
    types.timestamp({ timezone: true }),
    types.interval(),
    types.json(),
    types.jsonb(),
    types.uuid(),
    types.binary(),
  ];
  return dialect === "sqlite"
    ? [...common, types.native("MONEY")]
    : [...common, types.array(types.text()), types.time({ timezone: true }), types.native("inet")];
}

/** Makes operations that can be done to a schema, one after the other, each a different one with every number. */
export class Generator {
  readonly #random: Random;
  readonly #dialect: DialectName;
  #names = 0;

  constructor(random: Random, dialect: DialectName) {
    this.#random = random;
    this.#dialect = dialect;
  }

  /** Returns an operation that `schema` takes; a database takes it, too. */
  next(schema: Schema): Operation {
    const [first, ...rest] = schema.tables;
    if (first === undefined || schema.tables.length < 2) return this.#createTable(schema);
    const it = this.#random.pick([first, ...rest]);
    const make = this.#random.pick(this.#makers);
    return make(it, schema) ?? this.#createTable(schema);
  }

  readonly #makers: readonly [Maker, ...Maker[]] = [
    (_, schema) => this.#createTable(schema),
    (it, schema) => isReferenced(it, schema) ? undefined : { kind: "dropTable", name: named(it) },
    (it) => ({ kind: "renameTable", name: named(it), to: this.#name("t") }),
    (it) => this.#addColumn(it),
    (it) => {
      const free = freeColumn(it);
      return free === undefined
        ? undefined
        : { kind: "dropColumn", table: named(it), column: free };
    },
    (it) => {
      const free = freeColumn(it);
      return free === undefined
        ? undefined
        : { kind: "renameColumn", table: named(it), column: free, to: this.#name("c") };
    },
    (it) => this.#alterColumn(it),
    (it) => ({ kind: "createIndex", table: named(it), index: this.#index(it) }),
    (it) => {
      const [first] = it.indexes;
      return first && { kind: "dropIndex", table: named(it), index: first.name };
    },
    (it) => ({ kind: "bulkInsert", table: named(it), rows: [] }),
    () => ({ kind: "execute", statement: { sql: "SELECT 1" } }),
    () => ({ kind: "run", summary: "nothing", body: () => Promise.resolve() }),
  ];

  #createTable(schema: Schema): Operation {
    const name = this.#name("t");
    const [other] = schema.tables;
    const parts = [
      column("id", types.integer()),
      // Named in expressions, so never renamed: what `execute` text says of it no operation can follow.
      column("fixed", types.integer(), { nullable: false, serverDefault: 0 }),
      ...Array.from({ length: this.#random.below(4) }, () => this.#column()),
      primaryKey(["id"], { name: `pk_${name}` }),
      unique(["id", "fixed"], { name: `uq_${name}` }),
      check("fixed >= 0", { name: `ck_${name}` }),
      index(this.#name("ix"), ["fixed"], { where: "fixed > 1" }),
    ];
    const key = other &&
      foreignKey(["fixed"], { table: named(other), columns: ["id"] }, {
        name: `fk_${name}`,
        onDelete: "cascade",
      });
    return { kind: "createTable", table: table(name, ...parts, ...key ? [key] : []) };
  }

  #column() {
    const type = this.#random.pick(columnTypes(this.#dialect));
    const defaults = type.kind === "integer" || type.kind === "string" || type.kind === "text";
    return column(this.#name("c"), type, {
      nullable: !defaults || this.#random.below(2) === 0,
      ...(defaults && { serverDefault: type.kind === "integer" ? 7 : "it's" }),
    });
  }

  #addColumn(it: Table): Operation {
    const { column: added, constraints } = this.#column();
    return { kind: "addColumn", table: named(it), column: added, constraints };
  }

  #alterColumn(it: Table): Operation | undefined {
    const free = it.columns.find(({ name, type }) =>
      name === freeColumn(it) && type.kind === "string"
    );
    if (this.#dialect === "sqlite" || free === undefined) return undefined;
    return {
      kind: "alterColumn",
      table: named(it),
      column: free.name,
      change: this.#random.pick([
        { type: types.text() },
        { nullable: !free.nullable },
        { default: { sql: "'other'" } },
        { default: null },
        { comment: "what it is" },
      ]),
    };
  }

  #index(it: Table) {
    return {
      name: this.#name("ix"),
      on: this.#random.pick([["fixed"], ["id", "fixed"], [{ sql: "fixed + 1" }]]),
      unique: this.#random.below(2) === 0 && it.name !== "",
    };
  }

  #name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }
}

type Maker = (it: Table, schema: Schema) => Operation | undefined;

function named({ name }: Table): { readonly name: string } {
  return { name };
}

/** A column that nothing else in the table names. */
function freeColumn(it: Table): string | undefined {
  return it.columns.find(({ name }) => name.startsWith("c"))?.name;
}

function isReferenced(it: Table, { tables }: Schema): boolean {
  const refers = (one: Constraint) => one.kind === "foreignKey" && one.references.name === it.name;
  return tables.some((other) => other.constraints.some(refers));
}
