/** Returns the first word of a statement, in capitals; comments are no words. */
export function firstKeyword(sql: string): string {
  // Piece by piece: one expression for them all would try every way to part them where no word follows.
  word.lastIndex = 0;
  for (gap.lastIndex = 0; gap.test(sql);) word.lastIndex = gap.lastIndex;
  return word.exec(sql)?.[0].toUpperCase() ?? "";
}

const gap = /[\s;]+|--[^\n]*|\/\*[^]*?\*\//y;
const word = /[a-z]+/iy;
