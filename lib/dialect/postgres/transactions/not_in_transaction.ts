import type { AlterSubscriptionStmt, DefElem, Node, ReindexStmt } from "libpg-query";
import type { Grammar } from "./grammar.ts";

/** Says whether `whyNotInTransaction` is worth asking; true of few statements, and cheap. */
export function mayRefuseTransaction(statement: string): boolean {
  return byFirstWords.test(statement) ||
    (maybeConcurrent.test(statement) && concurrently.test(statement));
}

const apart = String.raw`(?:\s|--[^\n\r]*(?=[\n\r])|/\*(?:[^*]|\*(?!/))*\*/)+`;
const byFirstWords = new RegExp(
  `^(?:vacuum|cluster|reindex|discard|(?:commit|rollback)${apart}prepared|` +
    `(?:create|drop|alter)${apart}(?:database|tablespace|subscription|system))\\b`,
  "i",
);
const maybeConcurrent = /^(?:create|drop|alter)\b/i;
const concurrently = /\bconcurrently\b/i;

/**
 * Returns PostgreSQL's message on why `statement` can't run in a transaction, or undefined if its text gives no
 * reason. It does not know what depends on the catalogue: CLUSTER and REINDEX of a partitioned table are refused too.
 */
export function whyNotInTransaction(statement: string, grammar: Grammar): string | undefined {
  if (!mayRefuseTransaction(statement)) return undefined;
  const node = grammar.parse(statement);
  const command = node && refusedCommand(node);
  return command && `${command} cannot run inside a transaction block`;
}

/** Each with its page under https://www.postgresql.org/docs/current/, which says so under "Notes". */
function refusedCommand(node: Node): string | undefined {
  // sql-vacuum.html; ANALYZE parses as the same node
  if ("VacuumStmt" in node) return node.VacuumStmt.is_vacuumcmd ? "VACUUM" : undefined;
  // sql-cluster.html: of all tables
  if ("ClusterStmt" in node) return node.ClusterStmt.relation ? undefined : "CLUSTER";
  // sql-discard.html
  if ("DiscardStmt" in node) {
    return node.DiscardStmt.target === "DISCARD_ALL" ? "DISCARD ALL" : undefined;
  }
  // sql-createdatabase.html, sql-dropdatabase.html
  if ("CreatedbStmt" in node) return "CREATE DATABASE";
  if ("DropdbStmt" in node) return "DROP DATABASE";
  // sql-alterdatabase.html: only to another tablespace
  if ("AlterDatabaseStmt" in node) {
    const { options } = node.AlterDatabaseStmt;
    return option(options, "tablespace") ? "ALTER DATABASE SET TABLESPACE" : undefined;
  }
  // sql-createtablespace.html, sql-droptablespace.html
  if ("CreateTableSpaceStmt" in node) return "CREATE TABLESPACE";
  if ("DropTableSpaceStmt" in node) return "DROP TABLESPACE";
  // sql-altersystem.html
  if ("AlterSystemStmt" in node) return "ALTER SYSTEM";
  // sql-createindex.html, sql-dropindex.html, sql-altertable.html
  if ("IndexStmt" in node) {
    return node.IndexStmt.concurrent ? "CREATE INDEX CONCURRENTLY" : undefined;
  }
  if ("DropStmt" in node) return node.DropStmt.concurrent ? "DROP INDEX CONCURRENTLY" : undefined;
  if ("AlterTableStmt" in node) {
    const detaches = node.AlterTableStmt.cmds?.some(isConcurrentDetach) ?? false;
    return detaches ? "ALTER TABLE ... DETACH CONCURRENTLY" : undefined;
  }
  if ("ReindexStmt" in node) return refusedReindex(node.ReindexStmt);
  if ("CreateSubscriptionStmt" in node) {
    // sql-createsubscription.html: it creates its slot unless told not to
    const { options } = node.CreateSubscriptionStmt;
    const makesSlot = isOn(options, "connect", true) && isOn(options, "create_slot", true);
    return makesSlot ? "CREATE SUBSCRIPTION ... WITH (create_slot = true)" : undefined;
  }
  if ("AlterSubscriptionStmt" in node) return refusedAlterSubscription(node.AlterSubscriptionStmt);
  // sql-dropsubscription.html: while it has a slot, as it does unless that was removed before
  if ("DropSubscriptionStmt" in node) return "DROP SUBSCRIPTION";
  // sql-commit-prepared.html, sql-rollback-prepared.html
  if ("TransactionStmt" in node) {
    const { kind } = node.TransactionStmt;
    if (kind === "TRANS_STMT_COMMIT_PREPARED") return "COMMIT PREPARED";
    if (kind === "TRANS_STMT_ROLLBACK_PREPARED") return "ROLLBACK PREPARED";
  }
  return undefined;
}

function isConcurrentDetach(command: Node): boolean {
  const def = "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
  return def !== undefined && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
}

/** sql-reindex.html */
function refusedReindex({ kind, params }: ReindexStmt): string | undefined {
  if (isOn(params, "concurrently", false)) return "REINDEX CONCURRENTLY";
  switch (kind) {
    case "REINDEX_OBJECT_SCHEMA":
      return "REINDEX SCHEMA";
    case "REINDEX_OBJECT_SYSTEM":
      return "REINDEX SYSTEM";
    case "REINDEX_OBJECT_DATABASE":
      return "REINDEX DATABASE";
    default:
      return undefined;
  }
}

/** sql-altersubscription.html: what connects to the publisher, or changes the slot there. */
function refusedAlterSubscription({ kind, options }: AlterSubscriptionStmt): string | undefined {
  switch (kind) {
    case "ALTER_SUBSCRIPTION_REFRESH":
      return "ALTER SUBSCRIPTION ... REFRESH";
    case "ALTER_SUBSCRIPTION_SET_PUBLICATION":
    case "ALTER_SUBSCRIPTION_ADD_PUBLICATION":
    case "ALTER_SUBSCRIPTION_DROP_PUBLICATION":
      return isOn(options, "refresh", true) ? "ALTER SUBSCRIPTION with refresh" : undefined;
    case "ALTER_SUBSCRIPTION_OPTIONS": {
      const slot = ["failover", "two_phase"].find((it) => option(options, it) !== undefined);
      return slot && `ALTER SUBSCRIPTION ... SET (${slot})`;
    }
    default:
      return undefined;
  }
}

function option(options: readonly Node[] | undefined, name: string): DefElem | undefined {
  const found = options?.find((it) => "DefElem" in it && it.DefElem.defname === name);
  return found && "DefElem" in found ? found.DefElem : undefined;
}

/** Returns whether a boolean option is on; one without a value is. */
function isOn(options: readonly Node[] | undefined, name: string, otherwise: boolean): boolean {
  const found = option(options, name);
  if (found === undefined) return otherwise;
  const { arg } = found;
  if (arg === undefined) return true;
  return !/^(?:false|off|0)$/i.test(wordOf(arg));
}

/** The grammar parses `false` as a string, `off` as a type name and 0 as a number. */
function wordOf(argument: Node): string {
  if ("String" in argument) return argument.String.sval ?? "";
  if ("Integer" in argument) return String(argument.Integer.ival ?? 0);
  if ("Boolean" in argument) return String(argument.Boolean.boolval ?? false);
  if (!("TypeName" in argument)) return "";
  const name = argument.TypeName.names?.at(-1);
  return name !== undefined && "String" in name ? name.String.sval ?? "" : "";
}
