import { ToolError } from "../../error.ts";
import { countingKey } from "../../schema/counting_key.ts";
import {
  find,
  findColumn,
  findConstraint,
  findEnum,
  findIndex,
  findObject,
} from "../../schema/lookup.ts";
import { identityOf } from "../../schema/objects.ts";
import { nameOf, sameName, showName } from "../../schema/qualified_name.ts";
import type {
  Column,
  Constraint,
  QualifiedName,
  Schema,
  SchemaObject,
} from "../../schema/schema.ts";
import { mayBeReferredTo } from "../../schema/unique_columns.ts";
import { inWords } from "../../sql/camel_case.ts";
import { replacedOptions } from "../apply/altered_table.ts";
import { apply } from "../apply/apply.ts";
import { canReplace } from "./can_replace.ts";
import { handle } from "../handle.ts";
import { mayGoWith } from "../may_go_with.ts";
import { irreversible } from "./irreversible.ts";
import type { Irreversible, Operation, Recorded } from "../operation.ts";
import { ownedBy, type Owner, spelledFor } from "../apply/owned_sequences.ts";
import { heirsOf } from "../apply/rename.ts";
import { enumsOnce } from "./enums_once.ts";
import { withTheirWhole } from "./with_their_whole.ts";
import {
  computeAgain,
  countAgain,
  nullableAgain,
  oldValues,
  undoDropColumn,
} from "./undo_column.ts";

/**
 * Returns the operations that undo `operation`, in the order to run them, or why it is irreversible.
 *
 * @param schema The schema that it was applied to, if known; otherwise, only state that the operation
 * itself carries can be restored.
 */
