import type { Connection } from "../../lib/driver/driver.ts";

/**
 * Returns the statements that SQLite keeps, as `.schema` shows them, sorted and made comparable: spaces,
 * quotes and letter case do not count, and neither does the order of the items of a table.
 */
export async function schemaText(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query({
    sql:
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  });
  return rows.map((it) => plainly(String(it["sql"]))).sort();
}

function plainly(sql: string): string {
  const text = sql.replaceAll(/--.*$/gm, "").replaceAll(/\s+/g, " ").replaceAll(/["`[\]]/g, "")
    .replaceAll(/ ?([(),]) ?/g, "$1").replaceAll(/\((\w+\([^()]*\))\)(?=[,)])/g, "$1").trim()
    .toLowerCase();
  const [, head, body = "", tail = ""] = /^(create table [^(]+)\((.*)\)([^)]*)$/.exec(text) ?? [];
  return head === undefined ? text : `${head}(${items(body).sort().join(", ")})${tail}`;
}

/** Splits at the commas outside of parentheses. */
function items(body: string): string[] {
  const found = [""];
  let depth = 0;
  for (const letter of body) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (letter === "," && depth === 0) found.push("");
    else found.push((found.pop() ?? "") + letter);
  }
  return found.map((it) => it.trim());
}
