import type { ServerAnswer } from "../../driver/database_error.ts";
import type { Statement } from "../../sql/statement.ts";

/**
 * Returns three statements for work during which foreign keys are not enforced: one that notes the
 * violations before it in the table `noted`, one that fails with {@linkcode violated} if there are
 * others after it, and one that drops the table.
 *
 * @param checks The calls of `pragma_foreign_key_check` that find them.
 * @param noted The name of the table, as SQL.
 */
export function violationStatements(
  checks: readonly string[],
  noted: string,
): readonly [note: Statement, compare: Statement, forget: Statement] {
  const violations = checks.map((it) =>
    `SELECT "table" AS child, rowid AS place, parent FROM ${it}`
  ).join("\n  UNION ALL ");
  const counted =
    `SELECT child, place, parent, count(*) AS times FROM (${violations}) GROUP BY 1, 2, 3`;
  const isNoted =
    `SELECT 1 FROM ${noted} old WHERE old.child = now.child AND old.place IS now.place AND old.parent = now.parent AND old.times >= now.times`;
  return [
    { sql: `CREATE TABLE ${noted} AS\n${counted}` },
    {
      sql:
        `${comparison}: ' || times) FROM (\n  SELECT count(*) AS times FROM (${counted}) now WHERE NOT EXISTS (${isNoted})\n) WHERE times > 0`,
    },
    { sql: `DROP TABLE ${noted}` },
  ];
}

const comparison = "SELECT json('foreign key violations";

/** json() of something that is not JSON is an error: a script has no other way to fail. */
export const violated = "malformed JSON";

/**
 * Returns whether the comparison has found violations. It is recognised by its text, since it may
 * have been written into a revision file.
 */
export function hasFoundViolations(
  { message, statement }: Pick<ServerAnswer, "message" | "statement">,
): boolean {
  return message === violated && statement.sql.startsWith(comparison);
}