export function invert(
  operation: Operation,
  schema?: Schema,
): readonly Operation[] | Irreversible {
  const before = schema && spelledFor(operation, schema);
  return handle<readonly Operation[] | Irreversible>(operation, {
    createTable: ({ table, ifNotExists }) =>
      undoCreate({ kind: "dropTable", name: nameOf(table), existing: table }, {
        ifNotExists,
        before,
        existing: (schema) => find(schema, table),
      }),
    dropTable: ({ name, existing, ifExists, cascade }) => {
      if (cascade && mayGoWith(name, before)) return wentWith(name);
      const table = existing ?? (before && find(before, name));
      if (table) {
        const gone = [table, ...heirsOf(name, before?.tables ?? [])];
        const isGone = ({ on }: { readonly on?: QualifiedName }) =>
          on !== undefined && gone.some((it) => sameName(it, on));
        const owned = ownedBy(before?.objects ?? [], isGone);
        return [
          ...owned.filter((it) => it.kind === "sequence").map(created),
          ...gone.map((it): Operation => ({ kind: "createTable", table: it })),
          ...(before?.objects ?? []).filter(isGone).map(created),
        ];
      }
      return ifExists && before
        ? []
        : irreversible("the definition of the dropped table is not known");
    },
    renameTable: ({ name, to }) => [
      { kind: "renameTable", name: { ...name, name: to }, to: name.name },
    ],
    addColumn: ({ table, column, ifNotExists }) =>
      undoCreate({ kind: "dropColumn", table, column: column.name, existing: column }, {
        ifNotExists,
        before,
        existing: (schema) => findColumn(schema, table, column.name),
      }),
    dropColumn: (it) => {
      const undone = undoDropColumn(it, before && find(before, it.table));
      if ("reason" in undone) return undone;
      const isOwner = (one: Owner) => one.column === it.column && sameName(one.on, it.table);
      const owned = ownedBy(before?.objects ?? [], isOwner);
      return [
        ...owned.filter((it) => it.kind === "sequence").map(created),
        ...undone,
        ...owned.filter((it) => it.kind !== "sequence").map(created),
      ];
    },
    renameColumn: ({ table, column, to }) => [
      { kind: "renameColumn", table, column: to, to: column },
    ],
    alterColumn: ({ table, column, change, existing = {} }) => {
      const old = oldValues(change, existing, before && settledColumn(before, table, column));
      if ("reason" in old) return old;
      const left = { ...existing, ...change };
      const back = { kind: "alterColumn", table, column, change: old, existing: left } as const;
      const there = before && find(before, table);
      return there && old.generated && change.generated === null
        ? computeAgain(back, there)
        : [back];
    },
    createIndex: ({ table, index, concurrently, ifNotExists }) =>
      undoCreate({
        kind: "dropIndex",
        table,
        index: index.name,
        existing: index,
        ...(concurrently && { concurrently }),
      }, {
        ifNotExists,
        before,
        existing: (schema) => findIndex(schema, { ...table, name: index.name }),
      }),
    dropIndex: ({ table, index: name, existing, concurrently, ifExists }) => {
      const index = existing ?? (before && findIndex(before, { ...table, name }));
      if (index) {
        return [{ kind: "createIndex", table, index, ...(concurrently && { concurrently }) }];
      }
      return ifExists && before
        ? []
        : irreversible("the definition of the dropped index is not known");
    },
    renameIndex: ({ table, index, to }) => [{ kind: "renameIndex", table, index: to, to: index }],
    addConstraint: ({ table, constraint, existing }) => {
      const { name } = constraint;
      if (name === undefined) return irreversible("the constraint has no name to drop it by");
      const drop: Operation = { kind: "dropConstraint", table, name, existing: constraint };
      if (constraint.kind !== "primaryKey") return [drop];
      const nullable = existing?.nullable ??
        (before && find(before, table)?.columns.flatMap((it) => it.nullable ? it.name : []));
      return nullable
        ? [drop, ...nullableAgain(constraint.columns.filter((it) => nullable.includes(it)), table)]
        : irreversible("which columns of the primary key were nullable before is not known");
    },
    dropConstraint: ({ table, name, existing, ifExists, cascade }) => {
      if (cascade && mayGoWith(table, before)) return wentWith({ name });
      const constraint = existing ?? (before && findConstraint(before, table, name));
      if (constraint) {
        if (isBroken(constraint, before)) {
          return irreversible(
            "the dropped foreign key refers to columns that are not unique, so it cannot be added",
          );
        }
        const there = before && find(before, table);
        return [{ kind: "addConstraint", table, constraint }, ...countAgain([constraint], there)];
      }
      return ifExists && before
        ? []
        : irreversible("the definition of the dropped constraint is not known");
    },
    renameConstraint: ({ table, name, to }) => [
      { kind: "renameConstraint", table, name: to, to: name },
    ],
    validateConstraint: ({ table, name, existing }) => {
      const constraint = existing ?? (before && findConstraint(before, table, name));
      // Validating changes no rows, so only the mark on the constraint has to be restored.
      if (!constraint?.notValid) return [];
      return [
        { kind: "dropConstraint", table, name },
        { kind: "addConstraint", table, constraint },
      ];
    },
    alterTable: ({ table, change, existing }) => {
      const there = before && find(before, table);
      const old = existing ?? (there && replacedOptions(there, change));
      if (old === undefined) return irreversible("the table's previous options are not known");
      return [{ kind: "alterTable", table, change: old, existing: change }];
    },
    commentTable: ({ table, comment, existing }) => {
      const there = before && find(before, table);
      const old = existing === undefined && there ? there.comment ?? null : existing;
      if (old === undefined) return irreversible("the table's previous comment is not known");
      return [{ kind: "commentTable", table, comment: old, existing: comment }];
    },
    secureRows: ({ table, security, existing }) => {
      const there = before && find(before, table);
      const old = existing ?? (there && (there.rowSecurity ?? "disabled"));
      if (old === undefined) {
        return irreversible("the table's previous row-level security is not known");
      }
      return [{ kind: "secureRows", table, security: old, existing: security }];
    },
    attachPartition: ({ table, partition, bounds }) => [
      { kind: "detachPartition", table, partition, existing: bounds },
    ],
    detachPartition: ({ table, partition, existing }) => {
      const bounds = existing ??
        (before && find(before, partition)?.options?.partitionOf?.bounds);
      return bounds
        ? [{ kind: "attachPartition", table, partition, bounds }]
        : irreversible("the bounds of the partition are not known");
    },
    createEnum: ({ enum: made }) => [{ kind: "dropEnum", name: nameOf(made), existing: made }],
    dropEnum: ({ name, existing, ifExists }) => {
      const dropped = existing ?? (before && findEnum(before, name));
      if (dropped) return [{ kind: "createEnum", enum: dropped }];
      return ifExists && before
        ? []
        : irreversible("the definition of the dropped enum type is not known");
    },
    addEnumValue: ({ name, value, ifNotExists, existing }) => {
      const values = existing ?? (before && findEnum(before, name)?.values);
      if (values === undefined) {
        return irreversible("the values that the enum type had before are not known");
      }
      return ifNotExists && values.includes(value) ? [] : [{ kind: "changeEnum", name, values }];
    },
    renameEnumValue: ({ name, value, to }) => [
      { kind: "renameEnumValue", name, value: to, to: value },
    ],
    changeEnum: ({ name, replaced = {}, existing }) => {
      if (Object.keys(replaced).length > 0) {
        return irreversible("which rows had the replaced values is not known");
      }
      const values = existing ?? (before && findEnum(before, name)?.values);
      return values
        ? [{ kind: "changeEnum", name, values }]
        : irreversible("the values that the enum type had before are not known");
    },
    createObject: ({ object, ifNotExists }) =>
      undoCreate({ kind: "dropObject", object: identityOf(object), existing: object }, {
        ifNotExists,
        before,
        existing: (schema) => findObject(schema, object),
      }),
    dropObject: ({ object, existing, ifExists, cascade }) => {
      if (cascade && mayGoWith(object, before)) return wentWith(object);
      const dropped = existing ?? (before && findObject(before, object));
      const isOwned = (it: SchemaObject) => it.kind === "ownedSequence" && sameName(it, object);
      const owned = object.kind === "sequence" ? before?.objects.filter(isOwned) : undefined;
      if (dropped) return [dropped, ...owned ?? []].map(created);
      return ifExists && before
        ? []
        : irreversible(`the definition of the dropped ${inWords(object.kind)} is not known`);
    },
    replaceObject: ({ object, existing }) => {
      const old = existing ?? (before && findObject(before, object));
      if (old && !canReplace(object, old)) {
        return [
          { kind: "dropObject", object: identityOf(object), existing: object },
          { kind: "createObject", object: old },
        ];
      }
      if (old) return [{ kind: "replaceObject", object: old, existing: object }];
      return before
        ? [{ kind: "dropObject", object: identityOf(object), existing: object }]
        : irreversible(`the definition of the replaced ${inWords(object.kind)} is not known`);
    },
    autocommit: ({ operations }) => {
      const undone = invertAll(operations, before);
      return "reason" in undone ? undone : [{ kind: "autocommit", operations: undone }];
    },
    bulkInsert: () => irreversible("which of the rows were there before is not known"),
    execute: () => irreversible("what plain SQL does is not known"),
    run: () => irreversible("what custom code does is not known"),
  });
}

