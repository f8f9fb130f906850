import { type ErrorFacts, ToolError } from "../error.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { formatTarget, type Target } from "./target.ts";

/** Returns the error for a name that matches no revision or label, or prefix of one. */
export function cannotLocate(
  name: string,
  hint = 'Type "migrate history" to see them all',
): ToolError {
  return new ToolError("revision/unknown", `Can't locate revision identified by '${name}'`, {
    hint,
  });
}

/** Returns the error for a target that means a revision only to other commands. */
export function meansNothing(target: Target): ToolError {
  return cannotLocate(formatTarget(target), "Name a revision, a branch label, head or base");
}

export function unknownBranch(branch: string): ToolError {
  return new ToolError(
    "revision/unknown",
    `Can't locate revision identified by '${branch}': no branch label or revision has that name`,
    { hint: 'Type "migrate heads" to see the branch labels' },
  );
}

export function ambiguousName(name: string, found: readonly Revision[]): ToolError {
  return new ToolError(
    "revision/ambiguous",
    `Cannot tell which revision "${name}" means: it matches ${list(found.map(({ id }) => id))}`,
    { hint: "Write one more letter of the revision you want" },
  );
}

export function notOnBranch(name: string, branch: string): ToolError {
  return new ToolError("revision/target", `Revision ${name} is not on branch "${branch}"`, {
    hint: `Leave out "${branch}@", or name a revision of that branch`,
  });
}

/** Alembic's message, except that Alembic mistakenly names the argument again as a branch. */
export function multipleHeads(
  target: Target,
  heads: readonly RevisionId[],
  map: RevisionMap,
): ToolError {
  return new ToolError(
    "revision/multiple_heads",
    `Multiple head revisions are present for given argument '${formatTarget(target)}'; please ` +
      "specify a specific target revision, '<branchname>@head' to narrow to a specific head, or " +
      "'heads' for all heads",
    { hint: `The heads are ${list(heads)}; ${waysOut(map)}` },
  );
}

/** Heads that depend on each other cannot be merged. */
function waysOut({ realHeads }: RevisionMap): string {
  return realHeads.length > 1
    ? '"migrate merge heads" joins all heads into one'
    : `${list(realHeads)} depends on the others: name it, or all of them as heads`;
}

export function ambiguousWalk(
  from: string,
  candidates: readonly Revision[],
  way: "up" | "down",
): ToolError {
  return new ToolError(
    "revision/target",
    `Ambiguous walk: ${from} leads to ${list(candidates.map(({ id }) => id))}`,
    { hint: `Name the revision to go to${way === "up" ? ", or a branch, as in BRANCH@+1" : ""}` },
  );
}

export function walkedTooFar(steps: number): ToolError {
  const text = steps < 0 ? `${steps}` : `+${steps}`;
  return targetError(
    `Relative revision ${text} didn't produce ${Math.abs(steps)} migrations`,
    { hint: 'Take fewer steps, or type "migrate history" to see where it ends' },
  );
}

export function nothingToStamp(rows: readonly RevisionId[]): ToolError {
  return targetError(
    `Cannot stamp a head: there are no revisions, and the database is at ${list(rows)}`,
    {
      hint: 'Check script_location; "migrate stamp base" clears the version table',
    },
  );
}

export function overlap(
  id: RevisionId,
  others: readonly RevisionId[],
  facts: ErrorFacts,
): ToolError {
  return targetError(
    `Requested revision ${id} overlaps with other requested revisions ${others.join(", ")}`,
    facts,
  );
}

export function targetError(message: string, facts: ErrorFacts = {}): ToolError {
  return new ToolError("revision/target", message, facts);
}

/** Returns `names` as a phrase; if there are many, only the first few. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((it) => `"${it}"`).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
