import type { ParsedTable } from "../parse_table.ts";
import { mentions, sameIdentifier } from "../same_identifier.ts";
import { enclosed, listItems, type Token, tokenize } from "../tokens.ts";
import { allConstraints, type FoundConstraint } from "./find_parts.ts";

/**
 * Says whether the tokens of an expression name `column`. What names a dropped column goes with it, so that
 * one too many would be lost.
 */
export function namesColumn(tokens: readonly Token[], column: string): boolean {
  const left = tokens.filter((it, at) =>
    !operators.has(it.word ?? "") && tokens[at - 1]?.word !== "COLLATE" &&
    !isPrefix(it, tokens[at + 1])
  );
  return mentions(left, column);
}

/** SQLite takes them for names, too, where no operator can be. */
const operators = new Set(["LIKE", "GLOB", "MATCH", "REGEXP"]);

/** Says whether `token` is the X of a blob, `x'00'`. */
function isPrefix(token: Token, next: Token | undefined): boolean {
  return token.word === "X" && next?.start === token.end && next.text.startsWith("'");
}

/** Returns the constraints, at columns or of the table, that name `column`. */
export function constraintsNaming(
  parsed: ParsedTable,
  column: string,
): readonly FoundConstraint[] {
  return allConstraints(parsed).filter(({ constraint, clause }) =>
    constraint.kind === "check"
      ? namesColumn(enclosed(clause.tokens), column)
      : constraint.columns.some((it) => sameIdentifier(it, column))
  );
}

/** Says whether an index, or its condition, names `column`. */
export function indexNames(sql: string, column: string): boolean {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((it) => it.text === "(");
  return listItems(tokens, open).some((it) => namesColumn(withoutOrder(it), column)) ||
    namesColumn(tokens.filter((it, at) => at > open && it.depth === 0), column);
}

/** After an operand, ASC and DESC are keywords; anywhere else they may be names. */
function withoutOrder(item: readonly Token[]): readonly Token[] {
  const [operand, last] = item.slice(-2);
  const isOrder = (last?.word === "ASC" || last?.word === "DESC") &&
    /[\p{L}\p{N}_$)"'`\]]$/u.test(operand?.text ?? "");
  return isOrder ? item.slice(0, -1) : item;
}