/**
 * Returns the operations that undo all of `recorded`, in the order to run them, or why they are
 * irreversible. Each has the location of the operation that it undoes.
 *
 * @param before The schema that the first was applied to, if known.
 * @param advance What each makes of the schema, as far as that depends on the database.
 */
export function invertAll(
  recorded: readonly Recorded[],
  before?: Schema,
  advance: (operation: Operation, before: Schema) => Schema = apply,
): readonly Recorded[] | Irreversible {
  const inverse: Recorded[] = [];
  let made: readonly QualifiedName[] = [];
  let schema = before;
  for (const { operation, at } of recorded) {
    if (operation.kind === "createTable" && !operation.ifNotExists) {
      made = [...made, operation.table];
    }
    if (operation.kind === "renameTable") {
      const { name, to } = operation;
      made = made.map((it) => sameName(it, name) ? { ...name, name: to } : it);
    }
    // The rows of a table that is created here are dropped with it.
    if (operation.kind === "bulkInsert" && made.some((it) => sameName(it, operation.table))) {
      continue;
    }
    const undone = invert(operation, schema);
    if ("reason" in undone) {
      return {
        reason: undone.reason,
        at: undone.at ?? at,
        operation: undone.operation ?? operation,
      };
    }
    inverse.unshift(...undone.map((it) => ({ operation: it, at })));
    try {
      schema = schema && advance(operation, schema);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      const reason = `the revisions before it do not make what it changes (${error.message})`;
      return { reason, at, operation };
    }
  }
  return enumsOnce(withTheirWhole(inverse));
}

/** SQLite lets a foreign key refer to any columns when its table is created. */
function isBroken(constraint: Constraint, before: Schema | undefined): boolean {
  if (constraint.kind !== "foreignKey" || before === undefined) return false;
  const referred = find(before, constraint.references);
  return referred !== undefined && !mayBeReferredTo(referred, constraint.references.columns);
}

function created(object: SchemaObject): Operation {
  return { kind: "createObject", object };
}

/**
 * A key that the database numbers implicitly gets an explicit identity: nothing else can restore that.
 */
function settledColumn(
  schema: Schema,
  table: QualifiedName,
  column: string,
): Column | undefined {
  const [owner, found] = [find(schema, table), findColumn(schema, table, column)];
  const counts = found && owner && countingKey(owner) === found && !found.identity;
  return counts ? { ...found, identity: "byDefault" } : found;
}

/**
 * An operation with IF NOT EXISTS whose object existed before did nothing, so there is nothing to undo.
 */
function undoCreate(
  drop: Operation,
  { ifNotExists, before, existing }: {
    readonly ifNotExists: true | undefined;
    readonly before: Schema | undefined;
    readonly existing: (schema: Schema) => unknown;
  },
): readonly Operation[] | Irreversible {
  if (!ifNotExists) return [drop];
  if (before === undefined) return irreversible("whether it was there before is not known");
  return existing(before) === undefined ? [drop] : [];
}

function wentWith(name: QualifiedName): Irreversible {
  return irreversible(`what CASCADE dropped with "${showName(name)}" is not known`);
}
