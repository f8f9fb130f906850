import { expect } from "bun:test";
import { ToolError } from "../../lib/error.ts";
import { resolveRevisions } from "../../lib/revision/resolve.ts";
import type { RevisionId } from "../../lib/revision/revision.ts";
import { revisionMap } from "../../lib/revision/revision_map.ts";
import { parseTarget } from "../../lib/revision/target.ts";
import { type Answer, answerTo } from "./answer.ts";
import type { Fact, FactMap, FactStep } from "./facts.ts";
import { Model } from "./model.ts";

/**
 * How we compare: `matched` does what Alembic does, in its words where it refuses; `put right` does the
 * right thing where Alembic fails or leaves wrong rows; `clean error` names the cause where Alembic
 * crashes, misleads, or takes what cannot be.
 */
export type Verdict = "matched" | "put right" | "clean error";

/** Throws what is wrong if the answer to `fact` is none of the three. */
export function judge(fact: Fact): Verdict {
  const answer = answerTo(fact);
  if (answer instanceof ToolError) return judgeError(fact, answer);
  switch (answer.kind) {
    case "map":
      return judgeMap(fact, answer.map);
    case "revisions":
      return judgeRevisions(fact, answer.ids);
    case "moves":
      return judgeMoves(fact, answer);
  }
}

/** What Alembic takes and we refuse, by the fact that shows it. */
const refused: Readonly<Record<string, string>> = {
  "h02018-map": "Revision a is present more than once: versions/a.ts, versions/a.ts",
  "h02019-upgrade": "Revision a is present more than once: versions/a.ts, versions/a.ts",
  // Alembic refuses -1 as soon as the table has a row, and on an empty one counts from the heads.
  "h00391-stamp": "Can't locate revision identified by '-1'",
  // Both ends of this range are wrong; Alembic names the other one.
  "r02549-iterate": 'Cannot tell which revision "232" means: it matches "232eb8b0", "232eecc7"',
};

function judgeError(fact: Fact, error: ToolError): Verdict {
  const { id, operation, outcome, bug } = fact;
  if (operation === "stamp" && overlap(fact)) {
    // Alembic loses one of them, or leaves rows that stand for each other.
    expect(error.message).toStartWith("Requested revision ");
    return "clean error";
  }
  if (refused[id] !== undefined) {
    expect(error.message).toBe(refused[id]);
    return "clean error";
  }
  if (outcome.kind !== "error") throw error;
  if (outcome.isCrash) {
    expect(error.message).toMatch(causes);
    return "clean error";
  }
  const said = inOurWords(outcome.message, operation);
  if (inOurWords(error.message, operation).startsWith(said)) {
    return bug === "uncaught" ? "clean error" : "matched";
  }
  // Alembic says "Can't locate" of all three; we say which it is.
  expect(outcome.message).toStartWith("Can't locate revision identified by ");
  expect(error.message).toMatch(/^Cannot tell which revision|^Revision \S+ is not on branch/);
  return "clean error";
}

