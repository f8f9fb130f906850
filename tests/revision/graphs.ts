import type { Revision } from "../../lib/revision/revision.ts";
import { type RevisionMap, revisionMap } from "../../lib/revision/revision_map.ts";

/** Returns numbers below `limit`, the same for the same seed. */
export type Random = (limit: number) => number;

export function seeded(seed: number): Random {
  let state = seed * 2654435761 >>> 0;
  return (limit) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
}

/** Returns one of `items`, which has some. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new RangeError("Nothing to pick from");
  return item;
}

/** Returns a revision with what `parts` leave out. */
export function revision(id: string, parts: Partial<Revision> = {}): Revision {
  return { id, downRevisions: [], dependsOn: [], branchLabels: [], message: "", ...parts };
}

/**
 * Returns the revisions that `text` draws, one a line: `c <- a b` builds on a and b, `+ d` depends on d,
 * and `"left"` is a label. The order of the lines is the load order.
 */
export function revisions(text: string): readonly Revision[] {
  return text.trim().split("\n").map((line) => {
    const [, id = "", labels = "", downs = "", needs = ""] =
      /^(\S+)((?: "[^"]*")*)(?: <- ([^+]*))?(?:\s*\+ (.*))?$/.exec(line.trim()) ?? [];
    return revision(id, {
      downRevisions: downs.split(" ").filter((it) => it !== ""),
      dependsOn: needs.split(" ").filter((it) => it !== ""),
      branchLabels: [...labels.matchAll(/"([^"]*)"/g)].map(([, label = ""]) => label),
      path: `versions/${id}.ts`,
    });
  });
}

export function mapOf(text: string): RevisionMap {
  return revisionMap(revisions(text));
}

/** Returns a graph with branches, merges, several bases, dependencies and labels, in any load order. */
export function randomRevisions(random: Random): readonly Revision[] {
  const made: Revision[] = [];
  const size = 1 + random(12);
  const some = (
    most: number,
  ): readonly string[] => [
    ...new Set(Array.from({ length: random(most + 1) }, () => pick(random, made).id)),
  ];
  for (let index = 0; index < size; index++) {
    const isBase = index === 0 || random(6) === 0;
    made.push(revision(`r${index}x${random(1000)}`, {
      downRevisions: isBase ? [] : random(4) === 0 ? some(2) : [pick(random, made).id],
      dependsOn: index > 0 && random(4) === 0 ? some(2) : [],
      branchLabels: random(5) === 0 ? [`label${index}`] : [],
    }));
  }
  return made.map((it) => ({ it, key: random(1000) })).sort((a, b) => a.key - b.key)
    .map(({ it }) => it);
}
