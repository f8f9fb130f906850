/** Tells the END of a CASE from a column of that name, which SQLite allows without quotes. */
export class CaseEnds {
  #open = 0;

  /**
   * Takes the next word of an expression, in lower case, and says whether it ends a CASE. Quoted words must be
   * left out.
   */
  take(word: string): boolean {
    if (word === "case") this.#open += 1;
    if (word !== "end" || this.#open === 0) return false;
    this.#open -= 1;
    return true;
  }
}
