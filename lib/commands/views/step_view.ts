import type { Move } from "../../revision/route.ts";
import type { StepView } from "./result.ts";

/** Returns the view of `move` for a result. */
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
