import { kinds } from "./object_kinds.ts";

/**
 * The names of the kinds that there are, separated by spaces: most databases have few, and to plan the
 * query for all takes the server longer than to run it.
 */
export const kindsQuery = `SELECT concat_ws(' ', ${
  Object.entries(kinds).map(([name, [, present]]) =>
    `CASE WHEN EXISTS (SELECT FROM ${present}) THEN '${name}' END`
  ).join(", ")
}) AS kinds`;

/**
 * Returns the query for everything of some kinds that has a statement of its own, with that statement, in
 * the order of creation. Objects on a table, and those outside any schema, have no schema of their own.
 *
 * @param names At least one of those that `kindsQuery` gives.
 */
export function objectsQuery(names: readonly string[]): string {
  const queries = names.map((name) => kinds[name]?.[0]);
  return `
SELECT id, kind, CASE WHEN kind NOT IN ('index', 'trigger', 'policy', 'extension', 'schema') THEN schema END AS schema,
  name, "on", arguments, definition, sequence
FROM (
  ${queries.join("\n  UNION ALL\n  ")}
) found (oid) ORDER BY oid`;
}
