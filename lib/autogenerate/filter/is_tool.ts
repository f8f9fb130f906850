import type { SchemaObject } from "../../schema/schema.ts";
import type { Part } from "../part.ts";

/** Says whether `part` is something that others are built with. */
export function isTool(part: Part): boolean {
  if (part.kind !== "object") return part.kind === "enum";
  return tools.has(part.object.kind);
}

const tools: ReadonlySet<SchemaObject["kind"]> = new Set([
  "sequence",
  "domain",
  "compositeType",
  "function",
  "procedure",
]);
