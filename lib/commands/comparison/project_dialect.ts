import type { Config } from "../../config/config.ts";
import { dialectOf } from "../../database/dialect_of.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";

/** Returns the dialect of the project's database; without a URL, that of its scratch databases. */
export function projectDialect(config: Config): DialectName {
  try {
    return dialectOf(config.databaseUrl());
  } catch (error) {
    const isUnknown = error instanceof ToolError && error.code === "config/no_url";
    const isPostgres = config.scratch !== undefined || config.scratchUrl()?.kind === "postgres";
    if (isUnknown && isPostgres) return "postgres";
    throw error;
  }
}
