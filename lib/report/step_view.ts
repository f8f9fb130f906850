import type { Move } from "../revision/route.ts";

/** A step, as results and errors show it. */
export interface StepView {
  readonly direction: "upgrade" | "downgrade" | "stamp";
  /** For a stamp, its target; empty for base. */
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly message: string;
}

/** Returns the view of `move`. */
export function stepView(move: Move): StepView {
  if (move.direction === "stamp") {
    return {
      direction: "stamp",
      revision: move.to.join(", "),
      downRevisions: move.from,
      message: "",
    };
  }
  const { id, downRevisions, message } = move.revision;
  return { direction: move.direction, revision: id, downRevisions, message };
}
