/** Returns how similar two names are, from 0 to 1, by the pairs of adjacent letters that they share. */
export function nameLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  const shared = [...left].filter((it) => right.has(it)).length;
  return 2 * shared / (left.size + right.size);
}

/** The beginning and the end of a name count as letters, so that a short one has pairs as well. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = ` ${name.toLowerCase()} `;
  return new Set(Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2)));
}
