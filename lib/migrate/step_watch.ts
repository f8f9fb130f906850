import type { Event } from "../report/event.ts";
import type { Move } from "../revision/route.ts";
import type { HistoryRow } from "./history/history.ts";
import type { RunOptions } from "./run_options.ts";

/** Records when steps begin, so that the history can say how long a failed step took. */
export class StepWatch {
  readonly #options: RunOptions;
  #running: { readonly move: Move; readonly started: Date; readonly clock: number } | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** The options of the run, where the report tells the watch of every event. */
  get options(): RunOptions {
    return { ...this.#options, report: (it) => this.#see(it) };
  }

  /** The move of the step that began last. */
  get begun(): Move | undefined {
    return this.#running?.move;
  }

  /** Returns when the step of `move` began, and how long ago that is; if it has not begun, it begins now. */
  time(move: Move): Pick<HistoryRow, "started" | "milliseconds"> {
    if (this.#running?.move !== move) return { started: this.#options.now(), milliseconds: 0 };
    const { started, clock } = this.#running;
    return { started, milliseconds: performance.now() - clock };
  }

  #see(event: Event): void {
    if (event.kind === "stepStarted") {
      const { move } = event;
      this.#running = { move, started: this.#options.now(), clock: performance.now() };
    }
    this.#options.report(event);
  }
}
