import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import type { Queryable, Statement } from "../../../sql/statement.ts";
import { mentions, sameIdentifier } from "../same_identifier.ts";
import { type Token, tokenize } from "../tokens.ts";
import type { Catalogue } from "./catalogue.ts";

type Other = Catalogue["others"][number];

/** A view or a trigger that may need a column, with a statement that fails if it does and the column is gone. */
export interface User {
  readonly other: Other;
  readonly check: Statement;
}

/** Returns the views and triggers that name `column` and are valid as they are. */
export async function usersOf(
  column: string,
  { table, others }: Catalogue,
  connection: Queryable,
): Promise<readonly User[]> {
  const users: User[] = [];
  for (const other of others) {
    const tokens = tokenize(other.sql);
    if (!mentions(tokens, column)) continue;
    const schema = other.temporary ? "temp" : table.schema;
    const check = other.kind === "view"
      ? { sql: `SELECT 1 FROM ${quoteName({ schema, name: other.name })} LIMIT 0` }
      : await firing(other, tokens, table.schema, column, connection);
    const works = await connection.query({ sql: `EXPLAIN ${check.sql}` }).then(
      () => true,
      () => false,
    );
    if (works) users.push({ other, check });
  }
  return users;
}

/** Says whether a trigger on the table names `column` in UPDATE OF. */
export function waitsFor(other: Other, table: string, column: string): boolean {
  return other.kind === "trigger" && sameIdentifier(other.on, table) &&
    updatedColumns(tokenize(other.sql)).some((it) => sameIdentifier(it, column));
}

/** Returns a statement that makes SQLite compile a trigger but changes nothing. */
async function firing(
  { on }: Other,
  tokens: readonly Token[],
  schema: string,
  gone: string,
  connection: Queryable,
): Promise<Statement> {
  const target = quoteName({ schema, name: on });
  const event = eventOf(tokens);
  if (event?.word === "DELETE") return { sql: `DELETE FROM ${target} WHERE 0` };
  const columns = (await columnsOf(on, schema, connection)).filter((it) =>
    !sameIdentifier(it, gone)
  );
  const named = updatedColumns(tokens);
  const [first = "rowid"] = named.length > 0 ? named : columns;
  const column = quoteIdentifier(first);
  return event?.word === "UPDATE"
    ? { sql: `UPDATE ${target} SET ${column} = ${column} WHERE 0` }
    : { sql: `INSERT INTO ${target} (${column}) SELECT 1 WHERE 0` };
}

async function columnsOf(
  name: string,
  schema: string,
  connection: Queryable,
): Promise<readonly string[]> {
  const rows = await connection.query({
    sql: `SELECT name FROM pragma_table_xinfo($1, $2) WHERE hidden = 0`,
    parameters: [name, schema],
  });
  return rows.map((it) => String(it["name"]));
}

function eventOf(tokens: readonly Token[]): Token | undefined {
  return tokens.find((it) => /^(INSERT|UPDATE|DELETE)$/.test(it.word ?? ""));
}

/** Returns the columns after UPDATE OF. */
function updatedColumns(tokens: readonly Token[]): readonly string[] {
  const event = eventOf(tokens);
  const from = event ? tokens.indexOf(event) + 2 : tokens.length;
  if (event?.word !== "UPDATE" || tokens[from - 1]?.word !== "OF") return [];
  const to = tokens.findIndex((it, at) => at >= from && it.word === "ON");
  return tokens.slice(from, to).flatMap((it) => it.text === "," ? [] : it.name ?? []);
}
