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
  return {
    outside: [{ sql: "PRAGMA foreign_keys = OFF" }],
    before: [{ sql: `CREATE TEMP TABLE migrate_violations AS\n${violations}` }],
    after: [
      {
        // json() of an invalid text is an error.
        sql: `SELECT json('foreign key violations: ' || times) FROM (
  SELECT count(*) AS times FROM (${violations}) now WHERE NOT EXISTS (${isNoted})
) WHERE times > 0`,
      },
      { sql: "DROP TABLE temp.migrate_violations" },
    ],
  };
}

const violations =
  `SELECT "table" AS child, rowid AS place, parent, count(*) AS times FROM pragma_foreign_key_check GROUP BY 1, 2, 3`;

const isNoted =
  `SELECT 1 FROM temp.migrate_violations old WHERE old.child = now.child AND old.place IS now.place AND old.parent = now.parent AND old.times >= now.times`;
