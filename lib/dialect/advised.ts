import { DatabaseError } from "../driver/database_error.ts";
import type { ToolError } from "../error.ts";
import type { Queryable } from "../sql/statement.ts";
import type { DialectName } from "./dialect.ts";
import { advise as advisePostgres } from "./postgres/advise.ts";
import { advise as adviseSqlite } from "./sqlite/advise.ts";

const advisers = { postgres: advisePostgres, sqlite: adviseSqlite } as const;

/**
 * Returns `error` with a hint, if the rolled-back database can supply one: which name may have been
 * meant, how many rows are in the way.
 */
export async function advised(
  error: ToolError,
  dialect: DialectName,
  connection: Queryable,
): Promise<ToolError> {
  const { hint } = error.facts;
  const cause = error instanceof DatabaseError ? error : error.facts.cause;
  if (hint !== undefined || !(cause instanceof DatabaseError)) return error;
  const advice = await advisers[dialect](cause.answer, connection).catch(() => undefined);
  return advice === undefined ? error : error.with({ hint: advice });
}
