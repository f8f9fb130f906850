import type { QualifiedName } from "../../../schema/schema.ts";
import type { Numbering } from "../../../schema/serial.ts";
import { sequenceClause } from "../../../schema/sequence_clause.ts";
import { besides } from "../../clauses.ts";

/** Returns `GENERATED … AS IDENTITY`, with the options of the sequence. */
export function generatedAs(
  table: QualifiedName,
  generation: "always" | "byDefault",
  { sequenceName, ...options }: Numbering,
): string {
  const said = [
    // An unqualified name would be looked for on the search path.
    sequenceName !== undefined && `SEQUENCE NAME ${besides(table, sequenceName)}`,
    sequenceClause(options),
  ].filter(Boolean).join(" ");
  return `GENERATED ${kindOf(generation)} AS IDENTITY${said && ` (${said})`}`;
}

export function kindOf(generation: "always" | "byDefault"): string {
  return generation === "always" ? "ALWAYS" : "BY DEFAULT";
}
