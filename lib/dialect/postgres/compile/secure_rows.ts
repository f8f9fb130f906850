import type { QualifiedName, RowSecurity } from "../../../schema/schema.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { alterTable } from "./statements.ts";

/**
 * Returns the statements that enable row-level security, force it on the owner, or disable both.
 *
 * @param isNew Whether the table was just created: then NO FORCE is the default.
 */
export function secureRows(
  table: QualifiedName,
  security: RowSecurity | "disabled",
  { isNew }: { readonly isNew: boolean },
): readonly CompiledStatement[] {
  const words = [
    security === "disabled" ? "DISABLE" : "ENABLE",
    security === "forced" ? "FORCE" : "NO FORCE",
  ];
  return words.filter((it) => !(isNew && it === "NO FORCE"))
    .map((it) => alterTable(table, `${it} ROW LEVEL SECURITY`));
}
