import type { Revision } from "./revision.ts";

/** Returns `starts` and all that `next` leads to from them. */
export function reach(
  starts: Iterable<Revision>,
  next: (revision: Revision) => Iterable<Revision>,
): ReadonlySet<Revision> {
  const found = new Set(starts);
  // A set visits what is added to it while it is read, so it is its own queue.
  for (const revision of found) {
    for (const it of next(revision)) found.add(it);
  }
  return found;
}
