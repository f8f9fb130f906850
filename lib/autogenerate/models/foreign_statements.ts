/**
 * The statements of a dump that a scratch database does not need.
 *
 * @module
 */
import type { DialectName } from "../../dialect/dialect.ts";
import type { ServerAnswer } from "../../driver/database_error.ts";
import { transactionControl } from "../../sql/transaction_control.ts";

/**
 * Returns what a scratch database should run of `sql`; undefined if that is not about its schema, but about
 * rows, a transaction, or what all databases of a server share.
 */
export function forScratch(sql: string, dialect: DialectName): string | undefined {
  if (transactionControl(sql) !== undefined) return undefined;
  if (dialect === "postgres") return isForeign(sql) ? undefined : sql;
  // `.dump` puts virtual tables straight into the catalogue.
  const [, made] = virtualTable.exec(sql) ?? [];
  if (made !== undefined) return made.replaceAll("''", "'");
  return rows.test(sql) || sqlitesOwn.test(sql) ? undefined : sql;
}

function isForeign(sql: string): boolean {
  return rows.test(sql) || shared.test(sql) || owner.test(sql);
}

const rows = /^insert\s+into\b/i;
const virtualTable =
  /^insert\s+into\s+sqlite_(?:schema|master)\b[^']*'table',.*,\s*'(create\s+virtual\s+table\b(?:[^']|'')*)'\s*\)$/is;

const apart = String.raw`(?:\s|--[^\n\r]*[\n\r]|/\*(?:[^*]|\*(?!/))*\*/)+`;

/**
 * Statements on things outside a database or between databases, and those that change the current role,
 * which must stay the scratch database's owner.
 */
const shared = new RegExp(
  `^(?:(?:create|alter|drop)${apart}(?:database|role|user(?!${apart}mapping\\b)|group|tablespace|subscription|publication|system)` +
    `|(?:comment|security${apart}label)${apart}(?:for${apart}\\S+${apart})?on${apart}(?:database|role|tablespace|subscription|publication)` +
    `|set${apart}(?:session${apart}|local${apart})?(?:session${apart}authorization|role)` +
    `|(?:reassign|drop)${apart}owned)\\b`,
  "i",
);

/** A schema does not include owners. */
const owner = new RegExp(
  String.raw`^alter\b[^;']*\bowner${apart}to${apart}(?:"[^"]*"|\w+)\s*$`,
  "i",
);

/** Tables that SQLite creates by itself, and the pragma that makes its catalogue writable. */
const sqlitesOwn =
  /^(?:create\s+table|delete\s+from)\s+["'`[]?sqlite_|^pragma\s+writable_schema\b/i;

/** Says whether the failure of a statement leaves out nothing that belongs to a schema. */
export function isTolerable(
  { statement, sqlState, message }: ServerAnswer,
  dialect: DialectName,
): boolean {
  if (dialect === "sqlite") return shadow.test(statement.sql) && /already exists/.test(message);
  return tolerable.some(([states, beginning]) =>
    states.includes(sqlState ?? "") && beginning.test(statement.sql)
  );
}

/**
 * A shadow table, which its virtual table has created, https://www.sqlite.org/vtab.html#xshadowname;
 * `.schema` shows it, too.
 */
const shadow =
  /^create\s+table\s+["'`[]?\w+_(?:content|data|idx|docsize|config|segments|segdir|stat|node|parent|rowid)\b/i;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const [duplicateSchema, duplicateObject, undefinedObject, insufficientPrivilege] = [
  "42P06",
  "42710",
  "42704",
  "42501",
];

const tolerable: readonly (readonly [readonly string[], RegExp])[] = [
  // A role that does not exist on this server, or may not grant what it does not have.
  [[undefinedObject, insufficientPrivilege], /^(?:grant|revoke|alter\s+default\s+privileges)\b/i],
  // A setting of another version's, or one for superusers.
  [[undefinedObject, insufficientPrivilege], /^set\b/i],
  // What a new database already has.
  [[duplicateSchema], /^create\s+schema\b/i],
  [[duplicateObject], /^create\s+(?:extension|(?:(?:trusted\s+)?procedural\s+)?language)\b/i],
  [[insufficientPrivilege], /^comment\s+on\s+(?:extension|schema\s+public)\b/i],
];
