import type { QualifiedName } from "./qualified_name.ts";

/** The type of a column, independent of the dialect. */
export type ColumnType =
  | { readonly kind: "integer"; readonly bits: 16 | 32 | 64 }
  | { readonly kind: "numeric"; readonly precision?: number; readonly scale?: number }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "string"; readonly length?: number }
  | { readonly kind: "text" }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" }
  | { readonly kind: "time"; readonly timezone: boolean }
  | { readonly kind: "timestamp"; readonly timezone: boolean; readonly precision?: number }
  | { readonly kind: "interval" }
  | { readonly kind: "json"; readonly binary: boolean }
  | { readonly kind: "uuid" }
  | { readonly kind: "binary" }
  | { readonly kind: "array"; readonly of: ColumnType }
  /** One of `values`: the type `name` on PostgreSQL, a check on SQLite. */
  | { readonly kind: "enum"; readonly name: QualifiedName; readonly values: readonly string[] }
  /** A type of one database only, as written there. */
  | { readonly kind: "native"; readonly sql: string };
