import type { TableOptions } from "../schema/schema.ts";

/**
 * The options of a table that change; null removes one. Its partitioning cannot change, and what it is
 * a partition of changes by attaching and detaching.
 */
export type TableChange =
  & {
    readonly [Key in keyof Omit<TableOptions, "partitionBy" | "partitionOf" | "with">]:
      | TableOptions[Key]
      | null;
  }
  & {
    /** Storage parameters, one by one. */
    readonly with?: Readonly<Record<string, string | null>>;
  };
