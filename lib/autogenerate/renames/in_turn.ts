/** The old and the new name of something. */
interface Names {
  readonly from: string;
  readonly to: string;
}

/** The temporary name of what waits for its new name. */
export const between = "migrate_between";

/**
 * Returns `renames`, which apply all at once, in an order in which they can be done one by one: each when its
 * new name is free. In a cycle, one of them is renamed to {@link between} first.
 */
export function inTurn<Item extends Names>(renames: readonly Item[]): readonly Item[] {
  const ordered: Item[] = [];
  let waiting = renames;
  for (let [first, ...rest] = waiting; first; [first, ...rest] = waiting) {
    const free = waiting.find((it) => !waiting.some((one) => one !== it && one.from === it.to));
    ordered.push(free ?? { ...first, to: between });
    waiting = free ? waiting.filter((it) => it !== free) : [...rest, { ...first, from: between }];
  }
  return ordered;
}
