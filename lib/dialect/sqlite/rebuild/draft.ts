import type { OperationOf } from "../../../operations/operation.ts";
import type { CompiledStatement } from "../../dialect.ts";
import type { Rebuilt } from "./rebuild_statements.ts";

/** A table on its way from what it is to what it shall be. */
export interface Draft extends Pick<Rebuilt, "sql" | "indexes" | "fresh"> {
  /** Whether its primary key counts itself up, if it has one that can. */
  readonly counts: boolean;
  /** Columns that went. */
  readonly gone: readonly string[];
  /** In order. They are done by SQLite at the end, so all else calls the columns by their old names. */
  readonly renamed: readonly OperationOf<"renameColumn">[];
}

/** What one operation does to a draft. */
export interface Change {
  readonly draft: Draft;
  /** SQLite's own statements for it, if it has some that do the same. */
  readonly native?: readonly CompiledStatement[];
}
