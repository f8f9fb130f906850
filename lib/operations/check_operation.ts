import { ToolError } from "../error.ts";
import { showName } from "../schema/qualified_name.ts";
import type { QualifiedName } from "../schema/schema.ts";
import { constraintProblem, indexProblem, isName, tableProblem } from "../schema/table_problem.ts";
import { handle } from "./handle.ts";
import type { Operation } from "./operation.ts";

/**
 * Checks what can be known of `operation` without a schema: a revision in JavaScript may say anything.
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
      refuse(`Cannot add the column "${column.name}"`, problems.find((it) => it !== undefined));
    },
    dropColumn: ({ table, column }) => named(table, operation, column),
    renameColumn: ({ table, column, to }) => named(table, operation, column, to),
    alterColumn: ({ table, column, change }) => {
      named(table, operation, column);
      const says = Object.keys(change).length > 0;
      refuse(`Cannot alter the column "${column}"`, says ? undefined : "nothing is said to change");
    },
    createIndex: ({ table, index }) => {
      named(table, operation);
      const columns = index.on.filter((it) => typeof it === "string");
      refuse("Cannot create the index", indexProblem(index, columns));
    },
    dropIndex: ({ table, index }) => named(table, operation, index),
    bulkInsert: ({ table, rows }) => {
      named(table, operation);
      const areRows = Array.isArray(rows) &&
        rows.every((it) => typeof it === "object" && it !== null);
      const problem = areRows ? undefined : "the rows are not a list of objects";
      refuse(`Cannot insert into "${showName(table)}"`, problem);
    },
    execute: ({ statement }) => {
      refuse("Cannot execute a statement", isName(statement.sql) ? undefined : "it is not text");
    },
    run: ({ summary, body }) => {
      refuse("Cannot run a function", isName(summary) ? undefined : "it has no summary");
      refuse(
        `Cannot run "${summary}"`,
        typeof body === "function" ? undefined : "it has no function",
      );
    },
  });
}

function named({ name }: QualifiedName, { kind }: Operation, ...others: readonly string[]): void {
  if ([name, ...others].every(isName)) return;
  throw new ToolError("operation/invalid", `Cannot record ${kind}: a name is missing`);
}

function refuse(doing: string, problem: string | undefined): void {
  if (problem !== undefined) throw new ToolError("operation/invalid", `${doing}: ${problem}`);
}
