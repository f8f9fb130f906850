import type { Config } from "../../config/config.ts";
import type { IntrospectOptions } from "../../dialect/dialect.ts";
import { ownTables } from "../../migrate/own_tables.ts";

/** Returns what both sides of a comparison are read with: the schemas asked for, without the tool's own tables. */
export function introspectOptions(
  { schemas, versionTable }: Pick<Config, "schemas" | "versionTable">,
): IntrospectOptions {
  return {
    ...(schemas && { schemas }),
    exclude: ownTables(versionTable),
  };
}
