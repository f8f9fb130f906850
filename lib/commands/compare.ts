import { operationView } from "../autogenerate/operation_view.ts";
import { operationsSql } from "../migrate/offline/operations_sql.ts";
import type { Report } from "../report/event.ts";
import { type Compared, compareSides } from "./comparison/compare_sides.ts";
import type { Environment } from "./environment.ts";
import type { ComparisonResult } from "./views/result.ts";
import { parseSide, showSide } from "./comparison/side.ts";
import { warnOfSchemas } from "./comparison/warn_of_schemas.ts";

/**
 * What to compare: on each side a database by its URL, models by their path, a revision, `database`
 * or `models`.
 */
export interface CompareOptions {
  /** Default: `database`. */
  readonly from?: string | undefined;
  /** Default: `models`. */
  readonly to?: string | undefined;
  /** Write the statements, too. */
  readonly sql?: boolean;
  /** `old:new`, or `table.old:new`: what exists under another name. */
  readonly renames?: readonly string[];
}

/**
 * Returns the operations that turn `from` into `to`. Neither is changed.
 *
 * @throws {ToolError} `usage` if they are for different kinds of databases.
 */
export function compare(
  environment: Environment,
  { sql = false, renames = [], ...options }: CompareOptions = {},
  report: Report = () => {},
): Promise<ComparisonResult> {
  const from = parseSide(options.from ?? "database", environment);
  const to = parseSide(options.to ?? "models", environment);
  return compareSides({ from, to, renames }, environment, report, async (compared) => {
    const { operations, uncomparedSchemas: { from: ours, to: theirs } } = compared;
    warnOfSchemas("Not compared: what there is", [...ours, ...theirs], { ...compared, report });
    const { foreignKeys } = environment.config;
    return {
      kind: "comparison",
      title: operations.length === 0
        ? `No differences between ${showSide(from)} and ${showSide(to)}`
        : `From ${showSide(from)} to ${showSide(to)}:`,
      operations: operations.map(operationView),
      drift: [],
      pending: operations.length > 0,
      ...(sql && { sql: await sqlOf(compared, foreignKeys) }),
    };
  });
}

async function sqlOf(
  { dialect, operations, before: schema, connection, live }: Compared,
  foreignKeys: boolean,
): Promise<string> {
  // Inside a transaction, which whoever runs the script may begin, the pragma would have no effect.
  const rebuilds = dialect.name === "sqlite" &&
    operations.some((it) => dialect.deferral(it)?.required);
  const deferred = { renames: connection.kind !== "libsql" };
  const ground = { dialect, connection, schema, foreignKeys, deferred, belongings: live };
  const [lines = []] = await operationsSql([operations], ground);
  return [...rebuilds ? ["PRAGMA foreign_keys = OFF;\n"] : [], ...lines].map((it) => `${it}\n`)
    .join("");
}
