import { ToolError } from "../../lib/error.ts";
import { resolveRevision, resolveRevisions } from "../../lib/revision/resolve.ts";
import type { Revision, RevisionId } from "../../lib/revision/revision.ts";
import { type RevisionMap, revisionMap } from "../../lib/revision/revision_map.ts";
import { downgradeRoute, type Move, stampRoute, upgradeRoute } from "../../lib/revision/route.ts";
import { parseTarget, type Target } from "../../lib/revision/target.ts";
import {
  applyVersionChanges,
  type VersionChange,
  versionChanges,
} from "../../lib/revision/version_changes.ts";
import { between, historyRange } from "../../lib/revision/history_range.ts";
import type { Fact, FactStep, Outcome } from "./facts.ts";

/** What we do where Alembic did what a fact says. */
export type Answer =
  | Exclude<Outcome, { readonly kind: "error" | "moves" }>
  | {
    readonly kind: "moves";
    readonly steps: readonly FactStep[];
    readonly db: readonly string[];
    /** After each step. */
    readonly rows: readonly (readonly RevisionId[])[];
  };

/** Returns what the library answers to the question of `fact`. */
export function answerTo(fact: Fact): Answer | ToolError {
  try {
    return answer(fact, revisionMap(fact.graph));
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
}

function answer({ operation, from, to, isSingle, graph }: Fact, map: RevisionMap): Answer {
  const rows = typeof from === "string" ? [] : from;
  switch (operation) {
    case "upgrade":
      return played(map, rows, upgradeRoute(map, rows, targetsOf(to)[0]!));
    case "downgrade":
      return played(map, rows, downgradeRoute(map, rows, targetsOf(to)[0]!));
    case "stamp":
      return played(map, rows, stampRoute(map, rows, targetsOf(to)));
    case "resolve": {
      const target = targetsOf(to)[0]!;
      const found = isSingle ? [resolveRevision(map, target)] : resolveRevisions(map, target);
      return { kind: "revisions", ids: idsOf(found) };
    }
    case "iterate":
      return { kind: "revisions", ids: idsOf(history(map, from, to)) };
    case "map":
      return {
        kind: "map",
        map: {
          heads: map.heads,
          realHeads: map.realHeads,
          bases: map.bases,
          revisions: graph.map(({ id }) => ({
            flags: (map.isBranchPoint(id) ? "b" : "") + (map.isMergePoint(id) ? "m" : "") +
              (map.isHead(id) ? "h" : "") + (map.isRealHead(id) ? "r" : ""),
            children: idsOf(map.children(id)),
            parents: idsOf(map.parents(id)),
            dependencies: idsOf(map.dependencies(id)),
            labels: map.labels(id),
          })),
        },
      };
  }
}

function targetsOf(to: Fact["to"]): readonly Target[] {
  return (typeof to === "string" ? [to] : to).map((it) => parseTarget(it));
}

function idsOf(revisions: readonly (Revision | undefined)[]): readonly RevisionId[] {
  return revisions.flatMap((it) => it?.id ?? []);
}

/** A list for an end is `current` in a database with those rows. */
function history(map: RevisionMap, from: Fact["from"], to: Fact["to"]): readonly Revision[] {
  if (typeof from !== "string" && typeof to !== "string") {
    return between(map, from, to, `${from}:${to}`);
  }
  const end = (it: Fact["to"]): Target => parseTarget(typeof it === "string" ? it : "current");
  const rows = [from, to].find((it) => typeof it !== "string");
  return historyRange(map, {
    lower: end(from),
    upper: end(to),
    ...(typeof rows === "object" && { rows }),
  });
}

function played(map: RevisionMap, start: readonly RevisionId[], moves: readonly Move[]): Answer {
  let rows = start;
  const played = moves.map((move) => {
    const changes = versionChanges(map, rows, move);
    rows = applyVersionChanges(rows, changes);
    const step: FactStep = move.direction === "stamp" ? [move.from, move.to] : move.revision.id;
    return { step, db: changes.map(formatChange).join(" "), rows: rows.toSorted() };
  });
  return {
    kind: "moves",
    steps: played.map((it) => it.step),
    db: played.map((it) => it.db),
    rows: played.map((it) => it.rows),
  };
}

function formatChange(change: VersionChange): string {
  switch (change.kind) {
    case "insert":
      return `+${change.id}`;
    case "delete":
      return `-${change.id}`;
    case "replace":
      return `${change.from}>${change.to}`;
  }
}
