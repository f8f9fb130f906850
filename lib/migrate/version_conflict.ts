import { DatabaseError } from "../driver/database_error.ts";
import { ToolError } from "../error.ts";

/** Thrown inside a work transaction whose version rows are not what its plan was made from: roll back, and plan anew. */
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

/** Says whether a row was there already: of the version table, that somebody else did the step. */
export function isUniqueViolation(error: unknown): boolean {
  const state = error instanceof DatabaseError ? error.answer.sqlState : undefined;
  return state === "23505" || state === "SQLITE_CONSTRAINT_PRIMARYKEY" ||
    state === "SQLITE_CONSTRAINT_UNIQUE";
}
