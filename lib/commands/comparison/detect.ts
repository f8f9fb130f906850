import { withUnsaid } from "../../autogenerate/models/with_unsaid.ts";
import type { Stage } from "../../autogenerate/renames/undo_stages.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Report } from "../../report/event.ts";
import type { Schema } from "../../schema/schema.ts";
import { openScriptDirectory } from "../../script/script_directory.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { Environment } from "../environment.ts";
import { compared } from "./difference.ts";
import { readDesired } from "./read_desired.ts";
import { renamedDifference, type RenameOptions } from "./renamed_difference.ts";
import { inSameSpelling } from "./same_spelling.ts";
import { warnOfSchemas } from "./warn_of_schemas.ts";
import { warnOfUnread } from "./warn_of_unread.ts";
import { type Actual, withLiveSchema, withReplayedSchema } from "./with_actual_schema.ts";

/** What the models are compared with, and how. */
export interface DetectOptions extends RenameOptions {
  /** Used instead of those configured. */
  readonly models?: readonly string[] | undefined;
  /** Compare with what the revisions make, instead of with the database. */
  readonly fromRevisions?: boolean;
}

/** The operations that lead from the database to the models. */
export interface Detected {
  readonly operations: readonly Operation[];
  /** The same operations, with the schemas that they apply to. */
  readonly stages: readonly Stage[];
  readonly dialect: Dialect;
  /** The normalized schema that they apply to, and a database that has it. */
  readonly actual: Schema;
  readonly connection: Queryable;
}

/**
 * Compares the models with the database, or with what the revisions make, and passes the
 * differences to `body`.
 *
 * @throws {ToolError} `database/not_at_heads` unless the database is at the heads.
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
    const { dialect, connection, openScratch, defaultSchema } = actual;
    const { from, toFrom } = await bothSchemas(environment, actual, options, report);
    const by = { config: environment.config, dialect: dialect.name, defaultSchema };
    const stages = await renamedDifference(
      environment,
      {
        ...{ dialect, connection, openScratch, defaultSchema, schema: from },
        compared: (it) => compared(it, toFrom(it), by),
      },
      options,
      report,
    );
    const operations = stages.flatMap((it) => it.operations);
    return await body({ operations, stages, dialect, actual: from, connection });
  });
}

/**
 * Returns the actual schema, and a function that takes that schema, renamed or not, to the desired
 * one: both in the spelling of one server.
 */
async function bothSchemas(
  environment: Environment,
  actual: Actual,
  { models }: DetectOptions,
  report: Report,
): Promise<{ readonly from: Schema; readonly toFrom: (schema: Schema) => Schema }> {
  const { dialect, schema, live, openScratch, name, serverVersion, defaultSchema } = actual;
  const options = { dialect: dialect.name, models, live, openScratch, actual: schema, report };
  const desired = await readDesired(environment, options);
  warnOfSchemas("Not compared: what the models have", desired.schemas, { defaultSchema, report });
  await warnOfUnread(desired.unread, environment, actual, report);
  const [from, to] = await inSameSpelling([
    { name, schema, serverVersion },
    { ...desired, name: "the models", schema: dialect.normalize(desired.schema) },
  ], { environment, dialect, report, openScratch });
  return { from, toFrom: (schema) => desired.isWhole ? to : withUnsaid(to, schema) };
}
