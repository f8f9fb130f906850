/**
 * Returns the one of `words` that is closest to `written`, or `undefined` if none is close. Case is
 * ignored, and so is whether words are joined by `_`, `-`, a space or a capital.
 */
export function closest(written: string, words: readonly string[]): string | undefined {
  const plain = plainly(written);
  const near = words
    .map((word) => ({ word, distance: editDistance(plain, plainly(word)) }))
    .filter(({ word, distance }) => {
      const length = Math.min(word.length, plain.length);
      return distance <= Math.ceil(length / 4) && distance < length;
    })
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.word;
}

/** Returns the one of `words` that `written` is but for one letter, case and how its parts are joined. */
export function nearly(written: string, words: readonly string[]): string | undefined {
  const plain = plainly(written);
  return words.find((it) => editDistance(plain, plainly(it)) <= 1);
}

/**
 * Returns the one of `words` that `written` was probably meant to be: the closest, or else the only one
 * that begins with it, if it is more than a letter.
 */
export function meantWord(written: string, words: readonly string[]): string | undefined {
  const plain = plainly(written);
  const [begun, ...others] = words.filter((word) => plainly(word).startsWith(plain));
  return closest(written, words) ??
    (plain.length > 1 && others.length === 0 ? begun : undefined);
}

/** Returns `Did you mean "x"?` for a hint, or an empty string if no word is close. */
export function didYouMean(written: string, words: readonly string[]): string {
  const word = meantWord(written, words);
  return word === undefined ? "" : `Did you mean "${word}"?`;
}

function plainly(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}

/**
 * Returns how many letters to insert, delete or replace, or neighbours to swap: the distance of optimal
 * string alignment.
 */
function editDistance(a: string, b: string): number {
  let rowBefore: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [above, letter] of [...a].entries()) {
    const next = [above + 1];
    for (const [column, other] of [...b].entries()) {
      const [before = 0, over = 0, left = 0] = [row[column], row[column + 1], next[column]];
      const isSwap = letter === b[column - 1] && other === a[above - 1];
      const swapped = isSwap ? (rowBefore[column - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(over + 1, left + 1, before + (letter === other ? 0 : 1), swapped));
    }
    [rowBefore, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
