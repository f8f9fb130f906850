import { diff } from "../autogenerate/diff.ts";
import { filterSchemas } from "../autogenerate/filter_schemas.ts";
import { withUnsaid } from "../autogenerate/models/with_unsaid.ts";
import { parseRenames } from "../autogenerate/parse_rename.ts";
import { type Rename, renameOperations } from "../autogenerate/rename.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { renamedOnReplica } from "../migrate/renamed_on_replica.ts";
import type { Operation } from "../operations/operation.ts";
import type { Report } from "../report/event.ts";
import type { Schema } from "../schema/schema.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Queryable } from "../sql/statement.ts";
import type { Environment } from "./environment.ts";
import { filterOptions } from "./filter_options.ts";
import { introspectOptions } from "./introspect_options.ts";
import { openScratchLike } from "./open_scratch_like.ts";
import { readDesired } from "./read_desired.ts";
import { inSameSpelling } from "./same_spelling.ts";
import { settleRenames } from "./settle_renames.ts";
import { warnOfUnread } from "./warn_of_unread.ts";
import { type Actual, withLiveSchema, withReplayedSchema } from "./with_actual_schema.ts";

/** What the models are compared with, and how. */
export interface DetectOptions {
  /** Instead of those configured. */
  readonly models?: readonly string[] | undefined;
  /** `old:new`, or `table.old:new`: what is there under another name. */
  readonly renames?: readonly string[];
  /** Compare with what the revisions make, instead of with the database. */
  readonly fromRevisions?: boolean;
  /** Ask on the terminal what seems to have another name now; default false, which warns instead. */
  readonly ask?: boolean;
}

/** What leads from the database to the models. */
export interface Detected {
  readonly operations: readonly Operation[];
  readonly dialect: Dialect;
  /** What they are done to, normalized, and a database that has it. */
  readonly actual: Schema;
  readonly connection: Queryable;
}

/**
 * Compares the models with the database, or with what the revisions make, and hands what it finds to
 * `body`.
 *
 * @throws {ToolError} `database/not_at_heads` unless the database is where the revisions end.
 */
export function withDetected<Result>(
  environment: Environment,
  options: DetectOptions,
  report: Report,
  body: (detected: Detected) => Promise<Result>,
): Promise<Result> {
  const directory = openScriptDirectory(environment.config);
  const withActual = options.fromRevisions ? withReplayedSchema : withLiveSchema;
  return withActual(environment, directory, report, async (actual) => {
    const { dialect, connection } = actual;
    const [from, to] = await bothSchemas(environment, actual, options, report);
    const compared = (schema: Schema) => filtered(environment, actual, schema, to);
    const renames = await renamesOf(environment, compared(from), options, report);
    const operations = await differences(environment, { ...actual, schema: from }, {
      compared,
      renames,
    });
    return await body({ operations, dialect, actual: from, connection });
  });
}

/** Returns what is there and what should be, in the spelling of one server. */
async function bothSchemas(
  environment: Environment,
  { dialect, schema, live, connection, name, serverVersion }: Actual,
  { models }: DetectOptions,
  report: Report,
): Promise<readonly [Schema, Schema]> {
  const like = { dialect: dialect.name, report };
  const desired = await readDesired(environment, { ...like, models, live });
  await warnOfUnread(desired.unread, environment, { dialect, connection, report });
  const [from, to] = await inSameSpelling([
    { name, schema, serverVersion },
    { ...desired, name: "the models", schema: dialect.normalize(desired.schema) },
  ], {
    environment,
    dialect,
    report,
    openScratch: () => openScratchLike(live, environment, like),
  });
  return [from, desired.isWhole ? to : withUnsaid(to, from)];
}

async function differences(
  environment: Environment,
  { dialect, schema, connection }: Actual,
  { compared, renames }: {
    readonly compared: (schema: Schema) => readonly [Schema, Schema];
    readonly renames: readonly Rename[];
  },
): Promise<readonly Operation[]> {
  const capabilities = { rebuildsTables: dialect.name === "sqlite" };
  const first = renameOperations(renames);
  const renamed = first.length > 0 && dialect.name === "sqlite"
    ? await renamedOnReplica(first, schema, {
      connection,
      dialect,
      options: introspectOptions(environment.config),
    })
    : undefined;
  return renamed
    ? [...first, ...diff(...compared(renamed), capabilities)]
    : diff(...compared(schema), { renames, ...capabilities });
}

function filtered(
  { config }: Environment,
  { defaultSchema, dialect }: Actual,
  from: Schema,
  to: Schema,
): readonly [Schema, Schema] {
  return filterSchemas(from, to, filterOptions(config, dialect.name, defaultSchema));
}

function renamesOf(
  { context }: Environment,
  [from, to]: readonly [Schema, Schema],
  { renames = [], ask = false }: DetectOptions,
  report: Report,
): Promise<readonly Rename[]> {
  const given = parseRenames(renames, from, to);
  return settleRenames(from, to, { given, confirm: ask ? context.confirm : undefined, report });
}
