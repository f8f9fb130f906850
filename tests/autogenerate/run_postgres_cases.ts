import { diff } from "../../lib/autogenerate/diff.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { find } from "../../lib/schema/lookup.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { sameType } from "../../lib/schema/type_family.ts";
import { quoteIdentifier, quoteName } from "../../lib/sql/quote.ts";
import { connect } from "../driver/connect.ts";
import { perform } from "../laws/ground.ts";
import type { DatabaseSource, TestDatabase } from "../servers/fresh_database.ts";
import { dumpSchemas } from "./dump_postgres.ts";
import type { Case } from "./read_cases.ts";
import { asWritten } from "./render/recorded_again.ts";

/** What a database has at one time, by introspection and as `pg_dump` writes it, and some of its rows. */
interface Sight {
  readonly schema: Schema;
  readonly text: readonly string[] | undefined;
  readonly rows: unknown;
}

/** What was seen of a case; after an error, the rest is missing. */
export interface Outcome {
  error?: unknown;
  /** Made from nothing. */
  before?: Sight;
  after?: Sight;
  operations?: readonly Operation[];
  /** After them. */
  there?: Sight;
  /** What still differs then. */
  left?: readonly Operation[];
  /** After their inverse. */
  back?: Sight;
}

/**
 * Runs `cases` beside each other in two databases: one in which they go from before to after and back,
 * one that has what is after.
 *
 * @param binaries Where this server's `pg_dump` is, if anywhere.
 */
export async function runPostgresCases(
  source: DatabaseSource,
  cases: readonly Case[],
  binaries: string | undefined,
): Promise<readonly Outcome[]> {
  await using work = await placeIn(await source.fresh(), binaries);
  await using model = await placeIn(await source.fresh(), binaries);
  const seen = cases.map((it, at) => ({ it, at, outcome: {} as Outcome }));
  const each = async (act: (item: typeof seen[number]) => Promise<void>) => {
    for (const item of seen) {
      if (item.outcome.error !== undefined) continue;
      await act(item).catch(async (error) => {
        item.outcome.error = error;
        await work.connection.query({ sql: "ROLLBACK" });
      });
    }
  };
  await each(async ({ it, at }) => {
    await make(work, at, it.before);
    await make(model, at, it.after);
  });
  let [before, after] = [work.dump(cases.length), model.dump(cases.length)];
  await each(async ({ at, outcome }) => {
    outcome.before = await look(work, at, before);
    outcome.after = await look(model, at, after);
    outcome.operations = diff(outcome.before.schema, outcome.after.schema);
    outcome.before = {
      ...outcome.before,
      rows: await rowsOf(work, outcome.before.schema, outcome.after.schema),
    };
    await work.connection.query({ sql: "BEGIN" });
    await perform(
      { dialect: postgres, connection: work.connection },
      await asWritten(outcome.operations),
    );
    await work.connection.query({ sql: "COMMIT" });
  });
  before = work.dump(cases.length);
  await each(async ({ at, outcome }) => {
    if (!outcome.before || !outcome.after || !outcome.operations) return;
    const there = await look(work, at, before);
    const rows = await rowsOf(work, there.schema, outcome.before.schema);
    outcome.there = { ...there, rows };
    outcome.left = diff(there.schema, outcome.after.schema);
    const inverse = invertAll(outcome.operations.map((operation) => ({ operation })));
    if ("reason" in inverse) throw new Error(inverse.reason);
    await work.connection.query({ sql: "BEGIN" });
    await perform(
      { dialect: postgres, connection: work.connection },
      await asWritten(inverse.map(({ operation }) => operation)),
    );
    await work.connection.query({ sql: "COMMIT" });
  });
  after = work.dump(cases.length);
  await each(async ({ at, outcome }) => {
    if (!outcome.before || !outcome.after) return;
    const back = await look(work, at, after);
    outcome.back = {
      ...back,
      rows: await rowsOf(work, back.schema, outcome.after.schema),
    };
  });
  return seen.map(({ outcome }) => outcome);
}

interface Place extends AsyncDisposable {
  readonly connection: Connection;
  /** Returns what each of so many cases has as text. */
  dump(count: number): ReadonlyMap<string, readonly string[]> | undefined;
}

async function placeIn(database: TestDatabase, binaries: string | undefined): Promise<Place> {
  const connection = await connect(database.url);
  return {
    connection,
    dump: (count) =>
      binaries === undefined
        ? undefined
        : dumpSchemas(binaries, database.url, Array.from({ length: count }, (_, at) => nameAt(at))),
    [Symbol.asyncDispose]: async () => {
      await connection[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

function nameAt(at: number): string {
  return `case_${at}`;
}

async function enter({ connection }: Place, at: number): Promise<void> {
  await connection.query({ sql: `SET search_path = ${nameAt(at)}` });
}

async function make(place: Place, at: number, sql: string): Promise<void> {
  await place.connection.query({ sql: `CREATE SCHEMA ${nameAt(at)}` });
  await enter(place, at);
  if (sql.trim() !== "") await place.connection.query({ sql });
}

async function look(
  place: Place,
  at: number,
  dump: ReadonlyMap<string, readonly string[]> | undefined,
): Promise<Sight> {
  await enter(place, at);
  const { connection } = place;
  const found = await connection.query({
    sql: "SELECT nspname FROM pg_namespace WHERE nspname ~ '^(other|case)_' AND " +
      `(nspname = current_schema() OR nspname ~ '^other_${at}_')`,
  });
  const schemas = found.map((it) => String(it["nspname"]));
  const schema = await postgres.introspect(connection, { schemas, grants: true });
  return { schema: postgres.normalize(schema), text: dump?.get(nameAt(at)), rows: undefined };
}

/** Returns the rows of the tables that both schemas have, with the columns whose type stays. */
async function rowsOf({ connection }: Place, schema: Schema, other: Schema): Promise<unknown> {
  const all: Record<string, unknown> = {};
  for (const table of schema.tables) {
    const partner = find(other, table);
    if (!partner) continue;
    const columns = table.columns.filter((it) =>
      partner.columns.some((one) =>
        one.name === it.name && sameType(one.type, it.type) && !one.generated && !it.generated
      )
    ).map((it) => `${quoteIdentifier(it.name)}::text`).sort();
    const row = columns.length > 0 ? `concat_ws('|', ${columns.join(", ")})` : "''";
    const rows = await connection.query({
      sql: `SELECT ${row} AS row FROM ONLY ${quoteName(table)} ORDER BY 1`,
    });
    all[table.name] = { columns, rows };
  }
  return all;
}
