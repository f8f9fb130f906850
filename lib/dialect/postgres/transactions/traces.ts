import type { AlterTableStmt, DropStmt, IndexStmt, Node, RangeVar, ReindexStmt } from "libpg-query";
import { quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { Statement } from "../../../sql/statement.ts";
import type { Grammar } from "./grammar.ts";

/** How to tell, after a crash, whether a statement that cannot run in a transaction was completed. */
export type Traces =
  /** Running it again does no harm; `litter` finds what it left unfinished. */
  | { readonly kind: "repeatable"; readonly litter?: Statement }
  /** The object that it creates or drops is found by name. */
  | { readonly kind: "object"; readonly find: Statement; readonly makes: boolean }
  | {
    readonly kind: "index";
    readonly find: Statement;
    readonly table: string;
    readonly name?: string;
  }
  | { readonly kind: "partition"; readonly find: Statement; readonly finish: Statement }
  /** Only a person can tell. */
  | { readonly kind: "none" };

/*
 * Each `find` returns rows `{ name, valid, builder }`: the quoted name of what exists, whether it is valid,
 * and the pid of the server process that is still building it.
 */

/** Returns the traces of `statement`, which PostgreSQL runs only outside transactions. */
export function tracesOf(statement: string, grammar: Grammar): Traces {
  const node = grammar.parse(statement);
  if (node === undefined) return { kind: "none" };
  if ("VacuumStmt" in node || "ClusterStmt" in node || "DiscardStmt" in node) return repeatable;
  if ("CheckPointStmt" in node || "AlterSystemStmt" in node || "AlterDatabaseStmt" in node) {
    return repeatable;
  }
  if ("ReindexStmt" in node) return reindex(node.ReindexStmt);
  if ("IndexStmt" in node) return index(node.IndexStmt);
  if ("DropStmt" in node) return dropIndex(node.DropStmt);
  if ("AlterTableStmt" in node) return detach(node.AlterTableStmt);
  if ("CreatedbStmt" in node) {
    return object("pg_database", "datname", node.CreatedbStmt.dbname, true);
  }
  if ("DropdbStmt" in node) return object("pg_database", "datname", node.DropdbStmt.dbname, false);
  if ("CreateTableSpaceStmt" in node) {
    return object("pg_tablespace", "spcname", node.CreateTableSpaceStmt.tablespacename, true);
  }
  if ("DropTableSpaceStmt" in node) {
    return object("pg_tablespace", "spcname", node.DropTableSpaceStmt.tablespacename, false);
  }
  if ("CreateSubscriptionStmt" in node) {
    return object("pg_subscription", "subname", node.CreateSubscriptionStmt.subname, true);
  }
  if ("DropSubscriptionStmt" in node) {
    return object("pg_subscription", "subname", node.DropSubscriptionStmt.subname, false);
  }
  if ("TransactionStmt" in node) {
    return object("pg_prepared_xacts", "gid", node.TransactionStmt.gid, false);
  }
  return { kind: "none" };
}

const repeatable: Traces = { kind: "repeatable" };

function object(
  catalogue: string,
  column: string,
  name: string | undefined,
  makes: boolean,
): Traces {
  if (name === undefined) return { kind: "none" };
  const sql = `SELECT quote_ident(${column}) AS name, true AS valid, NULL::int AS builder ` +
    `FROM pg_catalog.${catalogue} WHERE ${column} = ${literal(name)}`;
  return { kind: "object", find: { sql }, makes };
}

function index({ idxname, relation }: IndexStmt): Traces {
  if (relation === undefined) return { kind: "none" };
  const table = nameOf(relation);
  return {
    kind: "index",
    table,
    ...(idxname !== undefined && { name: idxname }),
    find: indexes(
      `i.indrelid = ${regclass(table)}` +
        (idxname === undefined ? "" : ` AND c.relname = ${literal(idxname)}`),
    ),
  };
}

function dropIndex({ objects }: DropStmt): Traces {
  const [list] = objects ?? [];
  const parts = list && "List" in list ? list.List.items ?? [] : [];
  const [name, schema] = parts.map((it) => "String" in it ? it.String.sval : undefined).reverse();
  if (name === undefined) return { kind: "none" };
  const quoted = quoteName({ name, ...(schema !== undefined && { schema }) });
  return { kind: "object", find: indexes(`i.indexrelid = ${regclass(quoted)}`), makes: false };
}

/** REINDEX CONCURRENTLY leaves indexes behind when it is interrupted: sql-reindex.html#SQL-REINDEX-CONCURRENTLY */
function reindex({ kind, relation }: ReindexStmt): Traces {
  if (relation === undefined) return repeatable;
  const it = regclass(nameOf(relation));
  const table = kind === "REINDEX_OBJECT_INDEX"
    ? `(SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = ${it})`
    : it;
  return {
    kind: "repeatable",
    litter: indexes(
      `i.indrelid = ${table} AND NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'`,
    ),
  };
}

/** The catalogue marks a partition that is half detached, and FINALIZE completes it. */
function detach({ relation, cmds }: AlterTableStmt): Traces {
  const partition = cmds?.map(partitionOf).find((it) => it !== undefined);
  if (relation === undefined || partition === undefined) return { kind: "none" };
  const [parent, child] = [nameOf(relation), nameOf(partition)];
  return {
    kind: "partition",
    find: {
      sql: `SELECT inhrelid::regclass::text AS name, NOT inhdetachpending AS valid, ` +
        `NULL::int AS builder FROM pg_catalog.pg_inherits ` +
        `WHERE inhparent = ${regclass(parent)} AND inhrelid = ${regclass(child)}`,
    },
    finish: { sql: `ALTER TABLE ${parent} DETACH PARTITION ${child} FINALIZE` },
  };
}

function partitionOf(command: Node): RangeVar | undefined {
  const def = "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
  return def !== undefined && "PartitionCmd" in def ? def.PartitionCmd.name : undefined;
}

/** A build that another role runs is visible, but not what it builds: it may be this index. */
function indexes(where: string): Statement {
  return {
    sql:
      `SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, i.indisvalid AS valid, ` +
      `(SELECT min(p.pid) FROM pg_catalog.pg_stat_progress_create_index p ` +
      `WHERE p.datname = current_database() AND coalesce(p.index_relid, c.oid) = c.oid) AS builder ` +
      `FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid ` +
      `JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace ` +
      `WHERE c.relkind = 'i' AND ${where}`,
  };
}

function nameOf({ schemaname, relname = "" }: RangeVar): string {
  return quoteName({ name: relname, ...(schemaname !== undefined && { schema: schemaname }) });
}

function regclass(quoted: string): string {
  return `pg_catalog.to_regclass(${literal(quoted)})`;
}

function literal(text: string): string {
  return quoteLiteral(text, "postgres");
}
