import { withUnsaid } from "../../autogenerate/models/with_unsaid.ts";
import { dialectOf } from "../../database/dialect_of.ts";
import type { Live } from "../../database/scratch/scratch.ts";
import type { Dialect, DialectName } from "../../dialect/dialect.ts";
import type { Connection } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Report } from "../../report/event.ts";
import type { Schema } from "../../schema/schema.ts";
import { compared, difference } from "./difference.ts";
import type { Environment } from "../environment.ts";
import { openScratchLike } from "./open_scratch_like.ts";
import { type OpenSide, openSide } from "./open_side.ts";
import { projectDialect } from "./project_dialect.ts";
import { renamedDifference } from "./renamed_difference.ts";
import { inSameSpelling } from "./same_spelling.ts";
import { showSide, type Side } from "./side.ts";
import { loadDialect } from "../database/with_database.ts";

/** The operations that turn one side into the other. */
export interface Compared {
  readonly dialect: Dialect;
  readonly operations: readonly Operation[];
  /** The schema that the operations apply to. */
  readonly before: Schema;
  /** On SQLite, to a database that has that schema. */
  readonly connection: Connection;
  /** To the database that is to be changed, if that side is one. */
  readonly live: Connection | undefined;
  /** The schemas that each side uses, but that are not compared. */
  readonly uncomparedSchemas: Readonly<Record<"from" | "to", readonly string[]>>;
  /** The schema of unqualified names. */
  readonly defaultSchema: string;
}

/**
 * Passes the operations that turn `from` into `to` to `body`, while both are open. Neither is
 * changed.
 *
 * @throws {ToolError} `usage` if they are for different kinds of databases.
 */
export async function compareSides<Result>(
  { from, to, renames }: {
    readonly from: Side;
    readonly to: Side;
    /** Look for renamed objects, besides those named here. */
    readonly renames?: readonly string[] | undefined;
  },
  environment: Environment,
  report: Report,
  body: (compared: Compared) => Promise<Result> | Result,
): Promise<Result> {
  const dialect = await loadDialect(sharedDialect(from, to, environment));
  await using opened = new AsyncDisposableStack();
  const open = async (side: Side, live: Live | undefined, actual?: Schema) => {
    const found = await openSide(side, environment, { dialect, live, actual, report });
    // PostgreSQL may have room for only one scratch database; SQLite's stay open, since their texts
    // are queried again.
    if (side.kind === "database" || dialect.name === "sqlite") opened.use(found);
    else await found[Symbol.asyncDispose]();
    return found;
  };
  // A scratch database should resemble a live one, so that is opened first.
  const databases = {
    from: from.kind === "database" ? await open(from, undefined) : undefined,
    to: to.kind === "database" ? await open(to, undefined) : undefined,
  };
  const live = liveOf(from, databases.from) ?? liveOf(to, databases.to);
  const actual = (databases.from ?? databases.to)?.schema;
  const a = databases.from ?? await open(from, live, actual);
  const b = databases.to ?? await open(to, live, actual);
  const openScratch = () => openScratchLike(live, environment, { dialect: dialect.name, report });
  const [one, other] = await inSameSpelling(
    [{ ...a, name: showSide(from) }, { ...b, name: showSide(to) }],
    { environment, dialect, report, openScratch },
  );
  const before = a.isWhole ? one : withUnsaid(one, other);
  const after = (it: Schema) => b.isWhole ? other : withUnsaid(other, it);
  const { connection } = a;
  const options = {
    config: environment.config,
    dialect: dialect.name,
    defaultSchema: a.defaultSchema,
  };
  const operations = renames === undefined
    ? difference(before, after(one), options)
    : (await renamedDifference(
      environment,
      {
        ...{ dialect, connection, openScratch, schema: before, defaultSchema: a.defaultSchema },
        compared: (it) => compared(it, after(it), options),
      },
      { renames },
      report,
    )).flatMap((it) => it.operations);
  return await body({
    ...{ dialect, operations, before, connection },
    live: databases.from?.connection,
    uncomparedSchemas: { from: a.uncomparedSchemas, to: b.uncomparedSchemas },
    defaultSchema: a.defaultSchema,
  });
}

/** Returns the dialect that both sides share. */
function sharedDialect(from: Side, to: Side, { config }: Environment): DialectName {
  const [one, other] = [from, to].flatMap((it) => it.kind === "database" ? [it.url] : []);
  if (one === undefined) return projectDialect(config);
  const dialect = dialectOf(one);
  if (other === undefined || dialectOf(other) === dialect) return dialect;
  throw new ToolError("usage", "Cannot compare a PostgreSQL database with a SQLite one", {
    hint: "Compare each with the models, which can be loaded into either",
  });
}

function liveOf(side: Side, open: OpenSide | undefined): Live | undefined {
  return side.kind === "database" && open
    ? { url: side.url, connection: open.connection }
    : undefined;
}
