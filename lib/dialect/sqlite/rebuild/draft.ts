import type { OperationOf } from "../../../operations/operation.ts";
import type { CompiledStatement } from "../../dialect.ts";
import type { Rebuilt } from "./rebuild_statements.ts";

/** A table that is being changed, operation by operation, before it is rebuilt. */
export interface Draft extends Pick<Rebuilt, "sql" | "indexes" | "fresh"> {
  /** Whether its primary key is to be AUTOINCREMENT, if it can be. */
  readonly counts: boolean;
  /** Dropped columns. */
  readonly gone: readonly string[];
  /** In order. SQLite renames them at the end, so everything else uses the columns' old names. */
  readonly renamed: readonly OperationOf<"renameColumn">[];
}

/** What one operation does to a draft. */
export interface Change {
  readonly draft: Draft;
  /** SQLite's own statements for it, if some have the same effect. */
  readonly native?: readonly CompiledStatement[];
}
