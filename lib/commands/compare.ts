import { operationView } from "../autogenerate/operation_view.ts";
import type { Live } from "../database/scratch/scratch.ts";
import type { DialectName } from "../dialect/dialect.ts";
import { ToolError } from "../error.ts";
import { operationsSql, type SqlGround } from "../migrate/operations_sql.ts";
import type { Operation } from "../operations/operation.ts";
import type { Report } from "../report/event.ts";
import { defaultSchema } from "./default_schema.ts";
import { difference } from "./difference.ts";
import type { Environment } from "./environment.ts";
import { openScratchLike, projectDialect } from "./open_scratch_like.ts";
import { type OpenSide, openSide } from "./open_side.ts";
import type { ComparisonResult } from "./result.ts";
import { inSameSpelling } from "./same_spelling.ts";
import { parseSide, showSide, type Side } from "./side.ts";
import { loadDialect } from "./with_database.ts";

/** What is compared: each a database by its URL, models by their path, a revision, `database` or `models`. */
export interface CompareOptions {
  /** Default: `database`. */
  readonly from?: string | undefined;
  /** Default: `models`. */
  readonly to?: string | undefined;
  /** Write the statements, too. */
  readonly sql?: boolean;
}

/**
 * Returns what turns `from` into `to`. Neither is changed.
 *
 * @throws {ToolError} `usage` if they are for different databases.
 */
export async function compare(
  environment: Environment,
  { sql = false, ...options }: CompareOptions = {},
  report: Report = () => {},
): Promise<ComparisonResult> {
  const from = parseSide(options.from ?? "database", environment);
  const to = parseSide(options.to ?? "models", environment);
  const dialect = await loadDialect(dialectOf(from, to, environment));
  await using opened = new AsyncDisposableStack();
  const open = async (side: Side, live: Live | undefined) =>
    opened.use(await openSide(side, environment, { dialect, live, report }));
  // A scratch database is to be like a live one, which is opened before.
  const databases = {
    from: from.kind === "database" ? await open(from, undefined) : undefined,
    to: to.kind === "database" ? await open(to, undefined) : undefined,
  };
  const live = liveOf(from, databases.from) ?? liveOf(to, databases.to);
  const a = databases.from ?? await open(from, live);
  const b = databases.to ?? await open(to, live);
  const names = { from: showSide(from), to: showSide(to) };
  const [before, after] = await inSameSpelling(
    [{ ...a, name: names.from }, { ...b, name: names.to }],
    {
      environment,
      dialect,
      report,
      openScratch: () => openScratchLike(live, environment, { dialect: dialect.name, report }),
    },
  );
  const { connection } = a;
  const { config } = environment;
  const operations = difference(before, after, {
    config,
    dialect: dialect.name,
    defaultSchema: await defaultSchema(connection, dialect.name),
  });
  const ground = { dialect, connection, schema: before, foreignKeys: config.foreignKeys };
  return {
    kind: "comparison",
    title: operations.length === 0
      ? `No differences between ${names.from} and ${names.to}`
      : `From ${names.from} to ${names.to}:`,
    operations: operations.map(operationView),
    drift: [],
    pending: operations.length > 0,
    ...(sql && { sql: await sqlOf(operations, ground) }),
  };
}

/** Returns the language that both speak. */
function dialectOf(from: Side, to: Side, { config }: Environment): DialectName {
  const [one, other] = [from, to].flatMap((it) => it.kind === "database" ? [it.url] : []);
  if (one === undefined) return projectDialect(config);
  const [first, second] = [one, other ?? one].map(({ kind }): DialectName =>
    kind === "postgres" ? "postgres" : "sqlite"
  );
  if (first !== undefined && first === second) return first;
  throw new ToolError("usage", "Cannot compare a PostgreSQL database with a SQLite one", {
    hint: "Compare each with the models, which can be made in either",
  });
}

function liveOf(side: Side, open: OpenSide | undefined): Live | undefined {
  return side.kind === "database" && open
    ? { url: side.url, connection: open.connection }
    : undefined;
}

async function sqlOf(operations: readonly Operation[], ground: SqlGround): Promise<string> {
  const { dialect } = ground;
  // Inside a transaction, which whoever runs it may begin, the pragma would do nothing.
  const rebuilds = dialect.name === "sqlite" &&
    operations.some((it) => dialect.deferral(it)?.required);
  const [lines = []] = await operationsSql([operations], ground);
  return [...rebuilds ? ["PRAGMA foreign_keys = OFF;\n"] : [], ...lines].map((it) => `${it}\n`)
    .join("");
}
