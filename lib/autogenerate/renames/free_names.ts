import type { Operation } from "../../operations/operation.ts";
import type { Key, Part } from "../part.ts";
import { slotsOf } from "../steps/slots.ts";
import { between, inTurn } from "./in_turn.ts";
import { renamedParts } from "./renamed_parts.ts";

/**
 * Returns operations that break the cycles in which constraints and indexes exchange names, as happens when
 * their tables swap names: one in each cycle gets a temporary name.
 */
export function freeNames(
  before: ReadonlyMap<Key, Part>,
  after: ReadonlyMap<Key, Part>,
): readonly Operation[] {
  const renamed = [...renamedParts(before, after)].flatMap(([key, { to: made, operation }]) => {
    const [from] = slotsIn(before, key);
    const [to] = slotsIn(after, made);
    return from === undefined || to === undefined ? [] : [{ from, to, operation }];
  });
  return inTurn(renamed).filter((it) => it.to === between)
    .map(({ operation }, at) => ({ ...operation, to: `${between}_${at + 1}` }));
}

function slotsIn(parts: ReadonlyMap<Key, Part>, key: Key): readonly string[] {
  const part = parts.get(key);
  return part ? slotsOf(part) : [];
}
