import type { RevisionId } from "./revision.ts";
import { formatTarget, type Target } from "./target.ts";

/**
 * Returns a warning for a downgrade that could begin at any of `rows`; undefined if there is no
 * ambiguity.
 */
export function downgradeWarning(rows: readonly RevisionId[], target: Target): string | undefined {
  const [first, ...others] = new Set(rows);
  if (target.kind !== "relative" || target.from.kind !== "current") return undefined;
  if (target.from.branch !== undefined || first === undefined || others.length === 0) {
    return undefined;
  }
  const text = formatTarget(target);
  return `downgrade ${text} from multiple heads is ambiguous: this one begins at ${first}, ` +
    `as ${first}@${text} would`;
}