/** What we say where Alembic dies of an assertion or a missing key. */
const causes =
  /^(?:Relative revision \S+ didn't produce \d+ migrations|Cannot downgrade to "\S+": (?:nothing there is applied|it could begin at any of)|Cannot read the target ""|Cannot find revision "\w+", the (?:dependency|down revision) of "\w+": versions\/\w+\.ts)/;

/** Tells whether one of the revisions of `to` needs another of them. */
function overlap({ graph, to }: Fact): boolean {
  if (typeof to === "string") return false;
  const below = new Model(graph);
  return to.some((id) => to.some((other) => other !== id && below.applied([id]).has(other)));
}

/** Leaves out what Alembic writes as Python, or names twice, or names wrongly. */
function inOurWords(message: string, operation: Fact["operation"]): string {
  const words = message.replace(/'<branchname>@.*' to narrow/, "'<branchname>@head' to narrow");
  if (operation !== "iterate") return words;
  return words.replace(/^(Requested range) .* (does not)/, "$1 $2")
    .replace(/(for given argument) '[^']*'/, "$1");
}

function judgeMoves(fact: Fact, answer: Extract<Answer, { readonly kind: "moves" }>): Verdict {
  const { outcome, bug, varies, ideal } = fact;
  const rows = answer.rows.at(-1) ?? [...fact.from].sort();
  const model = new Model(fact.graph);
  // From rows that already stand for each other, only the end is sure.
  const isSound = model.rows(model.applied([...fact.from])).length === fact.from.length;
  if (isSound) expect(answer.rows).toEqual(modelRows(fact, answer));
  if (ideal) expect(rows).toEqual(ideal.toSorted());
  if (outcome.kind === "error") {
    if (!outcome.isCrash) throw new Error(`We go where Alembic says: ${outcome.message}`);
    // It fails at the version rows, whose end is known; at the first base, which is no target; or at a
    // stamp, which the model has judged.
    if (fact.operation !== "stamp" && !ideal) expect(answer.steps).toEqual([]);
    return "put right";
  }
  if (outcome.kind !== "moves") throw new Error("We go where Alembic only looks");
  if (fact.operation === "stamp" && bug !== undefined) return "put right";
  if (bug !== undefined) {
    expect(revisionsOf(answer.steps)).toEqual(revisionsOf(outcome.steps));
    return "put right";
  }
  if (varies) {
    expect(revisionsOf(answer.steps)).toEqual(revisionsOf(outcome.steps));
    expect(rows).toEqual(rowsAfter(fact.from, outcome.db));
    return "matched";
  }
  expect(answer.steps.map(destination)).toEqual(outcome.steps.map(destination));
  if (fact.operation === "stamp" && !Bun.deepEquals(answer.db, outcome.db)) {
    // On the way to several revisions, Alembic's first step takes the rows of the others' lines too.
    expect(answer.steps.length).toBeGreaterThan(1);
    expect(rows).toEqual(rowsAfter(fact.from, outcome.db));
    return "put right";
  }
  expect(answer.db).toEqual(outcome.db);
  return "matched";
}

function revisionsOf(steps: readonly FactStep[]): readonly RevisionId[] {
  return steps.filter((it) => typeof it === "string").sort();
}

/** Alembic plans each stamp from the rows as they are before all of them; what it does is in `db`. */
function destination(step: FactStep): RevisionId | readonly RevisionId[] {
  return typeof step === "string" ? step : step[1];
}

/** Returns the rows that must be there after each step of `answer`, and throws if one may not be made. */
function modelRows(
  { graph, from, operation }: Fact,
  { steps }: Extract<Answer, { readonly kind: "moves" }>,
): readonly (readonly RevisionId[])[] {
  const model = new Model(graph);
  const start = typeof from === "string" ? [] : from;
  if (operation === "upgrade" || operation === "downgrade") {
    return model.follow(start, operation, steps.filter((it) => typeof it === "string"));
  }
  let rows = start;
  return steps.filter((it) => typeof it !== "string").map(([gone, [to]]) => {
    const line = to === undefined ? new Set(gone) : model.line(to);
    rows = [...rows.filter((it) => !line.has(it)), ...(to === undefined ? [] : [to])];
    return rows.toSorted();
  });
}

function rowsAfter(from: Fact["from"], db: readonly string[]): readonly RevisionId[] {
  const rows = new Set(from);
  for (const change of db.flatMap((it) => it.split(" "))) {
    const { gone, come } = /^(?:-?(?<gone>\w+))?[+>]?(?<come>\w+)?$/.exec(change)?.groups ?? {};
    if (gone) rows.delete(gone);
    if (come) rows.add(come);
  }
  return [...rows].sort();
}

function judgeRevisions(fact: Fact, ids: readonly RevisionId[]): Verdict {
  const { outcome, graph, operation, varies } = fact;
  if (operation === "iterate") expectNewestFirst(new Model(graph), ids);
  if (outcome.kind === "error" && outcome.isCrash) {
    expect(ids.toSorted()).toEqual([...branchHistory(fact)]);
    return "put right";
  }
  if (outcome.kind !== "revisions") throw new Error(`We find ${ids}, Alembic nothing`);
  if (varies) expect(ids.toSorted()).toEqual(outcome.ids.toSorted());
  else expect(ids).toEqual([...outcome.ids]);
  return "matched";
}

/** Returns what `REVISION@base:…` asks for: what leads to those ends that are on the line of the revision. */
function branchHistory({ graph, from, to }: Fact): readonly RevisionId[] {
  const map = revisionMap(graph);
  const ends = typeof to === "string"
    ? resolveRevisions(map, parseTarget(to)).map((it) => it.id)
    : to;
  const [branch = ""] = String(from).split("@");
  const down = new Model(graph.map((it) => ({ ...it, dependsOn: [] })));
  const line = down.line(branch);
  const needed = ends.filter((it) => line.has(it));
  return [...new Model(graph).applied(needed)].sort();
}

function expectNewestFirst(model: Model, ids: readonly RevisionId[]): void {
  ids.forEach((id, index) => {
    const below = model.applied([id]);
    expect(ids.slice(0, index).filter((it) => below.has(it))).toEqual([]);
  });
}

function judgeMap({ outcome }: Fact, map: FactMap): Verdict {
  if (outcome.kind !== "map") throw new Error("We have a map, Alembic none");
  expect(sorted(map)).toEqual(sorted(outcome.map));
  return "matched";
}

/** Alembic lists neighbours in the order of a hash. */
function sorted({ heads, realHeads, bases, revisions }: FactMap): FactMap {
  return {
    heads: heads.toSorted(),
    realHeads: realHeads.toSorted(),
    bases: bases.toSorted(),
    revisions: revisions.map(({ flags, children, parents, dependencies, labels }) => ({
      flags,
      children: children.toSorted(),
      parents: parents.toSorted(),
      dependencies: dependencies.toSorted(),
      labels: labels.toSorted(),
    })),
  };
}
