import type { DialectName } from "../../dialect/dialect.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Statement } from "../../sql/statement.ts";

/**
 * Returns statements that stop a script, run by `psql -v ON_ERROR_STOP=1` or `sqlite3 -bail`,
 * unless the version table holds exactly `expected`.
 */
export function guardScript(
  expected: readonly RevisionId[],
  { dialect, versionTable }: {
    readonly dialect: DialectName;
    readonly versionTable: VersionTable;
  },
): readonly Statement[] {
  const where = expected.length === 0 ? "base" : expected.join(", ");
  const message = `the database is not at ${where}, where this script begins`;
  const name = quoteName(versionTable);
  const ids = expected.map((it) => quoteLiteral(it, dialect)).join(", ");
  const holds = [
    `(SELECT count(*) FROM ${name}) = ${expected.length}`,
    ...expected.length === 0
      ? []
      : [`(SELECT count(*) FROM ${name} WHERE version_num IN (${ids})) = ${expected.length}`],
  ].join(" AND ");
  if (dialect === "postgres") {
    const text = quoteLiteral(message.replaceAll("%", "%%"), dialect);
    const body = `BEGIN IF NOT (${holds}) THEN RAISE EXCEPTION ${text}; END IF; END`;
    return [{ sql: `DO ${quoteLiteral(body, dialect)}` }];
  }
  // SQLite can raise errors only in triggers; a failing check names itself.
  const constraint = `CONSTRAINT ${quoteIdentifier(message)} CHECK (holds)`;
  return [
    { sql: `CREATE TEMP TABLE migrate_guard (holds INTEGER NOT NULL ${constraint})` },
    { sql: `INSERT INTO migrate_guard SELECT ${holds}` },
    { sql: "DROP TABLE temp.migrate_guard" },
  ];
}
