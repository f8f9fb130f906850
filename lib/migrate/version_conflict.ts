import { ToolError } from "../error.ts";

/** Thrown inside a work transaction whose version rows are not what its plan was made from: roll back, and plan anew. */
export class VersionConflict extends ToolError {
  constructor() {
    super("database/conflict", "Cannot go on: another run changed the version table meanwhile", {
      hint: `Look with "migrate current", then run the command again`,
    });
  }
}
