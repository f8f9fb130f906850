import type { Session } from "../driver/driver.ts";
import { DatabaseError } from "../driver/database_error.ts";
import type { Step, Work } from "../plan/plan.ts";
import { openSection } from "../script/open_section.ts";
import type { ScriptPiece } from "../sql/script_piece.ts";
import type { Location, Statement } from "../sql/statement.ts";
import { chunksOf, dataUntilEnd } from "./copy_data.ts";
import { explainFailure } from "./explain_failure.ts";
import { runBody } from "./run_body.ts";
import type { RunOptions } from "./run_options.ts";

/** Statements are sent together up to these bounds: enough to hide the round trips, little enough to hold. */
const mostStatements = 500;
const mostCharacters = 64 * 1024;

/**
 * Does the work of `step` in the open transaction `session`, and returns how many statements ran; a
 * body and a COPY count as one.
 *
 * @throws {ToolError} With the revision, the file and the line.
 */
export async function executeWork(session: Session, step: Step, options: RunOptions): Promise<number> {
  const queue = new StatementQueue(session, step, options.signal);
  for (const work of step.work) await queueWork(work, queue, session, step, options);
  await queue.flush();
  return queue.done;
}

async function queueWork(
  work: Work,
  queue: StatementQueue,
  session: Session,
  step: Step,
  options: RunOptions,
): Promise<void> {
  switch (work.kind) {
    case "statement":
      return await queue.add(work.statement, work.at);
    case "copy":
      return await queue.alone(work.at, () => session.copyIn(work.statement, chunksOf(work.data)));
    case "body":
      return await queue.alone(work.at, () => runBody(work.operation, session, options));
    case "section": {
      const pieces = openSection(work.section)[Symbol.asyncIterator]();
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
        await queuePiece(next.value, pieces, work.section.path, queue, session);
      }
    }
  }
}

async function queuePiece(
  piece: ScriptPiece,
  rest: AsyncIterator<ScriptPiece>,
  file: string,
  queue: StatementQueue,
  session: Session,
): Promise<void> {
  if (piece.kind === "statement") return await queue.add({ sql: piece.sql }, { file, line: piece.line });
  if (piece.kind === "copy") {
    const at = { file, line: piece.line };
    await queue.alone(at, () => session.copyIn({ sql: piece.sql }, dataUntilEnd(rest)));
  }
}

/** Holds statements back until they are worth a message, and knows where each came from when one fails. */
class StatementQueue {
  readonly #session: Session;
  readonly #step: Step;
  readonly #signal: AbortSignal | undefined;
  #waiting: { readonly statement: Statement; readonly at: Location | undefined }[] = [];
  #characters = 0;
  /** How many have run. */
  done = 0;

  constructor(session: Session, step: Step, signal: AbortSignal | undefined) {
    this.#session = session;
    this.#step = step;
    this.#signal = signal;
  }

  async add(statement: Statement, at: Location | undefined): Promise<void> {
    this.#waiting.push({ statement, at });
    this.#characters += statement.sql.length;
    if (this.#waiting.length >= mostStatements || this.#characters >= mostCharacters) await this.flush();
  }

  /** Runs `work` after all that was added before it. */
  async alone(at: Location | undefined, work: () => Promise<void>): Promise<void> {
    await this.flush();
    try {
      await work();
    } catch (error) {
      throw explainFailure(error, this.#step, at);
    }
    this.done += 1;
  }

  async flush(): Promise<void> {
    this.#signal?.throwIfAborted();
    const sent = this.#waiting;
    if (sent.length === 0) return;
    this.#waiting = [];
    this.#characters = 0;
    try {
      await this.#session.send(sent.map((it) => it.statement));
    } catch (error) {
      const index = error instanceof DatabaseError ? error.answer.index ?? 0 : 0;
      throw explainFailure(error, this.#step, sent[index]?.at);
    }
    this.done += sent.length;
  }
}
