import type { TableOptions } from "../schema/schema.ts";

/**
 * The options of a table to change; null removes one. Partitioning cannot change, and a table becomes a
 * partition or ceases to be one by attaching and detaching.
 */
export type TableChange =
  & {
    readonly [Key in keyof Omit<TableOptions, "partitionBy" | "partitionOf" | "with">]:
      | TableOptions[Key]
      | null;
  }
  & {
    /** Storage parameters; those that are absent stay as they are. */
    readonly with?: Readonly<Record<string, string | null>>;
  };
