import { isDeepStrictEqual } from "node:util";
import { apply } from "../operations/apply/apply.ts";
import type { Operation } from "../operations/operation.ts";
import type { Schema } from "../schema/schema.ts";
import type { Capabilities } from "./capabilities.ts";
import { compareParts } from "./change.ts";
import { spelledAs } from "./counting.ts";
import { freeNames } from "./renames/free_names.ts";
import { Needs } from "./steps/needs.ts";
import { orderSteps } from "./steps/order_steps.ts";
import { attachments, beforeAttachments, detachments } from "./parentage.ts";
import { placeOfAttachments } from "./steps/place.ts";
import { remakeDependents } from "./steps/remake_dependents.ts";
import { remakeUsedEnums } from "./steps/remake_used_enums.ts";
import { repartitioned } from "./repartitioned.ts";
import { sequenceRenames, withSequencesOf } from "./sequence_names.ts";
import { stepsOf } from "./steps/steps.ts";
import { takeApart } from "./steps/take_apart.ts";

/**
 * Returns the operations that turn `a` into `b`, in an order in which they can run; each carries what it
 * removes, so that it can be inverted without a schema. Empty if only the order of columns differs.
 *
 * Texts are compared as they are: both schemas must be spelled by the same server, and normalized.
 *
 * An unnamed constraint that is added to a table gets the name that PostgreSQL would give it, so
 * that it can be dropped again.
 */
export function diff(
  a: Schema,
  b: Schema,
  { rebuildsTables = false }: Partial<Capabilities> = {},
): readonly Operation[] {
  // Most comparisons find no difference: then nothing has to be taken apart.
  if (isDeepStrictEqual(a, b)) return [];
  const capabilities = { rebuildsTables };
  const counters = sequenceRenames(a, b);
  const counted = counters.reduce((schema, it) => apply(it, schema), a);
  const named = withSequencesOf(b, counted);
  const remade = repartitioned(counted, named, capabilities);
  const [old, wanted] = [spelledAs(counted, named, remade), spelledAs(named, counted, remade)];
  const detached = detachments(old, wanted, remade);
  const from = detached.reduce((schema, it) => apply(it, schema), old);
  const to = beforeAttachments(from, wanted, remade);
  const made = takeApart(to, from);
  const freed = freeNames(takeApart(from), made);
  const gone = takeApart(freed.reduce((schema, it) => apply(it, schema), from));
  const needs = { before: new Needs(gone), after: new Needs(made) };
  const compared = remakeUsedEnums(compareParts(gone, made, { capabilities, remade }));
  const changes = remakeDependents(compared, needs, capabilities);
  const steps = [
    ...stepsOf(changes, needs, capabilities),
    {
      operations: attachments(from, wanted, remade),
      place: placeOfAttachments,
      makes: [],
      drops: [],
      alters: [],
    },
  ];
  const ordered = orderSteps(steps, changes, needs);
  return [...counters, ...detached, ...freed, ...ordered.flatMap((it) => it.operations)];
}
