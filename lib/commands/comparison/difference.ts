import { diff } from "../../autogenerate/diff.ts";
import { filterSchemas } from "../../autogenerate/filter/filter_schemas.ts";
import type { Config } from "../../config/config.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Schema } from "../../schema/schema.ts";

/** What of two schemas is compared, and in which language. */
export interface DifferenceOptions {
  readonly config: Pick<Config, "include" | "exclude" | "schemas">;
  readonly dialect: DialectName;
  /** The schema of what is named without one. */
  readonly defaultSchema: string;
}

/** Returns what turns `from` into `to`, both normalized, but for what the project leaves out of comparisons. */
export function difference(
  from: Schema,
  to: Schema,
  options: DifferenceOptions,
): readonly Operation[] {
  const [a, b] = compared(from, to, options);
  return diff(a, b, { rebuildsTables: options.dialect === "sqlite" });
}

/** Returns both without what the project leaves out. */
export function compared(
  from: Schema,
  to: Schema,
  { config: { include, exclude, schemas }, dialect, defaultSchema }: DifferenceOptions,
): readonly [Schema, Schema] {
  return filterSchemas(from, to, {
    include,
    exclude,
    // The schemas that a project names are PostgreSQL's: SQLite has none.
    ...(schemas && dialect === "postgres" && { schemas }),
    defaultSchema,
  });
}
