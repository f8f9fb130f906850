/** Returns the first word of a statement, in capitals; comments are no words. */
export function firstKeyword(sql: string): string {
  const word = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/|;)*([a-z]+)/i.exec(sql)?.[1] ?? "";
  return word.toUpperCase();
}
