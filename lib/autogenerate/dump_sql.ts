import type { Dialect } from "../dialect/dialect.ts";
import type { Operation } from "../operations/operation.ts";
import { isRoutine } from "../schema/routine.ts";
import type { Schema } from "../schema/schema.ts";
import { scriptStatement } from "../sql/script_statement.ts";
import type { Statement } from "../sql/statement.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { creationOf } from "./creation_of.ts";
import { keysAsDeclared } from "./keys_as_declared.ts";

/**
 * Returns the script that creates the schema in an empty database, for `psql` or `sqlite3`. The same schema
 * always gives the same text.
 *
 * @param introspected As the database returned it, not normalized.
 */
export function dumpSql(introspected: Schema, dialect: Dialect): string {
  const script = dumpStatements(introspected, dialect).map((it) =>
    scriptStatement(it, dialect.name)
  )
    .join("");
  // No empty line follows the last statement.
  return script.replace(/\n\n$/, "\n");
}

/** Returns the statements of that script, in the order to run them. */
export function dumpStatements(introspected: Schema, dialect: Dialect): readonly Statement[] {
  const normalized = dialect.normalize(introspected);
  const schema = dialect.name === "sqlite" ? keysAsDeclared(introspected, normalized) : normalized;
  const operations = creationOf(schema, capabilitiesOf(dialect.name));
  return [
    // A routine may name what is created only after it.
    ...operations.some(makesRoutine) ? [{ sql: "SET check_function_bodies = false" }] : [],
    ...operations.flatMap((it) => dialect.compile(it)),
  ];
}

function makesRoutine(operation: Operation): boolean {
  return operation.kind === "createObject" &&
    isRoutine(operation.object.kind);
}
