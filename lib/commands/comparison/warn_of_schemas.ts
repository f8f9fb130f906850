import type { Report } from "../../report/event.ts";

/**
 * Warns of schemas that are not read, if there are any.
 *
 * @param what Of these schemas, and what happens to it.
 */
export function warnOfSchemas(
  what: string,
  schemas: readonly string[],
  { defaultSchema, report }: { readonly defaultSchema: string; readonly report: Report },
): void {
  if (schemas.length === 0) return;
  const named = [...new Set(schemas)].sort();
  const all = [defaultSchema, ...named].map((it) => JSON.stringify(it)).join(", ");
  report({
    kind: "warned",
    message: `${what} in the schema${named.length > 1 ? "s" : ""} ${named.join(", ")}`,
    hint: `Set in migrate.toml which schemas are read: schemas = [${all}]`,
  });
}
