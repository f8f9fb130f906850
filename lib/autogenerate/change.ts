import type { Operation } from "../operations/operation.ts";
import { alterations } from "./alterations.ts";
import type { Capabilities } from "./capabilities.ts";
import { type Key, type Part, tableKey } from "./part.ts";
import { renamedParts } from "./renames/renamed_parts.ts";

/** What happens to a part. */
export type Change =
  | { readonly how: "drop"; readonly before: Part; readonly after?: undefined }
  | { readonly how: "create"; readonly before?: undefined; readonly after: Part }
  | { readonly how: "keep"; readonly before: Part; readonly after: Part }
  | {
    readonly how: "alter";
    readonly before: Part;
    readonly after: Part;
    readonly operations: readonly Operation[];
  }
  /** It is dropped and recreated. */
  | { readonly how: "remake"; readonly before: Part; readonly after: Part };

/** What happens to the parts of two schemas, by the keys of either. */
export interface Changes {
  readonly before: ReadonlyMap<Key, Change>;
  readonly after: ReadonlyMap<Key, Change>;
}

/**
 * Returns what happens to each part, as far as it and its table determine it.
 *
 * @param remade The tables to recreate.
 */
export function compareParts(
  before: ReadonlyMap<Key, Part>,
  after: ReadonlyMap<Key, Part>,
  { capabilities, remade = new Set() }: {
    readonly capabilities: Capabilities;
    readonly remade?: ReadonlySet<Key>;
  },
): Changes {
  const renamed = renamedParts(before, after);
  const [old, made] = [new Map<Key, Change>(), new Map<Key, Change>()];
  // A table comes before what is in it, which goes and comes with the table if that is recreated.
  const isInRemade = (part: Part) =>
    "table" in part && old.get(tableKey(part.table))?.how === "remake";
  for (const [key, part] of before) {
    const rename = renamed.get(key);
    const other = rename ? after.get(rename.to) : after.get(key);
    const change: Change = other && (remade.has(key) || isInRemade(part))
      ? { how: "remake", before: part, after: other }
      : rename && other
      ? { how: "alter", before: part, after: other, operations: [rename.operation] }
      : changeOf(part, other, capabilities);
    old.set(key, change);
    if (other) made.set(rename?.to ?? key, change);
  }
  for (const [key, part] of after) {
    if (!made.has(key)) made.set(key, { how: "create", after: part });
  }
  return { before: old, after: made };
}

function changeOf(before: Part, after: Part | undefined, capabilities: Capabilities): Change {
  if (after === undefined) return { how: "drop", before };
  const operations = alterations(before, after, capabilities);
  if (operations === undefined) return { how: "remake", before, after };
  return operations.length > 0
    ? { how: "alter", before, after, operations }
    : { how: "keep", before, after };
}
