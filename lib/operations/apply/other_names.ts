import { namesTable } from "../../sql/names_table.ts";

/** The text before the name of the object that is created, or of the function that a trigger calls. */
const ownName =
  /(?:^\s*CREATE(?:\s+\w+)*|\bEXECUTE)\s+(?:FUNCTION|PROCEDURE|VIEW|TRIGGER|POLICY)\s+(?:(?:"(?:[^"]|"")*"|[^\s."]+)\.)?$/i;

/** Says whether the name after `before` is that of the object itself, or of a routine. */
export function isOwnName(before: string): boolean {
  return ownName.test(before);
}

/** Says whether the name after `before` is the object's own, that of a routine, or an alias. */
export function isNoTable(before: string): boolean {
  return isOwnName(before) || /\bAS\s+$/i.test(before);
}

/** As `isNoTable`, or whether the name is that of a table or a function. */
export function isNoColumn(before: string, after: string): boolean {
  return isNoTable(before) || after.startsWith("(") || namesTable(before, after);
}
