import { handle } from "../operations/handle.ts";
import type { Operation } from "../operations/operation.ts";
import { partsOf } from "../schema/index_element.ts";
import { showName } from "../schema/qualified_name.ts";
import type { Constraint, Index, ObjectKind, QualifiedName } from "../schema/schema.ts";
import { inWords } from "../sql/camel_case.ts";
import { describeColumnChange } from "./describe_column_change.ts";

/**
 * Describes `operation` for people, in the words of Alembic's log where it has some: "added table 'users'".
 * One line for each thing that it changes, usually one.
 */
export function describeOperation(operation: Operation): readonly string[] {
  return linesOf(operation).map((it) => it.replace(/\s+/g, " "));
}

function linesOf(operation: Operation): readonly string[] {
  return handle<readonly string[]>(operation, {
    createTable: ({ table }) => [`added table ${quoted(table)}`],
    dropTable: ({ name }) => [`removed table ${quoted(name)}`],
    renameTable: ({ name, to }) => [`renamed table ${quoted(name)} to '${to}'`],
    addColumn: ({ table, column }) => [`added column ${inside(table, column.name)}`],
    dropColumn: ({ table, column }) => [`removed column ${inside(table, column)}`],
    renameColumn: ({ table, column, to }) => [`renamed column ${inside(table, column)} to '${to}'`],
    alterColumn: ({ table, column, change, existing }) =>
      describeColumnChange(inside(table, column), change, existing),
    addConstraint: ({ table, constraint }) => [
      `added ${constraintWords(constraint)} on ${quoted(table)}${columnsText(constraint)}`,
    ],
    dropConstraint: ({ table, name, existing }) => [
      existing
        ? `removed ${constraintWords({ ...existing, name })} on ${quoted(table)}${
          columnsText(existing)
        }`
        : `removed constraint '${name}' on ${quoted(table)}`,
    ],
    renameConstraint: ({ table, name, to }) => [
      `renamed constraint '${name}' on ${quoted(table)} to '${to}'`,
    ],
    validateConstraint: ({ table, name }) => [
      `validated constraint '${name}' on ${quoted(table)}`,
    ],
    alterTable: ({ table, change }) =>
      Object.keys(change).map((it) => `option ${inWords(it)} of table ${quoted(table)}`),
    commentTable: ({ table }) => [`comment of table ${quoted(table)}`],
    secureRows: ({ table, security }) => [`row-level security ${security} on ${quoted(table)}`],
    attachPartition: ({ table, partition }) => [
      `attached partition ${quoted(partition)} to ${quoted(table)}`,
    ],
    detachPartition: ({ table, partition }) => [
      `detached partition ${quoted(partition)} from ${quoted(table)}`,
    ],
    createIndex: ({ table, index }) => [
      `added ${indexWords(index)} on ${quoted(table)} (${elements(index)})`,
    ],
    dropIndex: ({ table, index, existing }) => [
      existing
        ? `removed ${indexWords(existing)} on ${quoted(table)} (${elements(existing)})`
        : `removed index '${index}' on ${quoted(table)}`,
    ],
    renameIndex: ({ table, index, to }) => [
      `renamed index '${index}' on ${quoted(table)} to '${to}'`,
    ],
    createEnum: ({ enum: made }) => [`added enum ${quoted(made)}`],
    dropEnum: ({ name }) => [`removed enum ${quoted(name)}`],
    addEnumValue: ({ name, value }) => [`added value '${value}' to enum ${quoted(name)}`],
    renameEnumValue: ({ name, value, to }) => [
      `renamed value '${value}' of enum ${quoted(name)} to '${to}'`,
    ],
    changeEnum: ({ name, values }) => [
      `changed values of enum ${quoted(name)} to ${values.map((it) => `'${it}'`).join(", ")}`,
    ],
    createObject: ({ object }) => [`added ${objectText(object)}`],
    dropObject: ({ object }) => [`removed ${objectText(object)}`],
    replaceObject: ({ object }) => [`changed ${objectText(object)}`],
    autocommit: ({ operations }) => operations.flatMap((it) => linesOf(it.operation)),
    bulkInsert: ({ table, rows }) => [`${rows.length} rows for table ${quoted(table)}`],
    execute: ({ statement }) => [`SQL: ${statement.sql.trim()}`],
    run: ({ summary }) => [`code: ${summary}`],
  });
}

function quoted(name: QualifiedName): string {
  return `'${showName(name)}'`;
}

function inside(table: QualifiedName, part: string): string {
  return `'${showName(table)}.${part}'`;
}

function constraintWords({ kind, name }: Pick<Constraint, "kind" | "name">): string {
  const what = {
    primaryKey: "primary key",
    unique: "unique constraint",
    foreignKey: "foreign key",
    check: "check constraint",
    exclude: "exclusion constraint",
  }[kind];
  return name === undefined ? what : `${what} '${name}'`;
}

function columnsText(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return ` (${constraint.columns.join(", ")})`;
    case "foreignKey": {
      const { columns, references } = constraint;
      return ` (${columns.join(", ")}) to ${quoted(references)} (${references.columns.join(", ")})`;
    }
    default:
      return "";
  }
}

function indexWords({ name, unique }: Index): string {
  return `${unique ? "unique index" : "index"} '${name}'`;
}

function elements({ on }: Index): string {
  return on.map((it) => partsOf(it).on).map((it) => typeof it === "string" ? it : it.sql)
    .join(", ");
}

function objectText(
  { kind, on, arguments: types, ...name }: QualifiedName & {
    readonly kind: ObjectKind;
    readonly on?: QualifiedName;
    readonly arguments?: string;
  },
): string {
  if (kind === "ownedSequence" && on) {
    return `ownership of sequence ${quoted(name)} by ${inside(on, types ?? "")}`;
  }
  if (kind === "grant") return `grant of ${types} to '${name.name}'`;
  const called = types === undefined ? showName(name) : `${showName(name)}(${types})`;
  return `${inWords(kind)} '${called}'${on ? ` on ${quoted(on)}` : ""}`;
}
