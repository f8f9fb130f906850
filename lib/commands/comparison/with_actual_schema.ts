import type { Live, Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import { readHeads } from "../../migrate/read_heads.ts";
import type { Report } from "../../report/event.ts";
import { isAtHeads } from "../../revision/current.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { knownRows } from "../../revision/rows.ts";
import type { Schema } from "../../schema/schema.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { Queryable } from "../../sql/statement.ts";
import { defaultSchema } from "./default_schema.ts";
import type { Environment } from "../environment.ts";
import { openProjectScratch } from "./open_project_scratch.ts";
import { openScratchLike } from "./open_scratch_like.ts";
import { projectDialect } from "./project_dialect.ts";
import { readSchema } from "./read_schema.ts";
import { schemaAt } from "./replay.ts";
import { serverVersion } from "./server_version.ts";
import { loadDialect, withDatabase } from "../database/with_database.ts";

/** The actual schema. */
export interface Actual {
  readonly dialect: Dialect;
  /** Normalized, without the tables of this tool. */
  readonly schema: Schema;
  /** A database that has it. */
  readonly connection: Queryable;
  /** The project's own database, if it was queried. */
  readonly live?: Live;
  /** Opens a scratch database for the other side of the comparison, on the same kind of server. */
  readonly openScratch: () => Promise<Scratch>;
  /** For messages. */
  readonly name: string;
  readonly serverVersion: string;
  /** The schema of unqualified names. */
  readonly defaultSchema: string;
}

type Body<Result> = (actual: Actual) => Promise<Result>;

/**
 * Reads the schema of the project's database.
 *
 * @throws {ToolError} `database/not_at_heads` unless it is at the heads, `revision/unknown` if it
 *   is at a revision that has no file.
 */
export function withLiveSchema<Result>(
  environment: Environment,
  { map }: ScriptDirectory,
  report: Report,
  body: Body<Result>,
): Promise<Result> {
  const { config } = environment;
  return withDatabase(environment, { changes: false, report }, async (open) => {
    const { database: { connection }, dialect, shown } = open;
    report({ kind: "connected", database: shown });
    const { heads } = await readHeads(connection, dialect.name, config.versionTable);
    knownRows(map, heads);
    if (!isAtHeads(map, heads)) throw notAtHeads(map, heads);
    const live = { url: config.databaseUrl(), connection };
    return await body({
      dialect,
      schema: await readSchema(connection, dialect, config),
      connection,
      live,
      openScratch: () => openProjectScratch(environment, { dialect: dialect.name, live, report }),
      name: "the database",
      serverVersion: await serverVersion(connection, dialect.name),
      defaultSchema: await defaultSchema(connection, dialect.name),
    });
  });
}

/** Runs the revisions on a scratch database, and reads the schema there. */
export async function withReplayedSchema<Result>(
  environment: Environment,
  { map }: ScriptDirectory,
  report: Report,
  body: Body<Result>,
): Promise<Result> {
  const dialect = await loadDialect(projectDialect(environment.config));
  const like = { dialect: dialect.name, report };
  await using scratch = await openScratchLike(undefined, environment, like);
  const { connection, serverVersion } = scratch;
  const schema = await schemaAt(environment, map.heads, scratch, {
    warn: (message) => report({ kind: "warned", message }),
  });
  return await body({
    dialect,
    schema,
    connection,
    // If no server was found the first time, none needs to be looked for again.
    openScratch: () =>
      scratch.kind === "embedded"
        ? openProjectScratch(environment, like)
        : openScratchLike(undefined, environment, like),
    name: "what the revisions make",
    serverVersion,
    defaultSchema: await defaultSchema(connection, dialect.name),
  });
}

function notAtHeads(map: RevisionMap, rows: readonly RevisionId[]): ToolError {
  const shown = (ids: readonly RevisionId[]) => ids.length === 0 ? "base" : ids.join(", ");
  // deno-lint-ignore house/error-grammar -- Alembic's words, which its users look for
  return new ToolError("database/not_at_heads", "Target database is not up to date.", {
    detail: `  It is at ${shown(rows)}; the revisions end at ${shown(map.heads)}`,
    hint: `Run "migrate upgrade heads" first`,
  });
}
