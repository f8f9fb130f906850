import { ToolError } from "../../error.ts";

/**
 * Returns the error for a scratch database that cannot be created, with the three ways to provide one.
 */
export function unavailable(found: string, cause?: unknown): ToolError {
  return new ToolError("scratch/unavailable", `Cannot create a scratch database: ${found}`, {
    hint:
      'Set scratch_url to a database that is used for nothing else, or scratch = "embedded", or let the role create one: ALTER ROLE … CREATEDB',
    cause,
  });
}
