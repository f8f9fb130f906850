import { isDeepStrictEqual } from "node:util";
import type { Change, Changes } from "../change.ts";
import type { Capabilities } from "../capabilities.ts";
import { isCarried } from "./carried_columns.ts";
import { type Disturbance, disturbanceOf, hasEnum, mustYield } from "./disturbance.ts";
import type { Needs } from "./needs.ts";
import { columnKey, type Key, keyOf, objectKey, type Part, tableKey } from "../part.ts";

/** A part of the old schema that is disturbed. */
interface Motion {
  readonly cause: Part;
  readonly disturbance: Disturbance;
}

/**
 * Returns `changes` with everything that must be dropped for them and recreated afterwards: a view of a column that
 * is retyped or recreated, the foreign keys to a key that is recreated, and the dependents of those in turn.
 */
export function remakeDependents(
  changes: Changes,
  needs: { readonly before: Needs; readonly after: Needs },
  capabilities: Capabilities,
): Changes {
  const { rebuildsTables } = capabilities;
  const [before, after] = [new Map(changes.before), new Map(changes.after)];
  const waiting = [...before.values()].flatMap((it) => motions(it, before, capabilities));
  if (waiting.length === 0) return changes;
  const dependents = dependentsOf(before, needs.before);
  for (let motion = waiting.pop(); motion; motion = waiting.pop()) {
    const { cause, disturbance } = motion;
    if (rebuildsTables && disturbance !== "gone" && disturbance !== "replaced") continue;
    for (const part of dependents.get(keyOf(cause)) ?? []) {
      const change = before.get(keyOf(part));
      if (change?.how !== "keep" && change?.how !== "alter") continue;
      if (isInMotion(part, before)) continue;
      // An enum that is altered converts the columns that have it by itself.
      const isAltered = cause.kind === "enum" && disturbance === "converted";
      if (!isAltered && isCarried(change, cause)) {
        waiting.push({ cause: part, disturbance: "carried" });
      }
      if (!mustYield(part, disturbance, cause)) continue;
      if (rebuildsTables && part.kind === "constraint") continue;
      if (isFreed(change, cause, needs.after, before)) continue;
      const remade: Change = { how: "remake", before: change.before, after: change.after };
      before.set(keyOf(part), remade);
      after.set(keyOf(remade.after), remade);
      waiting.push({ cause: part, disturbance: "gone" });
    }
  }
  return { before, after };
}

/** Recreating an enum type disturbs the columns that have it, too. */
function motions(
  change: Change,
  all: ReadonlyMap<Key, Change>,
  capabilities: Capabilities,
): readonly Motion[] {
  const disturbance = disturbanceOf(change, capabilities);
  if (disturbance === undefined || change.before === undefined) return [];
  const cause = change.before;
  const columns = cause.kind !== "enum" || disturbance !== "converted"
    ? []
    : [...all.values()].flatMap(({ before }) =>
      before?.kind === "column" && hasEnum(before.column.type, cause) ? [before] : []
    );
  return [cause, ...columns].map((it) => ({ cause: it, disturbance }));
}

function dependentsOf(
  changes: ReadonlyMap<Key, Change>,
  needs: Needs,
): ReadonlyMap<Key, readonly Part[]> {
  const dependents = new Map<Key, Part[]>();
  for (const { before: part } of changes.values()) {
    if (part === undefined) continue;
    for (const key of needs.binding(part)) {
      const known = dependents.get(key);
      if (known) known.push(part);
      else dependents.set(key, [part]);
    }
  }
  return dependents;
}

/** Says whether `part` is dropped or recreated with its table or its column. */
function isInMotion(part: Part, changes: ReadonlyMap<Key, Change>): boolean {
  if (!("table" in part) || part.kind === "table") return false;
  const owners = [
    tableKey(part.table),
    ...part.kind === "default" ? [columnKey(part.table, part.column.name)] : [],
  ];
  return owners.some((it) => ["drop", "remake"].includes(changes.get(it)?.how ?? ""));
}

/** Says whether a part that changes anyway no longer depends on `cause` after that. */
function isFreed(
  change: Change,
  cause: Part,
  needs: Needs,
  changes: ReadonlyMap<Key, Change>,
): boolean {
  const { before, after } = change;
  if (after !== undefined && isReplaced(cause, needs.of(after))) return false;
  if (before?.kind === "default" && after?.kind === "default") {
    const stays = isDeepStrictEqual(before.column.default, after.column.default);
    return cause.kind === "enum" ? stays : !stays && isGone(cause, changes);
  }
  if (change.how !== "alter" || after === undefined || !isGone(cause, changes)) return false;
  // Only its name and whether it is validated can be altered: a constraint still depends on its key.
  if (after.kind === "constraint") return false;
  return !needs.of(after).has(keyOf(cause));
}

/** A routine is dropped before another of its name is created, to which its calls could resolve. */
function isReplaced(cause: Part, needed: ReadonlySet<Key>): boolean {
  if (cause.kind !== "object") return false;
  const { arguments: types, ...called } = cause.object;
  const key = objectKey(called);
  return types !== undefined && [...needed].some((it) => it.startsWith(key));
}

function isGone(cause: Part, changes: ReadonlyMap<Key, Change>): boolean {
  return changes.get(keyOf(cause))?.how === "drop";
}
