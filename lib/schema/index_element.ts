import type { Sql } from "../sql/statement.ts";
import type { IndexElement, IndexElementParts } from "./schema.ts";

/** Returns the parts of `element`, however briefly it is written. */
export function partsOf(element: IndexElement): IndexElementParts {
  return typeof element === "string" || "sql" in element ? { on: element } : element;
}

/** Returns `element` with `on` in place of what it is on. */
export function placedOn(element: IndexElement, on: string | Sql): IndexElement {
  return typeof element === "string" || "sql" in element ? on : { ...element, on };
}
