import type { QualifiedName, RowSecurity } from "../../../schema/schema.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { alterTable } from "./statements.ts";

/** Returns the statements that enable row-level security, force it on the owner, or disable both. */
export function secureRows(
  table: QualifiedName,
  security: RowSecurity | "disabled",
): readonly CompiledStatement[] {
  switch (security) {
    case "enabled":
      return ["ENABLE", "NO FORCE"].map((it) => alterTable(table, `${it} ROW LEVEL SECURITY`));
    case "forced":
      return ["ENABLE", "FORCE"].map((it) => alterTable(table, `${it} ROW LEVEL SECURITY`));
    case "disabled":
      return ["DISABLE", "NO FORCE"].map((it) => alterTable(table, `${it} ROW LEVEL SECURITY`));
  }
}
