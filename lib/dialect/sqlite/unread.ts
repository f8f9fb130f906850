import type { Queryable } from "../../sql/statement.ts";
import type { Unread } from "../dialect.ts";

/** Returns what the main database has that `introspect` does not read. */
export async function unread(connection: Queryable): Promise<readonly Unread[]> {
  const rows = await connection.query({
    sql:
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual' ORDER BY name",
  });
  return rows.map((it) => ({ text: `virtual table ${it["name"]}` }));
}
