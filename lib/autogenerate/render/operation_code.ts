import { handle } from "../../operations/handle.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import type { NamingContext } from "../../schema/naming.ts";
import { alterColumnCode } from "./alter_column.ts";
import { type Code, type CodeStatement, fields, list, method, optional } from "./code.ts";
import { addConstraintCode, constraintCode, flag } from "./constraint.ts";
import { createObjectCode, replaceObjectCode } from "./create_object.ts";
import { addColumnCode, createTableCode } from "./create_table.ts";
import { dropObjectCode } from "./drop_object.ts";
import { expressionCode } from "./expressions.ts";
import { elementsCode, indexOptions } from "./index_code.ts";
import { literal, text } from "./literal.ts";
import { nameCode, namesCode } from "./names.ts";
import { notesOn } from "./notes_on.ts";
import { statementCode } from "./statement.ts";

/** Returns the call that records `operation`, below comments on what it may do to rows. */
export function statementOf(operation: Operation, naming: NamingContext): CodeStatement {
  return { notes: notesOn(operation), code: operationCode(operation, naming) };
}

function operationCode(operation: Operation, naming: NamingContext): Code {
  return handle<Code>(operation, {
    createTable: (it) => createTableCode(it, naming),
    dropTable: ({ name, ifExists, cascade }) =>
      method("dropTable", nameCode(name), ...dropOptions({ ifExists, cascade })),
    renameTable: ({ name, to }) => method("renameTable", nameCode(name), nameCode({ name: to })),
    addColumn: (it) => addColumnCode(it, naming),
    dropColumn: ({ table, column, ifExists }) =>
      method("dropColumn", nameCode(table), text(column), ...dropOptions({ ifExists })),
    renameColumn: ({ table, column, to }) =>
      method("renameColumn", nameCode(table), text(column), text(to)),
    alterColumn: alterColumnCode,
    addConstraint: ({ table, constraint }) => addConstraintCode(constraint, { table, naming }),
    dropConstraint: (it) => dropConstraintCode(it, naming),
    renameConstraint: ({ table, name, to }) =>
      method("renameConstraint", nameCode(table), text(name), text(to)),
    validateConstraint: ({ table, name }) =>
      method("validateConstraint", nameCode(table), text(name)),
    alterTable: ({ table, change, existing }) =>
      method("alterTable", nameCode(table), literal({ ...change, ...(existing && { existing }) })),
    commentTable: ({ table, comment }) => method("commentTable", nameCode(table), literal(comment)),
    secureRows: ({ table, security }) =>
      security === "disabled" ? method("disableRowSecurity", nameCode(table)) : method(
        "enableRowSecurity",
        nameCode(table),
        ...optional({ force: flag(security === "forced") }),
      ),
    attachPartition: ({ table, partition, bounds }) =>
      method("attachPartition", nameCode(table), nameCode(partition), expressionCode(bounds)),
    detachPartition: ({ table, partition, concurrently }) =>
      method(
        "detachPartition",
        nameCode(table),
        nameCode(partition),
        ...optional({ concurrently: flag(concurrently) }),
      ),
    createIndex: ({ table, index, concurrently, ifNotExists }) =>
      method(
        "createIndex",
        text(index.name),
        nameCode(table),
        elementsCode(index),
        ...optional({
          ...indexOptions(index),
          concurrently: flag(concurrently),
          ifNotExists: flag(ifNotExists),
        }),
      ),
    dropIndex: ({ table, index, concurrently, ifExists }) =>
      method(
        "dropIndex",
        text(index),
        fields({
          table: nameCode(table),
          concurrently: flag(concurrently),
          ifExists: flag(ifExists),
        }),
      ),
    renameIndex: ({ table, index, to }) =>
      method("renameIndex", text(index), text(to), fields({ table: nameCode(table) })),
    createEnum: ({ enum: made }) => method("createEnum", nameCode(made), namesCode(made.values)),
    dropEnum: ({ name, ifExists }) =>
      method("dropEnum", nameCode(name), ...dropOptions({ ifExists })),
    addEnumValue: ({ name, value, place, ifNotExists }) =>
      method(
        "addEnumValue",
        nameCode(name),
        text(value),
        ...optional({
          before: place && "before" in place ? text(place.before) : undefined,
          after: place && "after" in place ? text(place.after) : undefined,
          ifNotExists: flag(ifNotExists),
        }),
      ),
    renameEnumValue: ({ name, value, to }) =>
      method("renameEnumValue", nameCode(name), text(value), text(to)),
    changeEnum: ({ name, values, replaced }) =>
      method(
        "changeEnum",
        nameCode(name),
        namesCode(values),
        ...optional({ replaced: replaced && literal(replaced) }),
      ),
    createObject: ({ object, ifNotExists }) =>
      createObjectCode(object, ifNotExists && "ifNotExists"),
    dropObject: dropObjectCode,
    replaceObject: replaceObjectCode,
    autocommit: ({ operations }) =>
      method("autocommitBlock", {
        kind: "block",
        statements: operations.map((it) => statementOf(it.operation, naming)),
      }),
    bulkInsert: ({ table, rows }) => {
      const items = list(rows.map(literal));
      const spread = rows.length > 1 ? { ...items, spread: true as const } : items;
      return method("bulkInsert", nameCode(table), spread);
    },
    execute: ({ statement }) => method("execute", statementCode(statement)),
    run: ({ summary }) => {
      throw new TypeError(`Cannot render "${summary}": a function cannot be written as text`);
    },
  });
}

function dropOptions(
  { ifExists, cascade, existing }: {
    readonly ifExists: boolean | undefined;
    readonly cascade?: boolean | undefined;
    readonly existing?: Code | undefined;
  },
): readonly Code[] {
  return optional({ ifExists: flag(ifExists), cascade: flag(cascade), existing });
}

/** Unnamed checks and foreign keys are identified by their definitions: their generated names depend on their order. */
function dropConstraintCode(
  { table, name, ifExists, cascade, existing: gone }: OperationOf<"dropConstraint">,
  naming: NamingContext,
): Code {
  const isUnnamed = gone !== undefined && gone.name === undefined &&
    (gone.kind === "check" || gone.kind === "foreignKey");
  const existing = isUnnamed ? constraintCode(gone, { table, naming }) : undefined;
  const options = dropOptions({ ifExists, cascade, existing });
  return method("dropConstraint", nameCode(table), text(name), ...options);
}
