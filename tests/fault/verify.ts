import { connect } from "../driver/connect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import type { Project } from "../cases/project.ts";
import { type Kind, parts, revisions } from "./scenario.ts";

/** The state of the scenario's database. */
interface Found {
  readonly tables: readonly string[];
  readonly people: number;
  readonly copies: number;
  readonly ageRequired: boolean;
  readonly email: boolean;
  /** How often each part was done. */
  readonly done: Readonly<Record<string, number>>;
  /** The revisions that the history records as done, sorted. */
  readonly history: readonly string[];
  /** The indexes of `people`, sorted; invalid ones are marked. */
  readonly indexes: readonly string[];
}

/**
 * Checks that the version table, or the journal, is right about the database of `it`; and
 * that an upgrade then ends at head, with every part done once and no index broken.
 *
 * @throws {Error} Which says what is wrong.
 */
export async function verify(it: Project, url: string, kind: Kind): Promise<void> {
  const at = await demandTruth(it, url, kind);
  const ended = await it.migrate("upgrade", "head");
  demand(ended.status === 0, `the next upgrade ended with ${ended.status}`, ended.stderr);
  const found = await inspect(url, kind);
  const [version] = await versionsOf(url);
  demand(version === "r5", "the next upgrade did not end at head", { at, version });
  for (const part of parts) {
    demand(found.done[part] === 1, `${part} was done ${found.done[part] ?? 0} times`, {
      at,
      found,
    });
  }
  demand(found.people === 10 && found.copies === 10, "rows were lost", { at, found });
  demand(found.email && found.ageRequired, "a column is not what it should be", { at, found });
  const indexes = kind === "postgres"
    ? ["people_age_idx", "people_name", "people_pkey"]
    : ["people_name"];
  demand(same(found.indexes, indexes), "the indexes are not what they should be", { at, found });
  demand(same(found.history, revisions), "the history is not one row a revision", { at, found });
}

async function demandTruth(it: Project, url: string, kind: Kind): Promise<unknown> {
  const current = await it.migrate("current", "--json");
  demand(current.status === 0, `current ended with ${current.status}`, current.stderr);
  const { interrupted = [] } = JSON.parse(current.stdout);
  const versions = await versionsOf(url);
  demand(versions.length <= 1, "there are several version rows", versions);
  const [version] = versions;
  const at = revisions.findIndex((id) => id === version) + 1;
  const found = await inspect(url, kind);
  const facts = { version, interrupted, found };
  const half = interrupted[0]?.revision === "r3";
  demand(interrupted.length === (half ? 1 : 0), "something strange is half done", facts);
  demand(!half || at === 2, "what is half done is not what comes next", facts);
  demand(found.tables.includes("people") === at >= 1, "r1 is not as the version says", facts);
  demand(found.tables.includes("copies") === at >= 2, "r2 is not as the version says", facts);
  demand(
    half || found.tables.includes("notes") === at >= 3,
    "r3 is not as the version says",
    facts,
  );
  demand(found.ageRequired === at >= 4, "r4 is not as the version says", facts);
  demand(found.email === at >= 5, "r5 is not as the version says", facts);
  demand(at < 1 || found.people === 10, "people were lost", facts);
  demand(at < 2 || found.copies === 10, "copies were lost", facts);
  for (const part of parts) {
    const number = Number(part.slice(1, 2));
    const times = found.done[part] ?? 0;
    const right = number === 3 && half ? times <= 1 : times === (number <= at ? 1 : 0);
    demand(right, `${part} was done ${times} times`, facts);
  }
  return version;
}

async function versionsOf(url: string): Promise<readonly unknown[]> {
  await using connection = await connect(url);
  const rows = await connection.query({ sql: "SELECT version_num FROM alembic_version" })
    .catch(() => []);
  return rows.map((it) => it["version_num"]);
}

async function inspect(url: string, kind: Kind): Promise<Found> {
  await using connection = await connect(url);
  const names = async (sql: string) =>
    (await connection.query({ sql })).map((it) => String(Object.values(it)[0])).sort();
  const tables = await names(
    kind === "postgres"
      ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
      : "SELECT name FROM sqlite_schema WHERE type = 'table'",
  );
  const has = (table: string) => tables.includes(table);
  const done = has("done") ? await names("SELECT step FROM done") : [];
  const columns = await names(
    kind === "postgres"
      ? "SELECT attname || CASE WHEN attnotnull THEN '!' ELSE '' END FROM pg_attribute " +
        "WHERE attrelid = to_regclass('people') AND attnum > 0"
      : `SELECT name || CASE WHEN "notnull" THEN '!' ELSE '' END FROM pragma_table_info('people')`,
  );
  return {
    tables,
    people: has("people") ? await count(connection, "people") : 0,
    copies: has("copies") ? await count(connection, "copies") : 0,
    ageRequired: columns.includes("age!"),
    email: columns.includes("email"),
    done: Object.fromEntries(
      [...new Set(done)].map((part) => [part, done.filter((it) => it === part).length]),
    ),
    history: has("migrate_history")
      ? await names(
        "SELECT revision FROM migrate_history WHERE outcome = 'done' AND direction = 'upgrade'",
      )
      : [],
    indexes: await names(
      kind === "postgres"
        ? "SELECT relname || CASE WHEN indisvalid THEN '' ELSE ' (invalid)' END FROM pg_index " +
          "JOIN pg_class ON oid = indexrelid WHERE indrelid = to_regclass('people')"
        : "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'people'",
    ),
  };
}

async function count(connection: Connection, table: string): Promise<number> {
  const [row] = await connection.query({ sql: `SELECT count(*) AS n FROM ${table}` });
  return Number(row?.["n"]);
}

function same(found: readonly string[], wanted: readonly string[]): boolean {
  return found.join() === [...wanted].join();
}

function demand(holds: boolean, fault: string, facts: unknown): asserts holds {
  if (holds) return;
  const told = typeof facts === "string" ? facts : JSON.stringify(facts, undefined, 2);
  throw new Error(`${fault}\n${told}`);
}
