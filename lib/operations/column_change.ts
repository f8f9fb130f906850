import type { Collation, Column, Identity, SequenceOptions } from "../schema/schema.ts";
import type { Sql } from "../sql/statement.ts";

/** The properties of a column to change; null removes a property. */
export interface ColumnChange {
  readonly type?: Column["type"];
  readonly nullable?: boolean;
  readonly default?: Sql | null;
  readonly comment?: string | null;
  readonly collation?: Collation | null;
  readonly identity?: IdentityChange | null;
  /** Null turns a generated column into a plain one. */
  readonly generated?: Column["generated"] | null;
}

/**
 * How an identity column counts from now on. Absent options stay as they are; null sets the database's
 * default.
 */
export type IdentityChange =
  & { readonly generation: Identity; readonly sequenceName?: string | null }
  & { readonly [Option in keyof SequenceOptions]: SequenceOptions[Option] | null };

/** Before or after another column, by name. */
export type ColumnPosition = { readonly before: string } | { readonly after: string };
