/** Returns how alike two names are, from 0 to 1: which pairs of neighbouring letters they share. */
export function nameLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  const shared = [...left].filter((it) => right.has(it)).length;
  return 2 * shared / (left.size + right.size);
}

/** What stands before a name and behind it counts as a letter, so that a short one has pairs as well. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = ` ${name.toLowerCase()} `;
  return new Set(Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2)));
}
