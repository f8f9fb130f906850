import { quotedName, word } from "./lexemes.ts";

const name = `(?:${quotedName}|${word})`;
const table = String.raw`(?:ONLY\s+)?(?:${name}\.)?`;

const inHead = String.raw`^\s*CREATE\s(?:\w+\s+)*?(?:TRIGGER|POLICY)\s(?:(?!\sON\s)[^])*\sON\s+`;

/** Some operators and functions also contain the word FROM. */
const from = String
  .raw`(?<!\bDISTINCT\s+|\b(?:EXTRACT|OVERLAY|SUBSTRING|TRIM)\s*\([^()]*)\bFROM\s+\(*`;

/** In a list of tables, each but the last is followed by a comma. */
const others = String.raw`(?:${table}${name}(?:\s+(?:AS\s+)?${name})?\s*,\s*)*`;

const before = new RegExp(
  String.raw`(?:::\s*|\b(?:JOIN|INTO|UPDATE)\s+|${inHead}|${from}${others})${table}$`,
  "iu",
);

/**
 * Says whether a name in the definition of a view, a trigger or a policy is a table, or the type of its rows,
 * given the text before and after it.
 */
export function namesTable(textBefore: string, textAfter: string): boolean {
  return textAfter.startsWith(".") || before.test(textBefore);
}
