import { DatabaseError } from "../driver/database_error.ts";
import { ToolError } from "../error.ts";

/**
 * Thrown inside a work transaction that finds other version rows than its plan was made from: roll
 * back, and plan again.
 */
export class VersionConflict extends ToolError {
  constructor() {
    super(
      "database/conflict",
      "Cannot continue: another run changed the version table in the meantime",
      {
        hint: `Look with "migrate current", then run the command again`,
      },
    );
  }
}

/** Returns whether a row existed already: in the version table, that another run did the step. */
export function isUniqueViolation(error: unknown): boolean {
  const state = error instanceof DatabaseError ? error.answer.sqlState : undefined;
  return state === "23505" || state === "SQLITE_CONSTRAINT_PRIMARYKEY" ||
    state === "SQLITE_CONSTRAINT_UNIQUE";
}
