import { ToolError } from "../../error.ts";
import { settleCounting } from "../../schema/counting_key.ts";
import { columnsOf } from "../../schema/columns_of.ts";
import { constraintNamed, find, findEnum, findIndex, findObject } from "../../schema/lookup.ts";
import { notFound } from "../../schema/not_found.ts";
import { sameObject } from "../../schema/objects.ts";
import { sameName, showName } from "../../schema/qualified_name.ts";
import type {
  Column,
  Constraint,
  Enum,
  Index,
  QualifiedName,
  Schema,
  SchemaObject,
  Table,
} from "../../schema/schema.ts";
import { sameData } from "../../schema/same_data.ts";
import { settledSerial } from "../../schema/serial.ts";
import { inWords } from "../../sql/camel_case.ts";
import { alteredColumn } from "./altered_column.ts";
import { alteredTable } from "./altered_table.ts";
import type { ColumnPosition } from "../column_change.ts";
import { handle } from "../handle.ts";
import { withoutKeysTo, withoutKeysToKey, withoutSchema } from "./cascade.ts";
import { reparented } from "./inherited_parts.ts";
import type { Operation } from "../operation.ts";
import { counterIn, type Owner, spelledFor, withoutOwned } from "./owned_sequences.ts";
import { detachedPart, partsBesides } from "./partition_parts.ts";
import { renameColumnInObject, renameTableInObject } from "./rename_in_object.ts";
import { renameValuesIn } from "./rename_value.ts";
import { followSequence } from "./rename_sequence.ts";
import { heirsOf, renameColumnIn, renameTableIn, retypeEnumIn } from "./rename.ts";

/**
 * Returns the schema after `operation`. Operations whose effect only the database knows (`execute`,
 * `run`) leave it unchanged, and so do those that only change rows.
 *
 * @throws {ToolError} `operation/invalid` if `before` does not allow the operation.
 */
export function apply(operation: Operation, before: Schema): Schema {
  const counter = counterIn(operation, before);
  return counter === undefined
    ? applied(operation, before)
    : settledSerial(applied(operation, spelledFor(operation, before)), counter);
}

