import type { FilterOptions } from "../../autogenerate/filter/filter_schemas.ts";
import type { Config } from "../../config/config.ts";
import type { DialectName } from "../../dialect/dialect.ts";

/** Returns what of two schemas the project compares. The schemas that it names are PostgreSQL's: SQLite has none. */
export function filterOptions(
  { include, exclude, schemas }: Pick<Config, "include" | "exclude" | "schemas">,
  dialect: DialectName,
  defaultSchema: string,
): FilterOptions {
  return {
    include,
    exclude,
    ...(schemas && dialect === "postgres" && { schemas }),
    defaultSchema,
  };
}
