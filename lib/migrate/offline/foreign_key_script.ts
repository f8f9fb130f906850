import { violationStatements } from "../../dialect/sqlite/violation_statements.ts";
import type { Segment } from "../../plan/plan.ts";
import type { Statement } from "../../sql/statement.ts";

/** The statements around a segment's work in a script for SQLite with foreign keys enforced. */
export interface Surroundings {
  /** Outside of the transaction, inside of which they would have no effect. */
  readonly outside: readonly Statement[];
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

/** Returns whether `segment` rebuilds a table, for which foreign keys have to be off. */
export function rebuildsTables({ steps }: Segment): boolean {
  return steps.some((step) =>
    step.work.some((it) => it.kind === "statement" && it.statement.foreignKeys === false)
  );
}

/**
 * Returns the statements that make the script fail, as a run would, if `segment` leaves new foreign
 * key violations.
 */
export function enforcing(segment: Segment): Surroundings {
  if (!rebuildsTables(segment)) {
    return { outside: [{ sql: "PRAGMA foreign_keys = ON" }], before: [], after: [] };
  }
  const [note, compare, forget] = violationStatements(
    ["pragma_foreign_key_check"],
    "temp.migrate_violations",
  );
  return {
    outside: [{ sql: "PRAGMA foreign_keys = OFF" }],
    before: [note],
    after: [compare, forget],
  };
}