function applied(operation: Operation, before: Schema): Schema {
  return handle<Schema>(operation, {
    createTable: ({ table, ifNotExists }) => {
      if (!find(before, table)) return { ...before, tables: [...before.tables, table] };
      if (ifNotExists) return before;
      throw invalid(`Cannot create the table "${showName(table)}": it already exists`);
    },
    dropTable: ({ name, ifExists, cascade }) => {
      if (!ifExists) existing(before, name);
      // A table's partitions are dropped with it.
      const gone = [name, ...heirsOf(name, before.tables)];
      const isGone = (it: QualifiedName) => gone.some((one) => sameName(one, it));
      const left = before.tables.filter((it) => !isGone(it));
      return {
        ...before,
        tables: cascade ? withoutKeysTo(left, ({ references }) => isGone(references)) : left,
        objects: withoutOwned(before.objects, ({ on }) => isGone(on))
          .filter((it) => !(it.on && isGone(it.on))),
      };
    },
    renameTable: ({ name, to }) => {
      existing(before, name);
      if (find(before, { ...name, name: to })) {
        throw invalid(`Cannot rename the table "${showName(name)}": "${to}" already exists`);
      }
      return {
        ...before,
        tables: before.tables.map((it) => renameTableIn(it, name, to)),
        objects: before.objects.map((it) => renameTableInObject(it, name, to)),
      };
    },
    addColumn: ({ table, column, constraints, ifNotExists, position }) =>
      change(before, table, (it) => {
        if (ifNotExists && it.columns.some(({ name }) => name === column.name)) return it;
        vacant(it, column.name, `Cannot add the column "${column.name}"`);
        return {
          ...it,
          columns: inserted(it.columns, column, (one) => one.name, position),
          constraints: [...it.constraints, ...constraints],
        };
      }),
    dropColumn: ({ table, column, ifExists }) => {
      const { objects, ...rest } = change(before, table, (it) => {
        if (ifExists && !it.columns.some(({ name }) => name === column)) return it;
        columnOf(it, column);
        return uncountedWithoutKey({
          ...it,
          columns: it.columns.filter(({ name }) => name !== column),
          constraints: it.constraints.filter((part) => !columnsOf(part).has(column)),
          indexes: it.indexes.filter((part) => !columnsOf(part).has(column)),
        });
      });
      const isGone = (it: Owner) => sameName(it.on, table) && it.column === column;
      return { ...rest, objects: withoutOwned(objects, isGone) };
    },
    renameColumn: ({ table, column, to }) => {
      const owner = existing(before, table);
      columnOf(owner, column);
      vacant(owner, to, `Cannot rename the column "${column}"`);
      return [owner, ...heirsOf(owner, before.tables)].reduce((schema, on) => ({
        ...schema,
        tables: schema.tables.map((it) => renameColumnIn(it, on, column, to)),
        objects: schema.objects.map((it) => renameColumnInObject(it, on, column, to)),
      }), before);
    },
    alterColumn: ({ table, column, change: wanted }) => {
      const old = columnOf(existing(before, table), column);
      const made = alteredColumn(old, wanted);
      const altered = change(before, table, (it) => {
        const columns = it.columns.map((part) => part === old ? made : part);
        return settleCounting({ ...it, columns }, it);
      });
      return followSequence(altered, table, { old, made });
    },
    addConstraint: ({ table, constraint }) =>
      change(before, table, (it) => {
        const { name } = constraint;
        if (name !== undefined && it.constraints.some((part) => part.name === name)) {
          throw invalid(`Cannot add the constraint "${name}": it already exists`);
        }
        const key = constraint.kind === "primaryKey" ? constraint.columns : [];
        const columns = it.columns.map((one) =>
          key.includes(one.name) ? { ...one, nullable: false } : one
        );
        return settleCounting({ ...it, columns, constraints: [...it.constraints, constraint] }, it);
      }),
    dropConstraint: ({ table, name, ifExists, existing: unnamed, cascade }) => {
      const it = existing(before, table);
      const unnamedSame = (part: Constraint) => part.name === undefined && isUnnamed(unnamed, part);
      const found = it.constraints.find((part) => part.name === name) ??
        it.constraints.find(unnamedSame) ?? constraintNamed(it, name);
      if (!found && !ifExists) throw noConstraint(it, name);
      const left = cascade && found ? withoutKeysToKey(before, table, found) : before;
      return change(left, table, (it) => {
        const constraints = it.constraints.filter((part) => part !== found);
        return uncountedWithoutKey(settleCounting({ ...it, constraints }, it));
      });
    },
    renameConstraint: ({ table, name, to }) =>
      change(before, table, (it) => changeConstraint(it, name, (part) => ({ ...part, name: to }))),
    validateConstraint: ({ table, name }) =>
      change(
        before,
        table,
        (it) => changeConstraint(it, name, ({ notValid: _, ...part }) => part),
      ),
    alterTable: ({ table, change: wanted }) =>
      change(before, table, (it) => {
        const { inherits, ...others } = wanted;
        const made = inherits === undefined ? it : reparented(before, it, inherits ?? []);
        return alteredTable(made, others);
      }),
    commentTable: ({ table, comment }) =>
      change(before, table, ({ comment: _, ...it }) => comment === null ? it : { ...it, comment }),
    secureRows: ({ table, security }) =>
      change(
        before,
        table,
        ({ rowSecurity: _, ...it }) =>
          security === "disabled" ? it : { ...it, rowSecurity: security },
      ),
    attachPartition: ({ table, partition, bounds }) =>
      change(before, partition, (it) => ({
        ...partsBesides(before, it, existing(before, table)),
        options: { ...it.options, partitionOf: { table, bounds } },
      })),
    detachPartition: ({ table, partition }) =>
      change(before, partition, (it) => detachedPart(before, it, existing(before, table))),
    createIndex: ({ table, index, ifNotExists }) => {
      const taken = findIndex(before, { ...table, name: index.name });
      if (taken && ifNotExists) return before;
      if (taken) throw invalid(`Cannot create the index "${index.name}": it already exists`);
      return change(before, table, (it) => ({ ...it, indexes: [...it.indexes, index] }));
    },
    dropIndex: ({ table, index, ifExists }) =>
      change(before, table, (it) => {
        if (!ifExists) indexOf(it, index);
        return { ...it, indexes: it.indexes.filter(({ name }) => name !== index) };
      }),
    renameIndex: ({ table, index, to }) =>
      change(before, table, (it) => {
        const old = indexOf(it, index);
        return {
          ...it,
          indexes: it.indexes.map((one) => one === old ? { ...one, name: to } : one),
        };
      }),
    createEnum: ({ enum: made }) => {
      if (findEnum(before, made)) {
        throw invalid(`Cannot create the enum type "${showName(made)}": it already exists`);
      }
      return { ...before, enums: [...before.enums, made] };
    },
    dropEnum: ({ name, ifExists }) => {
      if (!ifExists) enumOf(before, name);
      return { ...before, enums: before.enums.filter((it) => !sameName(it, name)) };
    },
    addEnumValue: ({ name, value, place, ifNotExists }) =>
      changeEnum(before, name, (values) => {
        if (!values.includes(value)) return inserted(values, value, (it) => it, place);
        if (ifNotExists) return values;
        throw invalid(
          `Cannot add the value "${value}" to "${showName(name)}": it already exists`,
        );
      }),
    renameEnumValue: ({ name, value, to }) =>
      changeEnum(renameValuesIn(before, name, new Map([[value, to]])), name, (values) => {
        if (values.includes(value)) return values.map((it) => it === value ? to : it);
        throw invalid(
          `Cannot rename the value "${value}" of "${showName(name)}": it has no such value`,
        );
      }),
    changeEnum: ({ name, values, replaced = {} }) =>
      changeEnum(
        renameValuesIn(before, name, new Map(Object.entries(replaced))),
        name,
        () => values,
      ),
    createObject: ({ object, ifNotExists }) => {
      if (!findObject(before, object)) return { ...before, objects: [...before.objects, object] };
      if (ifNotExists) return before;
      throw invalid(`Cannot create the ${described(object)}: it already exists`);
    },
    dropObject: ({ object, ifExists, cascade }) => {
      if (!ifExists && !findObject(before, object)) {
        throw invalid(`Cannot find the ${described(object)}`);
      }
      if (object.kind === "schema" && cascade) return withoutSchema(before, object.name);
      const left = before.objects.filter((it) => !sameObject(it, object));
      const isOwned = (it: SchemaObject) => it.kind === "ownedSequence" && sameName(it, object);
      return {
        ...before,
        objects: object.kind === "sequence" ? left.filter((it) => !isOwned(it)) : left,
      };
    },
    replaceObject: ({ object }) => {
      const there = findObject(before, object);
      const objects = there
        ? before.objects.map((it) => it === there ? object : it)
        : [...before.objects, object];
      return { ...before, objects };
    },
    autocommit: ({ operations }) =>
      operations.reduce((schema, it) => apply(it.operation, schema), before),
    bulkInsert: () => before,
    execute: () => before,
    run: () => before,
  });
}

