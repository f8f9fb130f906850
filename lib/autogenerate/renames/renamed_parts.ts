import type { Operation } from "../../operations/operation.ts";
import { nameOf } from "../../schema/qualified_name.ts";
import { type Key, type Part, type PartOf, tableKey } from "../part.ts";
import { sameConstraint, sameIndex } from "../same_content.ts";

/** A part that was renamed. */
export interface RenamedPart {
  readonly to: Key;
  readonly operation: Operation;
}

/**
 * Returns the constraints and indexes, by their old keys, of which only the name differs. Nothing is lost
 * by a rename, so nobody has to be asked.
 */
export function renamedParts(
  before: ReadonlyMap<Key, Part>,
  after: ReadonlyMap<Key, Part>,
): ReadonlyMap<Key, RenamedPart> {
  const added = Map.groupBy(
    [...after].filter(([key, part]) => !before.has(key) && isNamedInside(part)),
    ([, part]) => ownerOf(part),
  );
  const found = new Map<Key, RenamedPart>();
  const taken = new Set<Key>();
  for (const [key, part] of before) {
    if (after.has(key) || !isNamedInside(part)) continue;
    const other = added.get(ownerOf(part))?.find(([to, one]) =>
      !taken.has(to) && isSame(part, one)
    );
    if (other === undefined) continue;
    const [to, one] = other;
    taken.add(to);
    found.set(key, { to, operation: renaming(part, one) });
  }
  return found;
}

type NamedInside = PartOf<"constraint"> | PartOf<"index">;

/** An unnamed constraint is not renamed. */
function isNamedInside(part: Part): part is NamedInside {
  return part.kind === "index" ||
    (part.kind === "constraint" &&
      part.table.constraints.some((it) => it.name === part.constraint.name));
}

function ownerOf(part: Part): Key {
  return isNamedInside(part) ? tableKey(part.table) : "";
}

function isSame(a: NamedInside, b: Part): boolean {
  return a.kind === "constraint"
    ? b.kind === "constraint" && sameConstraint(a.constraint, b.constraint)
    : b.kind === "index" && sameIndex(a.index, b.index);
}

function renaming(part: NamedInside, after: Part): Operation {
  const table = nameOf(part.table);
  if (part.kind === "index") {
    const to = after.kind === "index" ? after.index.name : "";
    return { kind: "renameIndex", table, index: part.index.name, to };
  }
  const to = after.kind === "constraint" ? after.constraint.name : "";
  return { kind: "renameConstraint", table, name: part.constraint.name, to };
}
