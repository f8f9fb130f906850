/** A name that something has before, and the one that it has after. */
interface Names {
  readonly from: string;
  readonly to: string;
}

/** The name of what waits for another's. */
export const between = "migrate_between";

/**
 * Returns `renames`, which are meant all at once, in an order in which they can be done one after the other:
 * each when its new name is free. Of those that wait for each other in a circle, one takes on {@link between}
 * meanwhile.
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
