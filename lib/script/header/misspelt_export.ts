import type { ToolError } from "../../error.ts";
import { nearly } from "../../sql/closest.ts";
import { headerError, type HeaderPlace } from "./header_error.ts";

/** What a revision's module may export for us. Whatever else it exports is for other files. */
const known = [
  "revision",
  "downRevision",
  "branchLabels",
  "dependsOn",
  "transaction",
  "statementTimeout",
  "idleInTransaction",
  "upgrade",
  "downgrade",
];

/** Other tools' words for them. */
const otherWords: Readonly<Record<string, string>> = {
  up: "upgrade",
  down: "downgrade",
  transactional: "transaction",
};

/**
 * Returns the error for the export `name` if it is nearly one of ours: `depends_on`, if it were ignored,
 * would be lost from the order, and `down` would give way to a derived downgrade.
 */
export function misspeltExport(name: string, place: HeaderPlace): ToolError | undefined {
  if (known.includes(name)) return undefined;
  const meant = Object.hasOwn(otherWords, name) ? otherWords[name] : nearly(name, known);
  if (meant === undefined) return undefined;
  const hint = `Did you mean "${meant}"? What is for other files needs another name`;
  return headerError(`unknown export "${name}"`, place, hint);
}
