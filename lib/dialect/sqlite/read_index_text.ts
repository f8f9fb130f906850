import type { Sql } from "../../sql/statement.ts";
import { listItems, parenthesised, tokenize } from "./tokens.ts";

/** What a CREATE INDEX says and no pragma reports. */
export interface IndexText {
  /** What stands at each place, in order: of a column its name, too. */
  readonly on: readonly Sql[];
  readonly where?: Sql;
}

/** Returns what `sql` says, a CREATE INDEX statement that SQLite has accepted. */
export function readIndexText(sql: string): IndexText {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((it) => it.text === "(");
  const where = tokens.find((it, at) => at > open && it.depth === 0 && it.word === "WHERE");
  return {
    on: listItems(tokens, open).map((item) => {
      const inside = parenthesised(item, 0, sql);
      const [first, last] = [item[0], item.at(-1)];
      return { sql: inside !== "" || !first || !last ? inside : sql.slice(first.start, last.end) };
    }),
    ...(where && { where: { sql: sql.slice(where.end).trim() } }),
  };
}
