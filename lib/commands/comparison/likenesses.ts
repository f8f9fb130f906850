import { dialectOf } from "../../database/dialect_of.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Report } from "../../report/event.ts";
import type { Revision, RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { upgradeRoute } from "../../revision/route.ts";
import { sortRevisions } from "../../revision/sort_revisions.ts";
import { applyVersionChanges, versionChanges } from "../../revision/version_changes.ts";
import { emptySchema, type Schema } from "../../schema/schema.ts";
import { openScriptDirectory } from "../../script/script_directory.ts";
import { compared, difference } from "./difference.ts";
import type { Environment } from "../environment.ts";
import { openScratchLike } from "./open_scratch_like.ts";
import { openSide } from "./open_side.ts";
import { openReplay } from "./replay.ts";
import { respell } from "./same_spelling.ts";
import { parseSide, showSide } from "./side.ts";
import { unlike } from "./unlike.ts";
import { warnOfSchemas } from "./warn_of_schemas.ts";
import { loadDialect } from "../database/with_database.ts";

/**
 * Possible rows of the version table, and the operations that turn what their revisions make into
 * the actual database.
 */
export interface Likeness {
  /** Sorted. */
  readonly rows: readonly RevisionId[];
  readonly operations: readonly Operation[];
}

/**
 * Compares the database with what it could be: empty, at each revision alone, at all heads, and at
 * every point on the way there. Returns the matches, or else the nearest candidates: those that
 * are most like it. A line of revisions is replayed only once.
 */
export async function likenesses(
  environment: Environment,
  report: Report,
): Promise<readonly Likeness[]> {
  const { config } = environment;
  const url = config.databaseUrl();
  const dialect = await loadDialect(dialectOf(url));
  const side = parseSide("database", environment);
  await using database = await openSide(side, environment, { dialect, report });
  const { connection, uncomparedSchemas } = database;
  warnOfSchemas("Not compared: what there is", uncomparedSchemas, { ...database, report });
  const live = { url, connection };
  const openScratch = () => openScratchLike(live, environment, { dialect: dialect.name, report });
  const options = {
    config,
    dialect: dialect.name,
    defaultSchema: database.defaultSchema,
  };
  const actual = await respell({ ...database, name: showSide(side) }, {
    environment,
    dialect,
    openScratch,
    report,
  });
  const { map } = openScriptDirectory(config);
  const nearest = new Nearest();
  nearest.add([], emptySchema, unlike(...compared(emptySchema, actual, options)));
  const lines = [...linesOf(map)];
  const of = lines.flat().filter((it) => it.isNew).length;
  for (const line of lines) {
    await using scratch = await openScratch();
    const replay = await openReplay(environment, scratch);
    for (const { revision, rows, isNew } of line) {
      await replay.make([{ direction: "upgrade", revision }]);
      if (!isNew) continue;
      report({ kind: "examined", how: "Comparing with", revision, number: nearest.added, of });
      const schema = await replay.schema();
      nearest.add(rows, schema, unlike(...compared(schema, actual, options)));
    }
  }
  return nearest.all.map(({ rows, schema }) => ({
    rows,
    operations: difference(schema, actual, options),
  }));
}

/** A state that a database could be in. */
interface Candidate {
  readonly rows: readonly RevisionId[];
  readonly schema: Schema;
}

/** Keeps the nearest of the candidates that are added. */
class Nearest {
  #all: Candidate[] = [];
  #distance = Infinity;
  #added = 0;

  get all(): readonly Candidate[] {
    return this.#all;
  }

  /** How many were added, near or not. */
  get added(): number {
    return this.#added;
  }

  add(rows: readonly RevisionId[], schema: Schema, distance: number): void {
    this.#added++;
    if (distance > this.#distance) return;
    if (distance < this.#distance) this.#all = [];
    this.#distance = distance;
    this.#all.push({ rows, schema });
  }
}

/** A revision on the way, and the rows of a version table at that point. */
interface Place {
  readonly revision: Revision;
  readonly rows: readonly RevisionId[];
  /** False if an earlier line has already led here. */
  readonly isNew: boolean;
}

function* linesOf(map: RevisionMap): Generator<readonly Place[]> {
  const seen = new Set<string>();
  const newest = sortRevisions(map, new Set(map.revisions.map((it) => it.id)), map.realHeads);
  for (const revisions of [map.realHeads, ...newest.map((it) => [it.id])]) {
    if (revisions.length === 0 || seen.has(revisions.toSorted().join())) continue;
    let rows: readonly RevisionId[] = [];
    yield upgradeRoute(map, [], { kind: "settled", revisions }).flatMap(
      (move): readonly Place[] => {
        if (move.direction === "stamp") return [];
        rows = applyVersionChanges(rows, versionChanges(map, rows, move)).toSorted();
        const isNew = !seen.has(rows.join());
        seen.add(rows.join());
        return [{ revision: move.revision, rows, isNew }];
      },
    );
  }
}
