import type { TableOptions } from "../schema/schema.ts";

/**
 * The options of a table that change; a null removes one. How it is parted cannot change, and what it is
 * a part of changes by attaching and detaching.
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
