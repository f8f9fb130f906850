import type { Segment } from "../../plan/plan.ts";
import type { Statement } from "../../sql/statement.ts";

/** What a script for SQLite has around the work of a segment where foreign keys are enforced. */
export interface Surroundings {
  /** Outside of the transaction, in which it would do nothing. */
  readonly outside: readonly Statement[];
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

/** Says whether a table is made anew in `segment`, for which foreign keys have to be off. */
export function rebuildsTables({ steps }: Segment): boolean {
  return steps.some((step) =>
    step.work.some((it) => it.kind === "statement" && it.statement.foreignKeys === false)
  );
}

/** Returns what has `segment` leave no row that refers to nothing, as a run would: such a row stops the script. */
export function enforcing(segment: Segment): Surroundings {
  if (!rebuildsTables(segment)) {
    return { outside: [{ sql: "PRAGMA foreign_keys = ON" }], before: [], after: [] };
  }
  return {
    outside: [{ sql: "PRAGMA foreign_keys = OFF" }],
    before: [{ sql: `CREATE TEMP TABLE migrate_violations AS\n${violations}` }],
    after: [
      {
        // json() of what is no JSON is an error.
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
