import type { DialectName } from "../../dialect/dialect.ts";
import type { Queryable } from "../../sql/statement.ts";

/** Returns the schema of unqualified names. */
export async function defaultSchema(connection: Queryable, dialect: DialectName): Promise<string> {
  if (dialect === "sqlite") return "main";
  const [row] = await connection.query({ sql: "SELECT current_schema() AS schema" });
  return String(row?.["schema"] ?? "public");
}
