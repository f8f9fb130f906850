import type { Statement } from "../../sql/statement.ts";

/** Several statements without parameters as the text of one message. */
export class JoinedStatements implements Statement {
  readonly sql: string;
  readonly #statements: readonly Statement[];

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
    this.sql = statements.map((it) => it.sql).join(separator);
  }

  /**
   * Returns which statement contains `position`, and the position in that statement; both count from 1.
   */
  locate(position: number): { readonly index: number; readonly position: number } {
    let start = 0;
    for (const [index, { sql }] of this.#statements.entries()) {
      const end = start + sql.length + separator.length;
      if (position <= end) return { index, position: Math.min(position - start, sql.length + 1) };
      start = end;
    }
    return { index: Math.max(0, this.#statements.length - 1), position: 1 };
  }
}

/** On a line of its own, since a statement may end with a comment. */
const separator = "\n;";
