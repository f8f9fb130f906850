import type { Sql } from "../sql/statement.ts";
import type { IndexElement, IndexElementParts } from "./schema.ts";

/** Returns `element` in its long form. */
export function partsOf(element: IndexElement): IndexElementParts {
  return typeof element === "string" || "sql" in element ? { on: element } : element;
}

/** Returns `element` on the column or expression `on` instead of its own. */
export function placedOn(element: IndexElement, on: string | Sql): IndexElement {
  return typeof element === "string" || "sql" in element ? on : { ...element, on };
}
