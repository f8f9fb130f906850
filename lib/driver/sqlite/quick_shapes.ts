/** In milliseconds: a shorter statement need not let signals and timers have their turn. */
const quick = 5;
const enough = 3;
const mostShapes = 1000;
const longest = 2000;

/** Remembers which statements of a script, disregarding literals, have been quick lately. */
export class QuickShapes {
  readonly #runs = new Map<string, number>();

  /** Says whether the last few statements like `sql` were all quick. */
  has(sql: string): boolean {
    return sql.length <= longest && (this.#runs.get(shapeOf(sql)) ?? 0) >= enough;
  }

  add(sql: string, milliseconds: number): void {
    if (sql.length > longest) return;
    if (this.#runs.size >= mostShapes) this.#runs.clear();
    const shape = shapeOf(sql);
    this.#runs.set(shape, milliseconds < quick ? (this.#runs.get(shape) ?? 0) + 1 : 0);
  }
}

function shapeOf(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g, "?");
}
