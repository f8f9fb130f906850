import type { Step } from "../plan/plan.ts";
import type { RevisionId } from "../revision/revision.ts";
import { type Committed, committedBy } from "./run_error.ts";

/** What a run did: the steps that have committed, and the heads before and after them. */
export interface RunOutcome {
  readonly steps: readonly Step[];
  readonly from: readonly RevisionId[];
  readonly to: readonly RevisionId[];
}

/** How far a run is. */
export class RunProgress {
  readonly #onBegin: ((committed: () => Committed) => void) | undefined;
  readonly #steps: Step[] = [];
  #from: readonly RevisionId[] | undefined;
  #to: readonly RevisionId[] = [];
  #isCommitting = false;

  /** @param onBegin Called when the run begins, with what returns what it has committed so far. */
  constructor(onBegin?: (committed: () => Committed) => void) {
    this.#onBegin = onBegin;
  }

  get outcome(): RunOutcome {
    return { steps: this.#steps, from: this.#from ?? [], to: this.#to };
  }

  /** The version table holds `heads`: the run begins, or another one has moved the database. */
  at(heads: readonly RevisionId[]): void {
    this.#to = heads;
    this.#isCommitting = false;
    if (this.#from !== undefined) return;
    this.#from = heads;
    this.#onBegin?.(() => this.#committed());
  }

  /** `steps` have committed. */
  add(steps: readonly Step[]): void {
    this.#steps.push(...steps);
    this.#to = steps.at(-1)?.after ?? this.#to;
    this.#isCommitting = false;
  }

  /** A COMMIT, or a batch with one, is sent: until it is answered, nobody knows what becomes of it. */
  beginCommit(): void {
    this.#isCommitting = true;
  }

  endCommit(): void {
    this.#isCommitting = false;
  }

  #committed(): Committed {
    return committedBy(this.#isCommitting ? { ...this.outcome, to: null } : this.outcome);
  }
}
