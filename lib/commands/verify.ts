import type { Report } from "../report/event.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { RevisionMap } from "../revision/revision_map.ts";
import { type Move, upgradeRoute } from "../revision/route.ts";
import { neededByOthers } from "../revision/rows.ts";
import { parseRange } from "../revision/target.ts";
import { historyRange } from "../revision/history_range.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { openScratchLike } from "./comparison/open_scratch_like.ts";
import { projectDialect } from "./comparison/project_dialect.ts";
import { openReplay } from "./comparison/replay.ts";
import type { VerificationResult, VerifiedRevision } from "./views/result.ts";
import { shownPath } from "./views/revision_view.ts";
import { type Ground, Proving } from "./comparison/proving.ts";

/** Which revisions are verified. */
export interface VerifyOptions {
  /** `[start]:[end]`, both ends included, or one revision; without it, all. */
  readonly range?: string | undefined;
  readonly tag?: string | undefined;
}

/**
 * Upgrades, downgrades and upgrades again each revision on a scratch database, and returns which
 * downgrades do not restore what was there before, or which second upgrades lead to something else
 * than the first.
 *
 * @throws {ToolError} If a revision cannot be replayed at all.
 */
export async function verify(
  environment: Environment,
  { range, tag }: VerifyOptions = {},
  report: Report = () => {},
): Promise<VerificationResult> {
  const { config, context } = environment;
  const dialect = projectDialect(config);
  const directory = openScriptDirectory(config);
  const { map } = directory;
  const wanted = wantedOf(map, range);
  const open = async (keep: readonly string[]): Promise<Ground> => {
    await using opened = new AsyncDisposableStack();
    const scratch = opened.use(
      await openScratchLike(undefined, environment, { dialect, report }),
    );
    const replay = await openReplay(environment, scratch, { tag, keep });
    opened.move();
    return { scratch, replay };
  };
  await using proving = new Proving(open);
  const verified: VerifiedRevision[] = [];
  for (const move of routeTo(map, wanted)) {
    if (move.direction === "stamp") continue;
    const { revision } = move;
    if (!wanted.has(revision.id)) {
      proving.pass(move);
      continue;
    }
    const number = verified.length + 1;
    report({ kind: "examined", how: "Verifying", revision, number, of: wanted.size });
    verified.push({
      revision: revision.id,
      message: revision.message,
      path: shownPath(directory.file(revision.id).path, context.cwd),
      ...await proving.prove(move),
    });
  }
  return { kind: "verification", revisions: verified };
}

function wantedOf(map: RevisionMap, range: string | undefined): ReadonlySet<RevisionId> {
  const found = range === undefined
    ? map.revisions
    : historyRange(map, parseRange(range.includes(":") ? range : `${range}:${range}`));
  return new Set(found.map((it) => it.id));
}

/** Returns the moves that lead to all of `ids`, including the revisions that these need. */
function routeTo(map: RevisionMap, ids: ReadonlySet<RevisionId>): readonly Move[] {
  const needed = new Set(neededByOthers(map, [...ids]));
  const revisions = [...ids].filter((it) => !needed.has(it));
  return upgradeRoute(map, [], { kind: "settled", revisions });
}
