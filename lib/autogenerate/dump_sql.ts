import type { Dialect } from "../dialect/dialect.ts";
import type { Operation } from "../operations/operation.ts";
import { countingKey } from "../schema/counting_key.ts";
import type { Schema, Table } from "../schema/schema.ts";
import { scriptStatement } from "../sql/script_statement.ts";
import type { Statement } from "../sql/statement.ts";
import { creationOf } from "./creation_of.ts";

/**
 * Returns the script that makes `schema` in an empty database, for `psql` or `sqlite3`. The same schema
 * always gives the same text.
 *
 * @param introspected As the database answered it, not normalized.
 */
export function dumpSql(introspected: Schema, dialect: Dialect): string {
  return dumpStatements(introspected, dialect).map((it) => scriptStatement(it, dialect.name))
    .join("");
}

/** Returns the statements of the same, in the order to run them. */
export function dumpStatements(introspected: Schema, dialect: Dialect): readonly Statement[] {
  const schema = dialect.normalize(introspected);
  const isSqlite = dialect.name === "sqlite";
  const written = isSqlite ? { ...schema, tables: keysAsDeclared(introspected, schema) } : schema;
  const operations = creationOf(written, { rebuildsTables: isSqlite });
  return [
    // A routine may name what is only made behind it.
    ...operations.some(makesRoutine) ? [{ sql: "SET check_function_bodies = false" }] : [],
    ...operations.flatMap((it) => dialect.compile(it)),
  ];
}

function makesRoutine(operation: Operation): boolean {
  return operation.kind === "createObject" &&
    (operation.object.kind === "function" || operation.object.kind === "procedure");
}

/**
 * To SQLite every integer key is an INTEGER that counts itself up; one that somebody declared as something
 * else counts nothing, and stays so.
 */
function keysAsDeclared(introspected: Schema, { tables }: Schema): readonly Table[] {
  const declared = new Map(introspected.tables.map((it) => [it.name, countingKey(it)]));
  return tables.map((table) => {
    const { type, nullable = false } = declared.get(table.name) ?? {};
    if (type?.kind !== "integer" || type.bits === 32) return table;
    const sql = type.bits === 64 ? "BIGINT" : "SMALLINT";
    const key = countingKey(table);
    const columns = table.columns.map((it) =>
      it === key ? { ...it, nullable, type: { kind: "native" as const, sql } } : it
    );
    return { ...table, columns };
  });
}
