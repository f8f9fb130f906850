import type { Session } from "../../driver/driver.ts";
import type { Step, Work } from "../../plan/plan.ts";
import { openSection } from "../../script/open_section.ts";
import type { SectionReference } from "../../script/script_body.ts";
import type { ScriptPiece } from "../../sql/splitter/script_piece.ts";
import { chunksOf, dataUntilEnd } from "./copy_data.ts";
import { runBody } from "./run_body.ts";
import { runDeferred } from "./run_deferred.ts";
import type { RunOptions } from "../run_options.ts";
import type { SessionKeeper } from "./session_keeper.ts";
import type { StatementQueue } from "./statement_queue.ts";

/**
 * Does `work` of `step` in the open transaction `session`, or queues it; returns `undefined` if
 * there is nothing to wait for.
 *
 * @throws {ToolError} With the revision, the file and the line.
 */
export function executeWork(
  work: Work,
  step: Step,
  { queue, keeper, session, options }: {
    readonly queue: StatementQueue;
    readonly keeper: SessionKeeper;
    readonly session: Session;
    readonly options: RunOptions;
  },
): Promise<void> | undefined {
  switch (work.kind) {
    case "statement":
      return queue.add({ step, statement: work.statement, at: work.at });
    case "copy":
      return queue.alone(
        step,
        work.at,
        () => session.copyIn(work.statement, chunksOf(work.data)),
      );
    case "body":
      keeper.noteCode();
      return queue.alone(step, work.at, () => runBody(work, { step, session, options }));
    case "deferred":
      return queue.alone(step, undefined, () => runDeferred(work, { step, session, options }));
    case "section":
      return executeSection(work.section, { step, queue, session });
  }
}

async function executeSection(
  section: SectionReference,
  { step, queue, session }: {
    readonly step: Step;
    readonly queue: StatementQueue;
    readonly session: Session;
  },
): Promise<void> {
  const pieces = openSection(section);
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    const waiting = executePiece(next.value, pieces, { step, file: section.path, queue, session });
    if (waiting !== undefined) await waiting; // most statements are only queued
  }
}

function executePiece(
  piece: ScriptPiece,
  rest: Iterator<ScriptPiece>,
  { step, file, queue, session }: {
    readonly step: Step;
    readonly file: string;
    readonly queue: StatementQueue;
    readonly session: Session;
  },
): Promise<void> | undefined {
  if (piece.kind !== "statement" && piece.kind !== "copy") return undefined;
  const statement = { sql: piece.sql };
  const at = { file, line: piece.line };
  if (piece.kind === "statement") return queue.add({ step, statement, at });
  return queue.alone(step, at, () => session.copyIn(statement, dataUntilEnd(rest)));
}
