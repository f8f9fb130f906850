import type { IndexElementParts } from "../../schema/schema.ts";
import type { Sql } from "../../sql/statement.ts";
import { standardQuotes } from "./plain_names.ts";
import { listItems, textOf, type Token, tokenize } from "./tokens.ts";

/** What a CREATE INDEX specifies and no pragma reports. */
export interface IndexText {
  /** The elements in order; a column is its name as an expression. */
  readonly on: readonly (IndexElementParts & { readonly on: Sql })[];
  readonly where?: Sql;
}

/** Reads `sql`, a CREATE INDEX statement that SQLite has accepted, on a table with `columns`. */
export function readIndexText(sql: string, columns: readonly string[]): IndexText {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((it) => it.text === "(");
  const where = tokens.findIndex((it, at) => at > open && it.depth === 0 && it.word === "WHERE");
  return {
    on: listItems(tokens, open).map((it) => readElement(it, sql, columns)),
    ...(where >= 0 && {
      where: { sql: standardQuotes(textOf(tokens.slice(where + 1), sql), columns) },
    }),
  };
}

function readElement(
  item: readonly Token[],
  sql: string,
  columns: readonly string[],
): IndexText["on"][number] {
  const order = item.at(-1)?.word;
  const ordered = order === "ASC" || order === "DESC" ? item.slice(0, -1) : item;
  const collate = ordered.at(-2);
  const collates = collate?.word === "COLLATE" && collate.depth === ordered[0]?.depth;
  const collation = collates ? ordered.at(-1)?.name : undefined;
  const expression = collation === undefined ? ordered : ordered.slice(0, -2);
  const [first] = expression;
  const isEnclosed = first?.text === "(" &&
    expression.findIndex((it) => it.text === ")" && it.depth === first.depth) ===
      expression.length - 1;
  const whole = standardQuotes(textOf(expression, sql), columns);
  return {
    // A collation may be inside parentheses, too.
    ...isEnclosed ? readElement(expression.slice(1, -1), sql, columns) : { on: { sql: whole } },
    ...(collation !== undefined && { collation }),
    ...(order === "DESC" && { order: "desc" }),
  };
}
