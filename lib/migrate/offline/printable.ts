import { type Database, openDatabase } from "../../database/open_database.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { placed } from "../../dialect/placed.ts";
import { ToolError } from "../../error.ts";
import type { Recorded } from "../../operations/operation.ts";
import type { OperationsContext } from "../../operations/operations.ts";
import { type Plan, type Segment, type Step, stepsOf, type Work } from "../../plan/plan.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import { type Move, upgradeRoute } from "../../revision/route.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { openSection } from "../../script/open_section.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import { runBody } from "../execute/run_body.ts";

/** What {@linkcode printable} needs. */
export interface PrintableInput {
  readonly map: RevisionMap;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly operations: OperationsContext;
  /** Returns the moves with their work, in order. */
  readonly workOf: (moves: readonly Move[]) => Promise<readonly Pick<Step, "move" | "work">[]>;
}

/**
 * Returns `plan` with statements in place of operations that are compiled from the state of the
 * database, such as a rebuild on SQLite: they are compiled against an in-memory replay of
 * everything before them.
 */
export async function printable(plan: Plan, input: PrintableInput): Promise<Plan> {
  const steps = stepsOf(plan);
  if (!steps.some((step) => step.work.some((it) => it.kind === "deferred"))) return plan;
  await using scratch = await openDatabase({ kind: "sqlite", path: ":memory:" }, { create: true });
  const replay = new Replay(scratch, input);
  const earlier = upgradeRoute(input.map, [], { kind: "settled", revisions: plan.from });
  for (const { move, work } of await input.workOf(earlier)) {
    await replay.run(work, move, { transactional: true });
  }
  const segments: Segment[] = [];
  for (const segment of plan.segments) {
    const replayed: Step[] = [];
    for (const step of segment.steps) {
      replayed.push({ ...step, work: await replay.run(step.work, step.move, segment) });
    }
    segments.push({ ...segment, steps: replayed });
  }
  return { ...plan, segments };
}

/** @throws {ToolError} With file and line, for code, which no script can contain. */
export function refuseCode(plan: Plan): void {
  for (const { move, work } of stepsOf(plan)) {
    const body = work.find((it) => it.kind === "body");
    if (body === undefined) continue;
    throw new ToolError(
      "operation/unsupported",
      `Cannot print "${body.operation.summary}": it is code, which queries the database as it runs`,
      {
        ...body.at,
        ...(move.direction !== "stamp" && { revision: move.revision.id }),
        hint: "Run this revision online, or write what it does as SQL with op.execute",
      },
    );
  }
}

const begin: Work = { kind: "statement", statement: { sql: "BEGIN" } };
const commit: Work = { kind: "statement", statement: { sql: "COMMIT" } };

/** Revisions run on a private in-memory database. */
class Replay {
  readonly #scratch: Database;
  readonly #input: PrintableInput;

  constructor(scratch: Database, input: PrintableInput) {
    this.#scratch = scratch;
    this.#input = input;
  }

  /**
   * Runs `works` and returns them as statements; operations that are compiled together stay in one
   * transaction even if the segment has none.
   */
  async run(
    works: readonly Work[],
    move: Move,
    { transactional }: Pick<Segment, "transactional">,
  ): Promise<readonly Work[]> {
    const done: Work[] = [];
    for (const work of works) {
      const statements = await this.#runOne(work, move);
      const alone = !transactional && work.kind === "deferred";
      done.push(...alone ? [begin, ...statements, commit] : statements);
    }
    return done;
  }

  async #runOne(work: Work, move: Move): Promise<readonly Work[]> {
    const { connection } = this.#scratch;
    const { dialect } = this.#input;
    switch (work.kind) {
      case "statement":
        await this.#query(work, move);
        return [work];
      case "section":
        for (const piece of openSection(work.section)) {
          if (piece.kind !== "statement") continue;
          const at = { file: work.section.path, line: piece.line };
          await this.#query({ statement: { sql: piece.sql }, at }, move);
        }
        return [work];
      case "deferred": {
        const [first] = work.recorded;
        if (dialect.name !== "sqlite") throw onlyOnline(first);
        const statements = await placed(
          { at: first?.at },
          () => dialect.compileDeferred(work.recorded, connection),
        );
        const compiled = statements.map((statement) => ({
          kind: "statement" as const,
          statement,
          at: statement.at ?? first?.at,
        }));
        for (const it of compiled) await this.#query(it, move);
        return compiled;
      }
      case "body":
        await runBody(work, { step: { move }, session: connection, options: this.#input });
        return [work];
      case "copy":
        throw new ToolError("operation/unsupported", "Cannot run a COPY on SQLite", { ...work.at });
    }
  }

  async #query(
    { statement, at }: Pick<Extract<Work, { kind: "statement" }>, "statement" | "at">,
    move: Move,
  ): Promise<void> {
    try {
      await this.#scratch.connection.query(statement);
    } catch (error) {
      throw explainFailure(error, { move }, at);
    }
  }
}

function onlyOnline(first: Recorded | undefined): ToolError {
  return new ToolError(
    "operation/unsupported",
    `Cannot print ${first?.operation.kind}: what it changes is in the database's catalogue`,
    { ...first?.at, hint: "Do it outside op.autocommitBlock, or run this revision online" },
  );
}
