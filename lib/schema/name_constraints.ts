import { Buffer } from "node:buffer";
import { clip } from "./clip.ts";
import { columnsOf } from "./columns_of.ts";
import type { Constraint, Table } from "./schema.ts";

/**
 * Returns the constraints of `table`; those without a name get the one that PostgreSQL generates
 * (`makeObjectName` and `ChooseConstraintName` in its sources).
 *
 * Does not take into account names that other tables' objects already use.
 */
export function nameConstraints(table: Table): readonly Constraint[] {
  const taken = new Set(table.constraints.map((it) => it.name));
  return table.constraints.map((constraint) => {
    if (constraint.name !== undefined) return constraint;
    const name = firstFree(taken, (count) => madeUpName(constraint, table, count));
    taken.add(name);
    return { ...constraint, name };
  });
}

function firstFree(taken: ReadonlySet<string | undefined>, nth: (count: string) => string): string {
  for (let count = 0;; count++) {
    const name = nth(count === 0 ? "" : String(count));
    if (!taken.has(name)) return name;
  }
}

function madeUpName(constraint: Constraint, table: Table, count: string): string {
  switch (constraint.kind) {
    case "primaryKey":
      return makeObjectName(table.name, undefined, `pkey${count}`);
    case "unique": {
      const columns = [...constraint.columns, ...constraint.include ?? []];
      return makeObjectName(table.name, columns.join("_"), `key${count}`);
    }
    case "foreignKey":
      return makeObjectName(table.name, constraint.columns.join("_"), `fkey${count}`);
    case "exclude": {
      const keys = constraint.elements.map(({ on }) => typeof on === "string" ? on : "expr");
      const columns = [...keys, ...constraint.include ?? []];
      return makeObjectName(table.name, columns.join("_"), `excl${count}`);
    }
    case "check": {
      const named = columnsOf(constraint);
      const columns = table.columns.filter((it) => named.has(it.name));
      const [only] = columns;
      return makeObjectName(
        table.name,
        columns.length === 1 ? only?.name : undefined,
        `check${count}`,
      );
    }
  }
}

/** The most bytes that a PostgreSQL identifier can have. */
const most = 63;

/**
 * Returns a generated name for something on `columns` of `table`. If the names are too long together,
 * the longer one is cut.
 */
export function makeObjectName(table: string, columns: string | undefined, label: string): string {
  const room = most - label.length - 1 - (columns === undefined ? 0 : 1);
  let [first, second] = [Buffer.byteLength(table), Buffer.byteLength(columns ?? "")];
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [
    clip(table, first),
    ...columns === undefined ? [] : [clip(columns, second)],
    label,
  ];
  return parts.join("_");
}
