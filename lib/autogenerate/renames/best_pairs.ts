/** Two things that may be the same under another name. */
export interface Pair<Item> {
  readonly from: Item;
  readonly to: Item;
  /** From 0 to 1. */
  readonly likeness: number;
}

/** Returns the likeliest of `pairs`, with each thing in at most one of them; of equally likely ones, the first. */
export function bestPairs<Item>(pairs: readonly Pair<Item>[]): readonly Pair<Item>[] {
  const taken = new Set<Item>();
  return pairs.toSorted((a, b) => b.likeness - a.likeness).filter(({ from, to }) => {
    if (taken.has(from) || taken.has(to)) return false;
    taken.add(from).add(to);
    return true;
  });
}
