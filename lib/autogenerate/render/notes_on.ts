import type { Operation } from "../../operations/operation.ts";
import { showName } from "../../schema/qualified_name.ts";
import { losses } from "./losses.ts";

/** Returns what a reader of `operation` should know before it runs on a table that has rows, a line each. */
export function notesOn(operation: Operation): readonly string[] {
  return [
    ...losses(operation).map((it) => `Destructive: ${it}`),
    ...failures(operation).map((it) => `Fails where ${it}`),
  ].map((it) => it.replace(/\s+/g, " "));
}

function failures(operation: Operation): readonly string[] {
  if (operation.kind === "addColumn") {
    const { table, column } = operation;
    const isFilled = column.nullable || column.default || column.generated ||
      (column.identity !== undefined && column.identity !== "none");
    return isFilled ? [] : [`${showName(table)} has rows: ${column.name} has no default`];
  }
  if (operation.kind === "alterColumn" && operation.change.nullable === false) {
    return [`a row of ${showName(operation.table)} has no ${operation.column}`];
  }
  if (operation.kind === "changeEnum") {
    const { name, values, replaced = {}, existing = [] } = operation;
    const gone = existing.filter((it) => !values.includes(it) && !Object.hasOwn(replaced, it));
    return gone.map((it) => `a row has ${it}, which ${showName(name)} no longer has`);
  }
  return [];
}
