import { columnsOf } from "../../schema/columns_of.ts";
import { readGrant } from "../../schema/objects.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema, SchemaObject, Table } from "../../schema/schema.ts";
import { quoteName } from "../../sql/quote.ts";
import { type Key, type Part, tableKey } from "../part.ts";
import { partsOfTable } from "../steps/take_apart.ts";

export interface LeaveOutOptions {
  /** Says whether a part stays, judging by its own name. */
  readonly isKept: (part: Part) => boolean;
  /** Says whether a table that is left out can be referenced nevertheless. */
  readonly isThere: (table: QualifiedName) => boolean;
}

/** Returns `schema` without what is not kept, and without anything in that or on it. */
export function leaveOut(schema: Schema, { isKept, isThere }: LeaveOutOptions): Schema {
  const left = leftTables(schema.tables, isKept);
  const objects = schema.objects.filter((object) => !isKept({ kind: "object", object }));
  const gone = [...schema.tables.filter((it) => left.has(tableKey(it))), ...objects];
  const isMissing = (table: QualifiedName) => left.has(tableKey(table)) && !isThere(table);
  return {
    tables: schema.tables.filter((it) => !left.has(tableKey(it)))
      .map((it) => withoutParts(it, isKept, isMissing)),
    enums: schema.enums.filter((it) => isKept({ kind: "enum", enum: it })),
    objects: schema.objects.filter((it) =>
      !objects.includes(it) && !gone.some((one) => standsOn(it, one))
    ),
  };
}

/** A partition is left out with the table that it is a part of. */
function leftTables(
  tables: readonly Table[],
  isKept: LeaveOutOptions["isKept"],
): ReadonlySet<Key> {
  const byKey = new Map(tables.map((it) => [tableKey(it), it]));
  const isLeft = (table: Table): boolean => {
    if (!isKept({ kind: "table", table })) return true;
    const whole = table.options?.partitionOf &&
      byKey.get(tableKey(table.options.partitionOf.table));
    return whole !== undefined && isLeft(whole);
  };
  return new Set(tables.filter(isLeft).map((it) => tableKey(it)));
}

function withoutParts(
  table: Table,
  isKept: LeaveOutOptions["isKept"],
  isMissing: (table: QualifiedName) => boolean,
): Table {
  const parts = partsOfTable(table);
  const left = parts.filter((it) => !isKept(it));
  const columns = new Set(left.flatMap((it) => it.kind === "column" ? [it.column.name] : []));
  const isOn = (names: ReadonlySet<string>) => columns.intersection(names).size > 0;
  // An unnamed constraint goes by the name that it would be given.
  const named = parts.flatMap((it) => it.kind === "constraint" ? [it] : []);
  const constraints = table.constraints.filter((constraint, at) => {
    const part = named[at];
    return part !== undefined && !left.includes(part) && !isOn(columnsOf(constraint)) &&
      !(constraint.kind === "foreignKey" && isMissing(constraint.references));
  });
  const indexes = table.indexes.filter((index) =>
    !left.some((it) => it.kind === "index" && it.index === index) && !isOn(columnsOf(index))
  );
  return {
    ...table,
    columns: table.columns.filter((it) => !columns.has(it.name)),
    constraints,
    indexes,
  };
}

/** Says whether `object` cannot exist without `other`: a trigger, a policy, a grant, ownership of a sequence. */
function standsOn(object: SchemaObject, other: QualifiedName): boolean {
  if (object.kind === "ownedSequence" && sameName(object, other)) return true;
  if (object.on) return sameName(object.on, other);
  if (object.kind !== "grant") return false;
  const name = quoteName(other);
  return [`TABLE ${name}`, `SEQUENCE ${name}`].includes(readGrant(object).on);
}
