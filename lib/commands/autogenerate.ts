import { describeOperation } from "../autogenerate/describe_operation.ts";
import { operationView } from "../autogenerate/operation_view.ts";
import { undoStages } from "../autogenerate/renames/undo_stages.ts";
import { renderRevision } from "../autogenerate/render/render_revision.ts";
import { ToolError } from "../error.ts";
import { operationsSql } from "../migrate/offline/operations_sql.ts";
import type { Irreversible, Operation } from "../operations/operation.ts";
import type { Report } from "../report/event.ts";
import { loadEnvironment } from "../script/code/load_environment.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { RevisionContent } from "../script/write/template_values.ts";
import { type Detected, type DetectOptions, withDetected } from "./comparison/detect.ts";
import type { Environment } from "./environment.ts";
import type { WrittenResult } from "./views/result.ts";
import { draft, placement, type RevisionOptions } from "./revision.ts";
import { writeDraft } from "./write_draft.ts";

/**
 * Writes a revision, in both directions, that makes the database match the models; none if it
 * already does.
 *
 * @throws {ToolError} `database/not_at_heads` unless the database is at the heads.
 */
export async function autogenerate(
  environment: Environment,
  options: RevisionOptions & DetectOptions = {},
  report: Report = () => {},
): Promise<WrittenResult> {
  const { config } = environment;
  const directory = openScriptDirectory(config);
  // A draft that does not fit the graph is rejected before anything is compared.
  const drafted = draft(environment, directory, options);
  const { format = config.revisionFormat, versionPath } = placement(environment, options);
  const written = await withDetected(environment, options, report, async (detected) => {
    const { operations } = detected;
    for (const description of operations.flatMap(describeOperation)) {
      report({ kind: "detected", description });
    }
    if (operations.length === 0) return undefined;
    const content = await contentOf(environment, detected, { format, report });
    return { operations, content };
  });
  if (written === undefined) return { kind: "written", revisions: [], operations: [] };
  const { operations, content } = written;
  const result = await writeDraft(environment, directory, drafted, {
    format,
    versionPath,
    content,
  });
  return { ...result, operations: operations.map(operationView) };
}

async function contentOf(
  { config }: Environment,
  { operations, stages, actual, dialect, connection }: Detected,
  { format, report }: { readonly format: "ts" | "js" | "sql"; readonly report: Report },
): Promise<RevisionContent> {
  const back = undoStages(stages);
  if (format !== "sql") {
    const { naming = {} } = await loadEnvironment(config.scriptDirectory);
    const written = (some: readonly Operation[]) => some.map((it) => dialect.asWritten(it, naming));
    const downgrade = "reason" in back ? back : written(back);
    if ("reason" in back) {
      report({
        kind: "warned",
        message: `The downgrade of the revision throws: ${back.reason}`,
        hint: "Write another, or keep the revision as one that can't be downgraded",
      });
    }
    return renderRevision({ upgrade: written(operations), downgrade }, { naming });
  }
  const ground = {
    dialect,
    connection,
    schema: actual,
    belongings: connection,
    foreignKeys: config.foreignKeys,
    deferred: { renames: dialect.name === "postgres" || config.databaseUrl().kind !== "libsql" },
  };
  const [up = [], down = []] = await operationsSql([operations, wayBack(back)], ground);
  return { imports: [], upgrade: up, downgrade: down };
}

/** An empty section would mean that the downgrade does nothing. */
function wayBack(downgrade: readonly Operation[] | Irreversible): readonly Operation[] {
  if (!("reason" in downgrade)) return downgrade;
  throw new ToolError(
    "operation/unsupported",
    `Cannot write the downgrade as SQL: ${downgrade.reason}`,
    { hint: "Add --format ts: a revision in TypeScript can say so" },
  );
}
