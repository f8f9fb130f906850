import { capabilitiesOf } from "../../autogenerate/capabilities.ts";
import { diff } from "../../autogenerate/diff.ts";
import { filterSchemas } from "../../autogenerate/filter/filter_schemas.ts";
import type { Config } from "../../config/config.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Schema } from "../../schema/schema.ts";

/** Which parts of two schemas are compared, and in which dialect. */
export interface DifferenceOptions {
  readonly config: Pick<Config, "include" | "exclude" | "schemas">;
  readonly dialect: DialectName;
  /** The schema of unqualified names. */
  readonly defaultSchema: string;
}

/**
 * Returns the operations that turn `from` into `to`, both normalized, except for what the project
 * excludes from comparisons.
 */
export function difference(
  from: Schema,
  to: Schema,
  options: DifferenceOptions,
): readonly Operation[] {
  const [a, b] = compared(from, to, options);
  return diff(a, b, capabilitiesOf(options.dialect));
}

/** Returns both schemas without what the project excludes. */
export function compared(
  from: Schema,
  to: Schema,
  { config: { include, exclude, schemas }, dialect, defaultSchema }: DifferenceOptions,
): readonly [Schema, Schema] {
  return filterSchemas(from, to, {
    include,
    exclude,
    // Schemas can only be configured for PostgreSQL: SQLite has none.
    ...(schemas && dialect === "postgres" && { schemas }),
    defaultSchema,
  });
}
