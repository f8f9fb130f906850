import { fromFirstWord } from "../../sql/first_keyword.ts";
import { transactionControl } from "../../sql/transaction_control.ts";

/** What was so at each savepoint of a transaction, to which `ROLLBACK TO` returns. */
export class Savepoints<State> {
  readonly #set: { readonly name: string; readonly state: State }[] = [];

  /**
   * Takes note of a statement that is about to run, and returns how things are after it; undefined if it
   * has nothing to do with savepoints.
   */
  note(sql: string, state: State): State | undefined {
    const said = fromFirstWord(sql);
    if (transactionControl(said) !== "savepoint") return undefined;
    const name = nameIn(said);
    if (/^SAVEPOINT\b/i.test(said)) {
      this.#set.push({ name, state });
      return state;
    }
    const found = this.#set.findLastIndex((it) => it.name === name);
    if (found === -1) return state;
    if (/^RELEASE\b/i.test(said)) {
      this.#set.splice(found);
      return state;
    }
    this.#set.splice(found + 1);
    return this.#set[found]?.state;
  }
}

/** The name is the last word before any comment; unquoted, in whatever case. */
function nameIn(sql: string): string {
  const said = sql.replace(/--[^\n]*|\/\*[^]*?\*\//g, " ");
  const [, quoted, plain = ""] = /(?:"((?:[^"]|"")*)"|([^\s;"]+))[\s;]*$/.exec(said) ?? [];
  return quoted ?? plain.toLowerCase();
}
