import type { Changes } from "../change.ts";
import type { Needs } from "./needs.ts";
import type { Constraint } from "../../schema/schema.ts";
import { type Key, keyOf, type Part, tableKey } from "../part.ts";
import { comparePlaces } from "./place.ts";
import { slotsOf } from "./slots.ts";
import type { Step } from "./step.ts";

/**
 * Returns `steps` in an order in which they can run: by place, but each after the steps that it waits for.
 * If, judging by texts, steps wait for each other in a cycle, their places decide.
 */
export function orderSteps(
  steps: readonly Step[],
  changes: Changes,
  needs: { readonly before: Needs; readonly after: Needs },
): readonly Step[] {
  const inPlace = steps.toSorted((a, b) => comparePlaces(a.place, b.place));
  const waits = waitsOf(inPlace, changes, needs);
  const begun = new Set<Step>();
  const ordered: Step[] = [];
  const visit = (step: Step): void => {
    if (begun.has(step)) return;
    begun.add(step);
    for (const it of waits.get(step) ?? []) visit(it);
    ordered.push(step);
  };
  inPlace.forEach(visit);
  return ordered;
}

/** Returns, for each step, the steps that it waits for, by place. */
function waitsOf(
  steps: readonly Step[],
  changes: Changes,
  needs: { readonly before: Needs; readonly after: Needs },
): ReadonlyMap<Step, readonly Step[]> {
  const makers = index(steps, ({ makes, alters }) => [
    ...makes,
    ...alters.flatMap((it) => it.effect === "tightens" ? [] : [it.after]),
  ]);
  const droppers = index(steps, (it) => it.drops);
  const changers = index(steps, ({ drops, alters }) => [
    ...drops,
    ...alters.flatMap((it) => it.effect === "loosens" ? [] : [it.before]),
  ]);
  const names = slots(steps);
  const keyDroppers = index(steps, (it) => it.drops.filter(isKey), tableOf);
  const waits = new Map(steps.map((it) => [it, new Set<Step>()]));
  const wait = (step: Step, other: Step | undefined) => {
    if (other) waits.get(step)?.add(other);
  };
  for (const step of steps) {
    for (const part of [...step.makes, ...step.alters.map(({ after }) => after)]) {
      for (const key of needs.after.of(part)) makers.get(key)?.forEach((it) => wait(step, it));
    }
    for (const part of step.makes) {
      for (const key of [keyOf(part), ...keysGone(part, changes, needs.before)]) {
        droppers.get(key)?.forEach((it) => wait(step, it));
      }
      // A key of the whole must include all columns by which a part is partitioned itself.
      const wholes = part.kind === "table" ? needs.after.wholesOf(part.table) : [];
      for (const whole of wholes) keyDroppers.get(whole)?.forEach((it) => wait(step, it));
    }
    for (const part of [...step.makes, ...step.alters.flatMap(renamed)]) {
      for (const slot of slotsOf(part)) names.get(slot)?.forEach((it) => wait(step, it));
    }
    for (const part of step.drops) {
      for (const key of needs.before.of(part)) changers.get(key)?.forEach((it) => wait(it, step));
    }
    for (const { before, after } of step.alters) {
      const stillNeeded = needs.after.of(after);
      for (const key of needs.before.of(before)) {
        const isGone = changes.before.get(key)?.how === "drop";
        if (isGone || !stillNeeded.has(key)) {
          droppers.get(key)?.forEach((it) => wait(it, step));
        }
      }
    }
  }
  return new Map(
    [...waits].map(([step, others]) => [
      step,
      [...others].sort((a, b) => comparePlaces(a.place, b.place)),
    ]),
  );
}

/**
 * Returns those keys and unique indexes that `part`, if it is a foreign key, could refer to and that are
 * dropped. A foreign key that is added before would depend on one of them, and prevent that.
 */
function keysGone(part: Part, { before }: Changes, needs: Needs): readonly Key[] {
  if (part.kind !== "constraint" || part.constraint.kind !== "foreignKey") return [];
  return [...needs.of(part)].filter((key) => {
    const change = before.get(key);
    return (change?.how === "drop" || change?.how === "remake") &&
      (change.before.kind === "constraint" || change.before.kind === "index");
  });
}

function isKey(part: Part): boolean {
  return part.kind === "index" && part.index.unique ||
    part.kind === "constraint" && isIndexed(part.constraint);
}

function isIndexed({ kind }: Constraint): boolean {
  return kind === "primaryKey" || kind === "unique" || kind === "exclude";
}

function tableOf(part: Part): Key {
  return "table" in part ? tableKey(part.table) : keyOf(part);
}

function index(
  steps: readonly Step[],
  parts: (step: Step) => readonly Part[],
  by: (part: Part) => Key = keyOf,
): ReadonlyMap<Key, readonly Step[]> {
  const found = new Map<Key, Step[]>();
  for (const step of steps) {
    for (const key of parts(step).map(by)) {
      const known = found.get(key);
      if (known) known.push(step);
      else found.set(key, [step]);
    }
  }
  return found;
}

/** Returns the steps that free each name, for names that parts share. */
function slots(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const freed = steps.flatMap((step) =>
    [...step.drops, ...step.alters.flatMap((it) => renamed(it).length > 0 ? [it.before] : [])]
      .flatMap(slotsOf).map((slot) => ({ slot, step }))
  );
  return new Map(
    [...Map.groupBy(freed, (it) => it.slot)].map(([slot, all]) => [slot, all.map((it) => it.step)]),
  );
}

/** Returns the part under its new name, if it was renamed. */
function renamed({ before, after }: Step["alters"][number]): readonly Part[] {
  return keyOf(before) === keyOf(after) ? [] : [after];
}
