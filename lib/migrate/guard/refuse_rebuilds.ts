import { ToolError } from "../../error.ts";
import type { Plan, Segment, Step } from "../../plan/plan.ts";

/**
 * Refuses, before anything runs, what a libSQL server cannot do safely: rebuilding a table requires
 * foreign keys to be off, and there they can be off only for one batch, whose statements are known
 * ahead.
 *
 * @throws {ToolError} `operation/unsupported`, with the place of the operation.
 */
export function refuseRebuilds({ segments }: Plan): void {
  for (const segment of segments) {
    for (const step of segment.steps) refuse(segment, step);
  }
}

function refuse({ transactional }: Segment, { work, move, source }: Step): void {
  const deferred = work.find((it) => it.kind === "deferred");
  const code = work.find((it) => it.kind === "body");
  if (deferred === undefined || transactional && code === undefined) return;
  const because = code === undefined
    ? "the revision runs outside a transaction"
    : `"${code.operation.summary}" of the same revision runs code between the statements`;
  const [first] = deferred.recorded;
  throw new ToolError(
    "operation/unsupported",
    `Cannot change the table on a libSQL server: ${because}, and foreign keys can be off for one batch only`,
    {
      file: source?.file,
      ...first?.at,
      ...(move.direction !== "stamp" && { revision: move.revision.id }),
      hint: "Put the change of the table into a revision of its own",
    },
  );
}