/** AUTOINCREMENT requires a primary key, so the option is dropped with the key. */
function uncountedWithoutKey(table: Table): Table {
  const hasKey = table.constraints.some((it) => it.kind === "primaryKey");
  return hasKey || !table.options?.autoincrement
    ? table
    : alteredTable(table, { autoincrement: null });
}

function existing(schema: Schema, name: QualifiedName): Table {
  const found = find(schema, name);
  if (found) return found;
  throw notFound("table", showName(name), { among: schema.tables.map(showName) });
}

function columnOf(table: Table, column: string): Column {
  const found = table.columns.find(({ name }) => name === column);
  if (found) return found;
  throw notFound("column", column, { of: table, among: table.columns.map((it) => it.name) });
}

function constraintOf(table: Table, constraint: string): Constraint {
  const found = constraintNamed(table, constraint);
  if (found) return found;
  throw noConstraint(table, constraint);
}

function noConstraint(table: Table, name: string): ToolError {
  return notFound("constraint", name, { of: table, among: table.constraints.map((it) => it.name) });
}

/** Says whether `constraint`, which has no name, equals `existing` except for the name. */
function isUnnamed(existing: Constraint | undefined, constraint: Constraint): boolean {
  if (existing === undefined) return false;
  const { name: _, ...rest } = existing;
  return sameData(rest, constraint);
}

function indexOf(table: Table, index: string): Index {
  const found = table.indexes.find(({ name }) => name === index);
  if (found) return found;
  throw notFound("index", index, { of: table, among: table.indexes.map((it) => it.name) });
}

function enumOf(schema: Schema, name: QualifiedName): Enum {
  const found = findEnum(schema, name);
  if (found) return found;
  throw notFound("enum type", showName(name), { among: schema.enums.map(showName) });
}

function vacant(table: Table, column: string, doing: string): void {
  if (table.columns.some(({ name }) => name === column)) {
    throw invalid(`${doing}: the table "${showName(table)}" already has a column "${column}"`);
  }
}

function change(schema: Schema, name: QualifiedName, how: (table: Table) => Table): Schema {
  const changed = how(existing(schema, name));
  return { ...schema, tables: schema.tables.map((it) => sameName(it, name) ? changed : it) };
}

function changeConstraint(
  table: Table,
  name: string,
  how: (constraint: Constraint) => Constraint,
): Table {
  const old = constraintOf(table, name);
  return { ...table, constraints: table.constraints.map((it) => it === old ? how(it) : it) };
}

function changeEnum(
  schema: Schema,
  name: QualifiedName,
  how: (values: readonly string[]) => readonly string[],
): Schema {
  const old = enumOf(schema, name);
  const made: Enum = { ...old, values: how(old.values) };
  return {
    ...schema,
    enums: schema.enums.map((it) => it === old ? made : it),
    tables: schema.tables.map((it) => retypeEnumIn(it, made)),
  };
}

/**
 * Returns `items` with `item` at `position`, or at the end. Throws if the item to put it next to does
 * not exist.
 */
function inserted<Item>(
  items: readonly Item[],
  item: Item,
  nameOf: (item: Item) => string,
  position: ColumnPosition | undefined,
): readonly Item[] {
  if (position === undefined) return [...items, item];
  const wanted = "before" in position ? position.before : position.after;
  const at = items.findIndex((it) => nameOf(it) === wanted);
  if (at < 0) {
    throw invalid(`Cannot put "${nameOf(item)}" next to "${wanted}": that does not exist`);
  }
  return items.toSpliced("before" in position ? at : at + 1, 0, item);
}

function described(
  { kind, name, schema }: SchemaObject | Parameters<typeof findObject>[1],
): string {
  return `${inWords(kind)} "${showName(schema === undefined ? { name } : { schema, name })}"`;
}

function invalid(message: string): ToolError {
  return new ToolError("operation/invalid", message);
}
