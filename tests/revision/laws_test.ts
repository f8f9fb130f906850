import { expect, test } from "bun:test";
import { isAtHeads } from "../../lib/revision/current.ts";
import type { Revision, RevisionId } from "../../lib/revision/revision.ts";
import { type RevisionMap, revisionMap } from "../../lib/revision/revision_map.ts";
import {
  absoluteTarget,
  downgradeRoute,
  type Move,
  stampRoute,
  upgradeRoute,
} from "../../lib/revision/route.ts";
import type { Target } from "../../lib/revision/target.ts";
import {
  applyVersionChanges,
  changesBetween,
  versionChanges,
} from "../../lib/revision/version_changes.ts";
import { historyRange } from "../../lib/revision/history_range.ts";
import { Model } from "../conformance/model.ts";
import { pick, type Random, randomRevisions, seeded } from "./graphs.ts";

const seeds = Array.from({ length: 400 }, (_, seed) => seed);

/** Calls `law` with many graphs; a failure names the seed. */
function forAllGraphs(
  law: (map: RevisionMap, model: Model, random: Random, graph: readonly Revision[]) => void,
): void {
  for (const seed of seeds) {
    const random = seeded(seed);
    const graph = randomRevisions(random);
    try {
      law(revisionMap(graph), new Model(graph), random, graph);
    } catch (error) {
      throw new Error(`Seed ${seed}: ${JSON.stringify(graph)}`, { cause: error });
    }
  }
}

/** Returns the rows before the first move and after each. */
function play(
  map: RevisionMap,
  rows: readonly RevisionId[],
  moves: readonly Move[],
): readonly (readonly RevisionId[])[] {
  const states = [rows];
  for (const move of moves) {
    const before = states.at(-1) ?? [];
    states.push(applyVersionChanges(before, versionChanges(map, before, move)));
  }
  return states;
}

function idsOf(moves: readonly Move[]): readonly RevisionId[] {
  return moves.flatMap((it) => it.direction === "stamp" ? [] : it.revision.id);
}

/** Returns rows that a database can have: those after some of the moves to the heads. */
function someRows(map: RevisionMap, random: Random): readonly RevisionId[] {
  const all = upgradeRoute(map, [], { kind: "heads" });
  return play(map, [], all.slice(0, random(all.length + 1))).at(-1) ?? [];
}

function somewhere(map: RevisionMap, random: Random): Target {
  return { kind: "revision", name: pick(random, map.revisions).id };
}

test("an upgrade visits each revision after all that it needs, and the rows follow the model", () => {
  forAllGraphs((map, model, random) => {
    const rows = someRows(map, random);
    const target = random(2) === 0 ? { kind: "heads" } as const : somewhere(map, random);
    const moves = upgradeRoute(map, rows, target);
    const states = play(map, rows, moves).slice(1).map((it) => it.toSorted());
    expect(states).toEqual(model.follow(rows, "upgrade", idsOf(moves)).map((it) => [...it]));
  });
});

test("a downgrade visits each revision after all that need it, and the rows follow the model", () => {
  forAllGraphs((map, model, random) => {
    const rows = someRows(map, random);
    const at = pick(random, [...map.ancestors(rows), "base"]);
    const removed = absoluteTarget(map, [], { kind: "base" }, "downgrade");
    const target = at === "base" ? removed : {
      kind: "settled" as const,
      revisions: map.children(at).map((it) => it.id),
    };
    const moves = downgradeRoute(map, rows, target);
    const states = play(map, rows, moves).slice(1).map((it) => it.toSorted());
    expect(states).toEqual(model.follow(rows, "downgrade", idsOf(moves)).map((it) => [...it]));
  });
});

test("upgrading to the heads and downgrading to base leaves an empty table", () => {
  forAllGraphs((map) => {
    const up = upgradeRoute(map, [], { kind: "heads" });
    const rows = play(map, [], up).at(-1) ?? [];
    expect(rows.toSorted()).toEqual(map.realHeads.toSorted());
    expect(isAtHeads(map, rows)).toBe(true);
    const down = downgradeRoute(map, rows, { kind: "base" });
    expect(idsOf(down).toSorted()).toEqual(idsOf(up).toSorted());
    expect(play(map, rows, down).at(-1)).toEqual([]);
  });
});

test("changesBetween() leads from any rows to any others, and nowhere from the same", () => {
  forAllGraphs((map, _model, random) => {
    const [before, after] = [someRows(map, random), someRows(map, random)];
    expect(applyVersionChanges(before, changesBetween(before, after)).toSorted()).toEqual(
      after.toSorted(),
    );
    expect(changesBetween(before, before)).toEqual([]);
  });
});

test("isAtHeads() is false as long as an upgrade to the heads has a move to make", () => {
  forAllGraphs((map, _model, random) => {
    const rows = someRows(map, random);
    expect(isAtHeads(map, rows)).toBe(upgradeRoute(map, rows, { kind: "heads" }).length === 0);
  });
});

test("absoluteTarget() planned again after each move gives the remaining moves", () => {
  forAllGraphs((map, _model, random) => {
    const direction = pick(random, ["upgrade", "downgrade"] as const);
    const route = direction === "upgrade" ? upgradeRoute : downgradeRoute;
    const rows = someRows(map, random);
    const target: Target = direction === "upgrade" ? somewhere(map, random) : { kind: "base" };
    const settled = absoluteTarget(map, rows, target, direction);
    const moves = route(map, rows, target);
    play(map, rows, moves).forEach((now, done) => {
      expect(idsOf(route(map, now, settled)).toSorted()).toEqual(
        idsOf(moves.slice(done)).toSorted(),
      );
    });
  });
});

test("stamping a revision leaves its row and the rows of other lines", () => {
  forAllGraphs((map, model, random) => {
    const rows = someRows(map, random);
    const { id } = pick(random, map.revisions);
    const stamped = play(map, rows, stampRoute(map, rows, [{ kind: "revision", name: id }])).at(-1);
    const line = model.line(id);
    expect(stamped?.toSorted()).toEqual([...rows.filter((it) => !line.has(it)), id].sort());
  });
});

test("stamping the heads leaves the real heads", () => {
  forAllGraphs((map, _model, random) => {
    const rows = someRows(map, random);
    const purge = random(2) === 0;
    const moves = stampRoute(map, rows, [{ kind: "heads" }], { purge });
    expect(play(map, rows, moves).at(-1)?.toSorted()).toEqual(map.realHeads.toSorted());
  });
});

test("history lists every revision once, before all that it needs", () => {
  forAllGraphs((map, model) => {
    const ids = historyRange(map).map((it) => it.id);
    expect(ids.toSorted()).toEqual(map.revisions.map((it) => it.id).sort());
    ids.forEach((id, index) => {
      const below = model.applied([id]);
      expect(ids.slice(0, index).filter((it) => below.has(it))).toEqual([]);
    });
  });
});
