import type { Config } from "../../config/config.ts";
import type { IntrospectOptions } from "../../dialect/dialect.ts";
import { ownTables } from "../../migrate/own_tables.ts";

/** The settings that determine how a schema is read. */
export type IntrospectedConfig = Pick<Config, "schemas" | "grants" | "versionTable">;

/**
 * Returns the options that both sides of a comparison are read with: the schemas asked for, without
 * the tool's own tables.
 */
export function introspectOptions(
  { schemas, grants, versionTable }: IntrospectedConfig,
): IntrospectOptions {
  return {
    ...(schemas && { schemas }),
    ...(grants && { grants }),
    exclude: ownTables(versionTable),
  };
}
