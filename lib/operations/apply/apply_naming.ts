import { nameConstraints } from "../../schema/name_constraints.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Operation } from "../operation.ts";
import { apply } from "./apply.ts";

/**
 * Like {@linkcode apply}, for PostgreSQL, which has named every constraint after its table and columns at
 * the time: their later names make no difference.
 */
export function applyNaming(operation: Operation, before: Schema): Schema {
  const isRenaming = operation.kind === "renameTable" || operation.kind === "renameColumn";
  if (!isRenaming) return apply(operation, before);
  const tables = before.tables.map((it) => ({ ...it, constraints: nameConstraints(it) }));
  return apply(operation, { ...before, tables });
}
