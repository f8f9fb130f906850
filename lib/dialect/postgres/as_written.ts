import type { ColumnChange } from "../../operations/column_change.ts";
import type { Operation } from "../../operations/operation.ts";
import { countingKey } from "../../schema/counting_key.ts";
import { conventionKeys, type NamingConvention } from "../../schema/naming.ts";
import type { Column, Constraint, Index, SchemaObject, Table } from "../../schema/schema.ts";
import { quoteName } from "../../sql/quote.ts";
import { withoutOuterParentheses } from "../../sql/without_outer_parentheses.ts";
import { defaultAsWritten } from "./default_as_written.ts";
import { nameConstraints } from "../../schema/name_constraints.ts";
import { normalizeType } from "./normalize.ts";

/**
 * Returns `operation` as a person would write it: without what the server adds by itself, so that it still
 * creates exactly the same.
 */
export function asWritten(operation: Operation, naming: NamingConvention): Operation {
  switch (operation.kind) {
    case "createTable":
      return { ...operation, table: tableAsWritten(operation.table, naming) };
    case "addColumn":
      return {
        ...operation,
        column: columnAsWritten(operation.column),
        constraints: operation.constraints.map(constraintAsWritten),
      };
    case "alterColumn":
      return {
        ...operation,
        change: changeAsWritten(operation.change),
        ...(operation.existing && { existing: changeAsWritten(operation.existing) }),
      };
    case "addConstraint":
      return { ...operation, constraint: constraintAsWritten(operation.constraint) };
    case "createIndex":
      return { ...operation, index: indexAsWritten(operation.index) };
    case "createObject":
    case "replaceObject":
      return { ...operation, object: objectAsWritten(operation.object) };
    default:
      return operation;
  }
}

function changeAsWritten(change: ColumnChange): ColumnChange {
  return change.type ? { ...change, type: normalizeType(change.type) } : change;
}

function tableAsWritten(table: Table, naming: NamingConvention): Table {
  const constraints = withoutUsualNames(table, naming).map(constraintAsWritten);
  const key = countingKey({ ...table, constraints });
  return {
    ...table,
    constraints,
    columns: table.columns.map((it) => columnAsWritten(it === key ? withoutUsualIdentity(it) : it)),
    indexes: table.indexes.map(indexAsWritten),
  };
}

/**
 * Drops the names that the server would choose anyway, unless the project's naming convention would choose
 * others. A name that the server numbers, as in `users_check1`, depends on the order, and stays. So do those of the
 * checks of a partitioned table: tables that are attached to it must have the same, and if they were its partitions
 * before, the server finds the names in use and numbers its own.
 */
function withoutUsualNames(table: Table, naming: NamingConvention): readonly Constraint[] {
  return table.constraints.map((constraint): Constraint => {
    if (constraint.kind === "check" && table.options?.partitionBy) return constraint;
    const { name, ...unnamed } = constraint;
    const [usual] = nameConstraints({ ...table, constraints: [unnamed] });
    return naming[conventionKeys[unnamed.kind]] === undefined && usual?.name === name
      ? unnamed
      : constraint;
  });
}

/** An integer key is an identity by default. */
function withoutUsualIdentity({ identity, ...column }: Column): Column {
  return identity === "byDefault" && column.sequence === undefined
    ? column
    : { ...column, ...(identity && { identity }) };
}

function columnAsWritten(column: Column): Column {
  const { default: value, type } = column;
  return value ? { ...column, default: defaultAsWritten(value, type) } : column;
}

function constraintAsWritten(constraint: Constraint): Constraint {
  if (constraint.kind !== "check") return constraint;
  return { ...constraint, expression: { sql: withoutOuterParentheses(constraint.expression.sql) } };
}

function indexAsWritten(index: Index): Index {
  return index.where
    ? { ...index, where: { sql: withoutOuterParentheses(index.where.sql) } }
    : index;
}

/** The server writes the query of a view on lines of its own. */
function objectAsWritten(object: SchemaObject): SchemaObject {
  const word = { view: "VIEW", materializedView: "MATERIALIZED VIEW" }[String(object.kind)];
  const head = `CREATE ${word} ${quoteName(object)} AS`;
  const { sql } = object.definition;
  if (word === undefined || !sql.startsWith(head)) return object;
  return { ...object, definition: { sql: `${head} ${sql.slice(head.length).trim()}` } };
}
