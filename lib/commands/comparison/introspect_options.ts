import type { Config } from "../../config/config.ts";
import type { IntrospectOptions } from "../../dialect/dialect.ts";
import { ownTables } from "../../migrate/own_tables.ts";

/** What of the configuration says how a schema is read. */
export type IntrospectedConfig = Pick<Config, "schemas" | "grants" | "versionTable">;

/** Returns what both sides of a comparison are read with: the schemas asked for, without the tool's own tables. */
export function introspectOptions(
  { schemas, grants, versionTable }: IntrospectedConfig,
): IntrospectOptions {
  return {
    ...(schemas && { schemas }),
    ...(grants && { grants }),
    exclude: ownTables(versionTable),
  };
}
