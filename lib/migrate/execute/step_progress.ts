import type { Step } from "../../plan/plan.ts";
import type { RunOptions } from "../run_options.ts";
import type { Outcome } from "../history/record_step.ts";

/** An executed step, and its outcome. */
export interface Seen {
  readonly step: Step;
  readonly outcome: Outcome;
}

/**
 * Reports steps as they begin and end on the server, which lags behind what has been sent to it.
 */
export class StepProgress {
  readonly #options: RunOptions;
  #running: {
    readonly step: Step;
    readonly started: Date;
    readonly clock: number;
    statements: number;
  } | undefined;
  /** The steps that have ended. */
  readonly seen: Seen[] = [];

  constructor(options: RunOptions) {
    this.#options = options;
  }

  begin(step: Step): void {
    if (this.#running?.step === step) return;
    this.#running = { step, started: this.#options.now(), clock: performance.now(), statements: 0 };
    this.#options.report({ kind: "stepStarted", move: step.move });
  }

  /** Reports that the server is working on `sql` now. */
  working(sql: string): void {
    this.#options.report({ kind: "statement", sql });
  }

  /** Counts one statement, body or COPY of the running step as done. */
  advance(): void {
    if (this.#running) this.#running.statements += 1;
  }

  /** Reports that `step` has ended, and that it has begun if there was nothing to do in it. */
  end(step: Step): void {
    this.begin(step);
    if (this.#running === undefined) return;
    const { started, clock, statements } = this.#running;
    const milliseconds = performance.now() - clock;
    this.seen.push({
      step,
      outcome: { outcome: "done", started, milliseconds, statementsDone: statements },
    });
    this.#options.report({ kind: "stepFinished", move: step.move, milliseconds });
    this.#running = undefined;
  }
}
