import type { CompiledStatement, Dialect } from "../../dialect/dialect.ts";
import type { Session } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Recorded } from "../../operations/operation.ts";

/**
 * Returns the statements for deferred operations in the database's present state, to be run in the
 * transaction of `session`.
 *
 * @throws {ToolError} If they would delete rows of other tables, because foreign keys are enforced.
 */
export async function compileNow(
  recorded: readonly Recorded[],
  session: Session,
  dialect: Dialect,
): Promise<readonly CompiledStatement[]> {
  const statements = await dialect.compileDeferred(recorded, session);
  if (!statements.some((it) => it.foreignKeys === false)) return statements;
  const [row] = await session.query({ sql: "PRAGMA foreign_keys" });
  if (Number(row?.["foreign_keys"]) === 0) return statements;
  throw new ToolError(
    "operation/unsupported",
    "Cannot rebuild a table in op.run while foreign keys are enforced: rows that refer to it would be deleted with the old one",
    { hint: "Do it outside op.run, in the revision's own function" },
  );
}
