import { partsOf } from "../../schema/index_element.ts";
import type { Index } from "../../schema/schema.ts";
import { quotedName, word } from "../../sql/lexemes.ts";
import { readIdentifier } from "../../sql/quote.ts";
import { withoutOuterParentheses } from "../../sql/without_outer_parentheses.ts";

/**
 * Returns the names that PostgreSQL gives to the columns of `index`, in order: `ChooseIndexColumnNames`
 * and `FigureIndexColname` in its sources.
 */
export function indexColumnNames({ on, include = [] }: Index): readonly string[] {
  const names: string[] = [];
  for (const it of [...on.map((element) => partsOf(element).on), ...include]) {
    const name = typeof it === "string" ? it : nameOfExpression(it.sql.trim());
    let free = name;
    for (let count = 1; names.includes(free); count++) free = `${name}${count}`;
    names.push(free);
  }
  return names;
}

/** An expression is named after the function that it calls, or the column that it casts. */
function nameOfExpression(sql: string): string {
  const inside = withoutOuterParentheses(sql);
  if (inside !== sql) return nameOfExpression(inside);
  const value = cast.exec(sql)?.[1];
  if (value !== undefined) return nameOfExpression(value);
  const [, name, parameters = ""] = named.exec(sql) ?? [];
  if (name === undefined || parameters && withoutOuterParentheses(parameters) === parameters) {
    return /^case\b/i.test(sql) ? "case" : "expr";
  }
  return readIdentifier(name);
}

const cast = /^(.*)::[\p{L}\p{N}_$." ]+(?:\([\d, ]*\))?(?:\[\])*$/su;
const identifier = `(?:${quotedName}|${word})`;
/** A column or a call. */
const named = new RegExp(String.raw`^(?:${identifier}\.)*(${identifier})(\(.*\))?$`, "su");
