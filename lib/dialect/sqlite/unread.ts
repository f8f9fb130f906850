import type { Queryable } from "../../sql/statement.ts";

/** Returns what the main database has that `introspect` does not read: `virtual table search`. */
export async function unread(connection: Queryable): Promise<readonly string[]> {
  const rows = await connection.query({
    sql:
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual' ORDER BY name",
  });
  return rows.map((it) => `virtual table ${it["name"]}`);
}
