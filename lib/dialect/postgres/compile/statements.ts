import type { QualifiedName } from "../../../schema/schema.ts";
import { quoteName } from "../../../sql/quote.ts";
import type { CompiledStatement } from "../../dialect.ts";

/** Returns a statement. `alone`: it cannot run inside a transaction. */
export function statement(
  text: string,
  { alone = false }: { readonly alone?: boolean | undefined } = {},
): CompiledStatement {
  return alone ? { sql: text, transactional: false } : { sql: text };
}

export function alterTable(table: QualifiedName, change: string): CompiledStatement {
  return { sql: `ALTER TABLE ${quoteName(table)} ${change}` };
}
