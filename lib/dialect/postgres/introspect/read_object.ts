import { isObjectKind } from "../../../schema/objects.ts";
import { isRoutine } from "../../../schema/routine.ts";
import type { ObjectKind, SchemaObject } from "../../../schema/schema.ts";
import { sequenceClause } from "../../../schema/sequence_clause.ts";
import { type Facts, factsOf, nameOf, textOf } from "./facts.ts";
import { readSequence } from "./read_sequence.ts";
import { settledCasts } from "./settled_casts.ts";

/** Returns the object of a row of `objectsQuery` or of `grantsQuery`. */
export function readObject(row: Facts): SchemaObject {
  const [on, types] = [factsOf(row["on"]), textOf(row["arguments"])];
  const counting = factsOf(row["sequence"]);
  const clause = counting ? sequenceClause(readSequence(counting)) : "";
  const [kind, text] = [kindOf(row), String(row["definition"])];
  return {
    kind,
    ...nameOf(row),
    ...(on && { on: nameOf(on) }),
    ...(types !== undefined && { arguments: types }),
    definition: { sql: (isRoutine(kind) ? text : settledCasts(text)) + (clause && ` ${clause}`) },
  };
}

function kindOf({ kind }: Facts): ObjectKind {
  if (isObjectKind(kind)) return kind;
  throw new TypeError(`There are no objects of the kind ${String(kind)}`);
}
