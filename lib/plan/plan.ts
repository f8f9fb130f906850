/**
 * A plan is everything that a run will do, as a value: which revisions, in which transactions, with
 * which work, and how the version rows change. It is made before the first statement runs;
 * executing it, printing it as SQL and explaining it all start from the same value.
 *
 * @module
 */
import type { CompiledStatement } from "../dialect/dialect.ts";
import type { OperationOf, Recorded } from "../operations/operation.ts";
import type { Move } from "../revision/route.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { VersionChange } from "../revision/version_changes.ts";
import type { SectionReference } from "../script/script_body.ts";
import type { Location, Statement } from "../sql/statement.ts";
import type { Timeouts } from "../sql/timeouts.ts";

/** Something that a step does, with the place in the user's file that asked for it. */
export type Work =
  | {
    readonly kind: "statement";
    readonly statement: CompiledStatement;
    readonly at?: Location | undefined;
  }
  /** A `COPY … FROM STDIN` with its data. */
  | {
    readonly kind: "copy";
    readonly statement: Statement;
    readonly data: readonly string[];
    readonly at?: Location | undefined;
  }
  /** A large section of a `.sql` file, split again while it runs. */
  | { readonly kind: "section"; readonly section: SectionReference }
  /**
   * Operations compiled together when their turn comes, from the state of the database at that
   * time.
   */
  | {
    readonly kind: "deferred";
    /** Never empty. */
    readonly recorded: readonly Recorded[];
  }
  | {
    readonly kind: "body";
    readonly operation: OperationOf<"run">;
    readonly at?: Location | undefined;
  };

/** One move, with its work and the version rows before and after it. */
export interface Step {
  readonly move: Move;
  /** The version rows required before the step, in any order. */
  readonly before: readonly RevisionId[];
  readonly after: readonly RevisionId[];
  readonly changes: readonly VersionChange[];
  readonly work: readonly Work[];
  /**
   * SQLite: the operations in `work` that may leave foreign keys to nothing, which is checked if the
   * step has a transaction; absent: none.
   */
  readonly referring?: readonly Recorded[];
  /** The step's file; absent for a stamp. */
  readonly source?: {
    readonly file: string;
    readonly checksum: string;
    /** The digests from which changed lines can later be told. */
    readonly lines?: string | undefined;
  };
  /**
   * The digest of all files that are applied afterwards; only for a plan's last step, and only if
   * all files are as recorded.
   */
  readonly sources?: string | undefined;
  /** The timeouts that the file itself sets; absent: none. */
  readonly timeouts?: Timeouts;
}

/**
 * Steps that commit together; a step that is not transactional is a segment of its own, and its
 * statements commit one by one.
 */
export interface Segment {
  readonly transactional: boolean;
  readonly steps: readonly Step[];
}

export interface Plan {
  readonly from: readonly RevisionId[];
  readonly to: readonly RevisionId[];
  /** In execution order; empty if there is nothing to do. */
  readonly segments: readonly Segment[];
}

/** The content of a step, before it is placed in a transaction. */
export interface StepContent {
  readonly work: readonly Work[];
  readonly transactional: boolean;
  readonly referring?: Step["referring"];
  readonly source?: Step["source"];
  readonly timeouts?: Step["timeouts"];
}

/** Returns the steps of `plan` in order. */
export function stepsOf(plan: Plan): readonly Step[] {
  return plan.segments.flatMap((it) => it.steps);
}
