import { diff } from "../../lib/autogenerate/diff.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { find } from "../../lib/schema/lookup.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { sameType } from "../../lib/schema/type_family.ts";
import { quoteIdentifier } from "../../lib/sql/quote.ts";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { type Ground, groundOf, perform } from "../laws/ground.ts";
import type { DatabaseSource } from "../servers/fresh_database.ts";
import type { Case } from "./read_cases.ts";
import { asWritten } from "./render/recorded_again.ts";
import { schemaText } from "./sqlite_text.ts";

/** What a database has at one time, by introspection and as SQLite keeps it, and some of its rows. */
interface Sight {
  readonly schema: Schema;
  readonly text: readonly string[];
  readonly rows: unknown;
}

/** What was seen of a case: made from nothing, after the operations, and after their inverse. */
export interface SqliteOutcome {
  readonly operations: readonly Operation[];
  readonly before: Sight;
  readonly after: Sight;
  readonly there: Sight;
  /** What still differs then. */
  readonly left: readonly Operation[];
  readonly back: Sight;
}

export async function runSqliteCase(
  { kind, fresh }: DatabaseSource,
  { before: beforeText, after: afterText }: Case,
): Promise<SqliteOutcome> {
  await using database = await fresh();
  await using ground = await groundOf(kind, database.url);
  await run(ground, afterText);
  const after = await look(ground);
  await ground.clear();
  await run(ground, beforeText);
  const before = await look(ground, after.schema);
  const operations = diff(before.schema, after.schema, { rebuildsTables: true });
  await perform(ground, await asWritten(operations, "sqlite"));
  const there = await look(ground, before.schema);
  const left = diff(there.schema, after.schema, { rebuildsTables: true });
  const inverse = invertAll(operations.map((operation) => ({ operation })));
  if ("reason" in inverse) throw new Error(inverse.reason);
  await perform(ground, await asWritten(inverse.map(({ operation }) => operation), "sqlite"));
  const back = await look(ground, after.schema);
  return { operations, before, after, there, left, back };
}

async function run({ connection }: Ground, script: string): Promise<void> {
  const pieces = splitText(script, "sqlite");
  const statements = pieces.flatMap((it) => it.kind === "statement" ? [{ sql: it.sql }] : []);
  if (statements.length > 0) await connection.batch(statements);
}

async function look({ connection }: Ground, other?: Schema): Promise<Sight> {
  const schema = sqlite.normalize(await sqlite.introspect(connection));
  const rows: Record<string, unknown> = {};
  for (const table of schema.tables) {
    const partner = other && find(other, table);
    const columns = table.columns.filter((it) =>
      partner?.columns.some((one) =>
        one.name === it.name && sameType(one.type, it.type) && !one.generated && !it.generated
      )
    ).map((it) => quoteIdentifier(it.name)).sort();
    if (columns.length === 0) continue;
    rows[table.name] = await connection.query({
      sql: `SELECT ${columns.join(", ")} FROM ${quoteIdentifier(table.name)} ORDER BY ${columns}`,
    });
  }
  return { schema, text: await schemaText(connection), rows };
}
