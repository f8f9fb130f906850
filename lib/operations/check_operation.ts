import { ToolError } from "../error.ts";
import { isObjectKind, objectKinds } from "../schema/objects.ts";
import { showName } from "../schema/qualified_name.ts";
import { isName } from "../schema/is_name.ts";
import type { ObjectIdentity, QualifiedName, SchemaObject } from "../schema/schema.ts";
import {
  columnProblem,
  constraintProblem,
  identityProblem,
  indexProblem,
  nullableProblem,
  tableProblem,
} from "../schema/table_problem.ts";
import { typeProblem, valuesProblem } from "../schema/type_problem.ts";
import { handle } from "./handle.ts";
import { isGenerator } from "./is_generator.ts";
import type { Operation } from "./operation.ts";

/**
 * Checks `operation` as far as possible without a schema: a revision in JavaScript may pass anything.
 *
 * @throws {ToolError} `operation/invalid`
 */
export function checkOperation(operation: Operation): void {
  handle<void>(operation, {
    createTable: ({ table }) => {
      named(table, operation);
      refuse(`Cannot create the table "${showName(table)}"`, tableProblem(table));
    },
    dropTable: ({ name }) => named(name, operation),
    renameTable: ({ name, to }) => named(name, operation, to),
    addColumn: ({ table, column, constraints }) => {
      named(table, operation, column.name);
      const problems = constraints.map((it) => constraintProblem(it, [column.name]));
      refuse(
        `Cannot add the column "${column.name}"`,
        columnProblem(column) ?? problems.find((it) => it !== undefined),
      );
    },
    dropColumn: ({ table, column }) => named(table, operation, column),
    renameColumn: ({ table, column, to }) => named(table, operation, column, to),
    alterColumn: ({ table, column, change }) => {
      named(table, operation, column);
      const says = Object.keys(change).length > 0;
      const doing = `Cannot alter the column "${column}"`;
      refuse(doing, says ? undefined : "no change is given");
      refuse(doing, change.type && typeProblem(change.type));
      refuse(doing, "nullable" in change ? nullableProblem(change.nullable) : undefined);
      refuse(doing, identityProblem(change.identity?.generation));
    },
    createIndex: ({ table, index }) => {
      named(table, operation);
      refuse("Cannot create the index", indexProblem(index, undefined));
    },
    dropIndex: ({ table, index }) => named(table, operation, index),
    renameIndex: ({ table, index, to }) => named(table, operation, index, to),
    addConstraint: ({ table, constraint }) => {
      named(table, operation);
      const problem = constraintProblem(constraint, undefined);
      refuse(`Cannot add a constraint to "${showName(table)}"`, problem);
    },
    dropConstraint: ({ table, name }) => named(table, operation, name),
    renameConstraint: ({ table, name, to }) => named(table, operation, name, to),
    validateConstraint: ({ table, name }) => named(table, operation, name),
    alterTable: ({ table, change }) => {
      named(table, operation);
      const says = Object.keys(change).length > 0;
      refuse(
        `Cannot alter the table "${showName(table)}"`,
        says ? undefined : "no change is given",
      );
    },
    commentTable: ({ table }) => named(table, operation),
    secureRows: ({ table }) => named(table, operation),
    attachPartition: ({ table, partition }) => named(table, operation, partition.name),
    detachPartition: ({ table, partition }) => named(table, operation, partition.name),
    createEnum: ({ enum: made }) => {
      named(made, operation);
      refuse(`Cannot create the enum type "${showName(made)}"`, valuesProblem(made.values));
    },
    dropEnum: ({ name }) => named(name, operation),
    addEnumValue: ({ name, value }) => named(name, operation, value),
    renameEnumValue: ({ name, value, to }) => named(name, operation, value, to),
    changeEnum: ({ name, values, replaced = {} }) => {
      named(name, operation);
      const unknown = Object.values(replaced).find((it) => !values.includes(it));
      const problem = unknown === undefined ? undefined : `it will have no value "${unknown}"`;
      refuse(`Cannot change the enum type "${showName(name)}"`, valuesProblem(values) ?? problem);
    },
    createObject: ({ object }) => {
      named(object, operation);
      defined(object);
    },
    dropObject: ({ object }) => {
      named(object, operation);
      refuse(`Cannot drop "${showName(object)}"`, kindProblem(object));
    },
    replaceObject: ({ object, existing }) => {
      named(object, operation);
      for (const it of existing ? [object, existing] : [object]) defined(it);
    },
    autocommit: ({ operations }) => {
      const body = operations.find((it) => it.operation.kind === "run");
      const problem = body && "op.run works inside a transaction, and an autocommit block has none";
      refuse("Cannot leave the transaction", problem);
    },
    bulkInsert: ({ table, rows }) => {
      named(table, operation);
      const areRows = Array.isArray(rows) &&
        rows.every((it) => typeof it === "object" && it !== null && !Array.isArray(it));
      const problem = areRows ? undefined : "the rows are not a list of objects";
      refuse(`Cannot insert into "${showName(table)}"`, problem);
    },
    execute: ({ statement }) => {
      const { sql, parameters = [] } = statement;
      refuse("Cannot execute a statement", isName(sql) ? undefined : "it is not text");
      const areListed = Array.isArray(parameters);
      refuse("Cannot execute a statement", areListed ? undefined : "its parameters are not a list");
    },
    run: ({ summary, body }) => {
      refuse("Cannot run a function", isName(summary) ? undefined : "it has no summary");
      const doing = `Cannot run "${summary}"`;
      refuse(doing, typeof body === "function" ? undefined : "it has no function");
      refuse(
        doing,
        isGenerator(body) ? "its function is a generator, whose body would not run" : undefined,
      );
    },
  });
}

function named({ name }: QualifiedName, { kind }: Operation, ...others: readonly string[]): void {
  if ([name, ...others].every(isName)) return;
  throw new ToolError("operation/invalid", `Cannot record ${kind}: a name is missing`);
}

function defined(object: SchemaObject): void {
  const problem = isName(object.definition?.sql) ? undefined : "it has no definition";
  refuse(`Cannot create "${object.name}"`, kindProblem(object) ?? problem);
}

function kindProblem({ kind }: ObjectIdentity): string | undefined {
  return isObjectKind(kind) ? undefined : `its kind is not one of ${objectKinds.join(", ")}`;
}

function refuse(doing: string, problem: string | undefined): void {
  if (problem !== undefined) throw new ToolError("operation/invalid", `${doing}: ${problem}`);
}
