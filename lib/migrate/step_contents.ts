import type { Dialect } from "../dialect/dialect.ts";
import { referring } from "../dialect/sqlite/references/referring.ts";
import { type ErrorFacts, ToolError } from "../error.ts";
import { withoutBodyChecks } from "../dialect/postgres/without_body_checks.ts";
import { apply } from "../operations/apply/apply.ts";
import { applyNaming } from "../operations/apply/apply_naming.ts";
import { invertAll } from "../operations/invert/invert.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { OperationsContext } from "../operations/operations.ts";
import type { StepContent, Work } from "../plan/plan.ts";
import type { Move } from "../revision/route.ts";
import { lineDigests } from "../script/checksum/changed_lines.ts";
import { checksum } from "../script/checksum/checksum.ts";
import { loadScript } from "../script/load_script.ts";
import type { ScriptStatement } from "../script/script_body.ts";
import type { ScriptDirectory } from "../script/script_directory.ts";
import type { ScriptFile } from "../script/script_file.ts";
import { sourcesOf } from "../script/checksum/sources.ts";
import { checkTransactions } from "./check_transactions.ts";
import { compileRecorded } from "./compile_recorded.ts";
import type { Enforcement } from "./guard/foreign_keys_switch.ts";
import type { SchemaReplay } from "./schema_replay.ts";
import { turn } from "./turn.ts";

/** What reading the script of a move needs. */
export interface ContentsInput {
  readonly directory: ScriptDirectory;
  readonly dialect: Dialect;
  readonly operations: OperationsContext;
  readonly warn: (message: string) => void;
  /** SQLite: how foreign keys are enforced; absent if irrelevant. */
  readonly enforcement?: Enforcement;
  /**
   * No database is queried: what PostgreSQL's catalogue would tell is derived from the revisions
   * instead.
   */
  readonly offline?: boolean;
  /** Aborted when a promise that a script did not await fails, too. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns a function that reads the contents of moves: all of them before the first statement runs,
 * so that a mistake in the seventh file is found before the first touches the database.
 *
 * Each script is run once, however often a plan is made.
 */
export function stepContents(
  input: ContentsInput,
): (
  moves: readonly Move[],
  options: { readonly perStep: boolean },
) => Promise<(move: Move) => StepContent> {
  const { dialect, enforcement, signal, warn } = input;
  const known = new Map<string, StepContent>();
  const reading = { ...input, schemaAt: lazyReplay(input) };
  return async (moves, options) => {
    for (const move of moves) {
      const key = keyOf(move);
      if (!known.has(key)) known.set(key, await readContent(move, reading));
    }
    await turn();
    signal?.throwIfAborted();
    const contentOf = (move: Move) => known.get(keyOf(move)) ?? stampContent;
    const steps = moves.map((move) => ({ move, content: contentOf(move) }));
    const warnings = await checkTransactions(steps, dialect.name, { ...options, enforcement });
    for (const it of warnings) warn(it);
    return contentOf;
  };
}

const stampContent: StepContent = { work: [], transactional: true };

function keyOf(move: Move): string {
  return move.direction === "stamp" ? "stamp" : `${move.direction} ${move.revision.id}`;
}

interface ReadingInput extends ContentsInput {
  readonly schemaAt: SchemaReplay;
}

/** Most runs need no replay: its module is loaded on first use. */
function lazyReplay(input: ContentsInput): SchemaReplay {
  let replay: SchemaReplay | undefined;
  return async (revisions) => {
    replay ??= (await import("./schema_replay.ts")).schemaReplay(input);
    return await replay(revisions);
  };
}

async function readContent(move: Move, input: ReadingInput): Promise<StepContent> {
  const { directory, dialect, operations } = input;
  if (move.direction === "stamp") return stampContent;
  const file = directory.file(move.revision.id);
  const body = await loadScript(file, move.direction, operations);
  const sources = sourcesOf(file, { grammar: dialect.name });
  const source = {
    file: file.path,
    checksum: checksum(file, sources),
    ...(move.direction === "upgrade" && { lines: lineDigests(sources) }),
  };
  const content = (work: readonly Work[]): StepContent => ({
    work,
    transactional: file.transactional,
    source,
    ...(file.timeouts && { timeouts: file.timeouts }),
  });
  const contentOf = async (recorded: readonly Recorded[]): Promise<StepContent> => ({
    ...watched(recorded, dialect),
    ...content(
      input.offline && dialect.name === "postgres"
        ? await (await import("./offline/compile_offline.ts")).compileOffline(recorded, move, input)
        : compileRecorded(recorded, dialect),
    ),
    transactional: file.transactional &&
      !recorded.some((it) => it.operation.kind === "autocommit"),
  });
  switch (body.kind) {
    case "operations":
      return await contentOf(body.operations);
    case "statements":
      return content(body.statements.map((it) => statementWork(it, file.path)));
    case "section":
      return content([{ kind: "section", section: body.section }]);
    case "absent":
      return await contentOf(await derivedDowngrade(file, input));
  }
}

function watched(
  recorded: readonly Recorded[],
  { name }: Dialect,
): Pick<StepContent, "referring"> {
  const found = name === "sqlite" ? referring(recorded) : [];
  return found.length > 0 ? { referring: found } : {};
}

function statementWork(it: ScriptStatement, file: string): Work {
  const placed = { statement: { sql: it.sql }, at: { file, line: it.line } };
  return it.kind === "statement"
    ? { kind: "statement", ...placed }
    : { kind: "copy", ...placed, data: it.data };
}

/**
 * A module without a `downgrade` goes back by the inverse of its `upgrade`: derived from what its
 * operations carry, or else from the schema that the revisions before it make.
 */
async function derivedDowngrade(
  file: ScriptFile,
  { directory, operations, schemaAt, dialect }: ReadingInput,
): Promise<readonly Recorded[]> {
  const { id } = file.revision;
  const stop = (why: string, facts: ErrorFacts) =>
    new ToolError("script/irreversible", `Cannot downgrade ${id}: ${why}`, {
      revision: id,
      file: file.path,
      ...facts,
    });
  if (file.format === "sql") {
    throw stop("its file has no downgrade section", {
      hint: `Add a "-- migrate:down" section; an empty one makes the downgrade do nothing`,
    });
  }
  const upgrade = await loadScript(file, "upgrade", operations);
  const recorded = upgrade.kind === "operations" ? upgrade.operations : [];
  let inverse = invertAll(recorded);
  if (!("reason" in inverse)) return withoutBodyChecks(inverse);
  const parents = directory.map.parents(id).map((it) => it.id);
  const before = await schemaAt(parents);
  const advance = dialect.name === "postgres" ? applyNaming : apply;
  if (!("opaque" in before)) inverse = invertAll(recorded, before, advance);
  if (!("reason" in inverse)) return withoutBodyChecks(inverse);
  const { reason, at, operation } = inverse;
  throw stop(`it has no downgrade function, and ${reason}`, {
    ...at,
    hint: "Export a function named downgrade; an empty one makes the downgrade do nothing",
    detail: "opaque" in before && operation !== undefined && !isOpaque(operation)
      ? `  What was there before cannot be told from the revisions: ${before.opaque}`
      : undefined,
  });
}

function isOpaque({ kind }: Operation): boolean {
  return kind === "execute" || kind === "run" || kind === "bulkInsert";
}
