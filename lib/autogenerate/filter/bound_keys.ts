import type { Schema } from "../../schema/schema.ts";
import type { Key, Part } from "../part.ts";
import { Needs } from "../steps/needs.ts";
import { takeApart } from "../steps/take_apart.ts";
import { isTool } from "./is_tool.ts";

/** What is about to be compared. */
export interface BoundOptions {
  /** The parts of the schema that is to be changed. */
  readonly parts: ReadonlyMap<Key, Part>;
  /** That schema without what is left out. */
  readonly compared: Schema;
  /** The parts of the schema that it is to become. */
  readonly wanted: ReadonlyMap<Key, Part>;
}

/**
 * Returns the keys of what would be dropped although something that is left out is built with it: a
 * type, a function, a sequence, a schema.
 */
export function boundKeys({ parts, compared, wanted }: BoundOptions): ReadonlySet<Key> {
  const kept = takeApart(compared);
  const needs = new Needs(parts);
  const found = new Set<Key>();
  const waiting = [...parts].flatMap(([key, part]) => kept.has(key) ? [] : [part]);
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    for (const key of needs.binding(part)) {
      const need = parts.get(key);
      if (need === undefined || wanted.has(key) || !kept.has(key) || found.has(key)) continue;
      if (!isTool(need) && !isSchema(need)) continue;
      found.add(key);
      waiting.push(need);
    }
  }
  return found;
}

function isSchema(part: Part): boolean {
  return part.kind === "object" && part.object.kind === "schema";
}
