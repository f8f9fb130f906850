import type { Collation } from "../../../schema/schema.ts";
import { factsOf, nameOf } from "./facts.ts";

/** Returns the SQL for the schema of a row of `pg_collation`; null if its name is enough to find it. */
function schemaOf(row: string): string {
  return `(SELECT h.nspname FROM pg_namespace h WHERE h.oid = ${row}.collnamespace
    AND (h.nspname NOT IN ('pg_catalog', current_schema()) OR NOT pg_collation_is_visible(${row}.oid)))`;
}

/** Returns the SQL for what `readCollation` reads. */
export function collationFacts(row: string): string {
  return `json_build_object('schema', ${schemaOf(row)}, 'name', ${row}.collname)`;
}

/** Returns the SQL for its name as SQL. */
export function collationName(row: string): string {
  return `coalesce(quote_ident(${schemaOf(row)}) || '.', '') || quote_ident(${row}.collname)`;
}

/** Returns the collation of `collationFacts`, if there is one. */
export function readCollation(value: unknown): Collation | undefined {
  const facts = factsOf(value);
  if (facts === undefined) return undefined;
  const { schema, name } = nameOf(facts);
  return schema === undefined ? name : { schema, name };
}
