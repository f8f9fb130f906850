/** Returns the first word of a statement in upper case, ignoring comments. */
export function firstKeyword(sql: string): string {
  return /^[a-z]+/i.exec(fromFirstWord(sql))?.[0].toUpperCase() ?? "";
}

/** Returns `sql` without any white space, comments and empty statements before its first word. */
export function fromFirstWord(sql: string): string {
  let start = 0;
  // One gap at a time: a single expression for all of them would backtrack through every way to divide
  // them where no word follows.
  for (gap.lastIndex = 0; gap.test(sql);) start = gap.lastIndex;
  return start === 0 ? sql : sql.slice(start);
}

const gap = /[\s;]+|--[^\n]*|\/\*[^]*?\*\//y;
