/** Returns the first word of a statement, in capitals; comments are no words. */
export function firstKeyword(sql: string): string {
  return /^[a-z]+/i.exec(fromFirstWord(sql))?.[0].toUpperCase() ?? "";
}

/** Returns `sql` without the white space, the comments and the empty statements before its first word. */
export function fromFirstWord(sql: string): string {
  let start = 0;
  // Piece by piece: one expression for them all would try every way to part them where no word follows.
  for (gap.lastIndex = 0; gap.test(sql);) start = gap.lastIndex;
  return start === 0 ? sql : sql.slice(start);
}

const gap = /[\s;]+|--[^\n]*|\/\*[^]*?\*\//y;
