import { ToolError } from "../error.ts";
import { identifierProblem, labelProblem } from "./identifier.ts";
import { resolveRevisions } from "./resolve.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { refuseOverlap } from "./rows.ts";
import { parseTarget } from "./target.ts";

/** The properties of a new revision. */
export interface DraftRequest {
  readonly id: RevisionId;
  readonly message: string;
  /** Targets to build on: `base` begins a branch, several are merged. Absent: the head. */
  readonly head?: readonly string[];
  /** Whether it may build on revisions that others already build on. */
  readonly splice?: boolean;
  readonly branchLabels?: readonly string[];
  /** Revisions, labels, or prefixes of either. */
  readonly dependsOn?: readonly string[];
}

/** A revision that fits into the map for which it was drafted. */
export interface RevisionDraft {
  readonly revision: Revision;
  /** The revisions that it builds on, in the order written; empty for a base. */
  readonly downRevisions: readonly Revision[];
}

/**
 * Returns the revision that `request` asks for. Prefixes of ids are completed; dependencies on labels
 * stay labels.
 *
 * @throws {ToolError} `revision/draft` if it would make the map invalid, and the errors of resolving
 * its targets.
 */
export function draftRevision(map: RevisionMap, request: DraftRequest): RevisionDraft {
  const { id, message, head = ["head"], splice = false, branchLabels = [], dependsOn = [] } =
    request;
  checkIdentifier(map, id);
  const labels = [...new Set(branchLabels)];
  for (const label of labels) checkLabel(map, label, id);
  const downRevisions = head.flatMap((it) => resolveHead(map, it));
  checkDownRevisions(map, downRevisions.map((it) => it.id), splice);
  const revision: Revision = {
    id,
    downRevisions: downRevisions.map((it) => it.id),
    dependsOn: [...new Set(dependsOn.flatMap((it) => resolveDependency(map, it)))],
    branchLabels: labels,
    message,
  };
  return { revision, downRevisions };
}

function checkIdentifier(map: RevisionMap, id: RevisionId): void {
  const problem = identifierProblem(id);
  if (problem !== undefined) throw draftError(problem, "Give another --rev-id");
  const other = map.get(id) ?? map.labelled(id);
  if (!other) return;
  const use = other.id === id ? "revision" : "branch label";
  throw draftError(
    `Cannot use '${id}' as a revision identifier: ${
      other.path ?? other.id
    } already uses it as a ${use}`,
    "Give another --rev-id",
  );
}

function checkLabel(map: RevisionMap, label: string, id: RevisionId): void {
  const hint = "Give another --branch-label";
  const problem = labelProblem(label);
  if (problem !== undefined) throw draftError(problem, hint);
  const other = label === id ? id : (map.get(label) ?? map.labelled(label))?.id;
  if (other === undefined) return;
  throw draftError(
    `Branch name '${label}' in revision ${id} already used by revision ${other}`,
    hint,
  );
}

function resolveHead(map: RevisionMap, text: string): readonly Revision[] {
  try {
    return resolveRevisions(map, parseTarget(text));
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "revision/multiple_heads") throw error;
    throw new ToolError(
      error.code,
      "Multiple heads are present; please specify the head revision on which the new revision " +
        "should be based, or perform a merge.",
      {
        hint: map.realHeads.length > 1
          ? 'Give --head REVISION, or type "migrate merge heads"'
          : "Give --head REVISION",
      },
    );
  }
}

function checkDownRevisions(map: RevisionMap, ids: readonly RevisionId[], splice: boolean): void {
  if (new Set(ids).size < ids.length) {
    throw draftError("Duplicate head revisions specified", "Name each of them once");
  }
  refuseOverlap(map, ids, "Name only revisions that do not depend on each other");
  const continued = ids.find((it) => !map.isHead(it));
  if (continued === undefined || splice) return;
  throw draftError(
    `Revision ${continued} is not a head revision; please specify --splice to create a new branch ` +
      "from this revision",
    `Give --splice, or name a head: ${map.heads.join(", ")}`,
  );
}

function resolveDependency(map: RevisionMap, text: string): readonly string[] {
  return map.labelled(text) ? [text] : resolveRevisions(map, parseTarget(text)).map((it) => it.id);
}

function draftError(message: string, hint: string): ToolError {
  return new ToolError("revision/draft", message, { hint });
}
