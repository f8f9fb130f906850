import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Revision, RevisionId } from "../../lib/revision/revision.ts";

/** What Alembic did: README.md says what the fields mean. */
export type Outcome =
  | { readonly kind: "error"; readonly message: string; readonly isCrash: boolean }
  | { readonly kind: "moves"; readonly steps: readonly FactStep[]; readonly db: readonly string[] }
  | { readonly kind: "revisions"; readonly ids: readonly RevisionId[] }
  | { readonly kind: "map"; readonly map: FactMap };

/** A revision for `upgrade` and `downgrade`, the rows before and after for `stamp`. */
export type FactStep = RevisionId | readonly [readonly RevisionId[], readonly RevisionId[]];

export interface FactMap {
  readonly heads: readonly RevisionId[];
  readonly realHeads: readonly RevisionId[];
  readonly bases: readonly RevisionId[];
  /** In load order. */
  readonly revisions: readonly FactNode[];
}

export interface FactNode {
  /** Of `b`ranch point, `m`erge point, `h`ead and `r`eal head, those that it is. */
  readonly flags: string;
  readonly children: readonly RevisionId[];
  readonly parents: readonly RevisionId[];
  readonly dependencies: readonly RevisionId[];
  readonly labels: readonly string[];
}

export interface Fact {
  readonly id: string;
  readonly operation: "upgrade" | "downgrade" | "stamp" | "resolve" | "iterate" | "map";
  readonly graph: readonly Revision[];
  /** A list of ids is what the version table holds. */
  readonly from: string | readonly RevisionId[];
  readonly to: string | readonly RevisionId[];
  readonly isSingle: boolean;
  readonly outcome: Outcome;
  readonly bug: string | undefined;
  /** Alembic's own order changes from run to run. */
  readonly varies: boolean;
  /** The rows that Alembic should have left. */
  readonly ideal: readonly RevisionId[] | undefined;
}

/** Returns the facts, in the order of the file. */
export function readFacts(): readonly Fact[] {
  const text = readFileSync(join(import.meta.dir, "alembic_traversal.jsonl"), "utf8");
  const [head, ...lines] = text.trimEnd().split("\n").map((it) => JSON.parse(it) as Line);
  const messages = head?.messages ?? [];
  let graph: readonly Revision[] = [];
  return lines.flatMap((line) => {
    if (!line.graph) return [toFact(line, graph, messages)];
    graph = toGraph(line.graph);
    return [];
  });
}

type Ref = number | string;

interface Line {
  readonly messages?: readonly string[];
  readonly graph?:
    readonly (readonly [string, readonly Ref[], (readonly string[])?, (readonly Ref[])?])[];
  readonly upgrade?: string;
  readonly downgrade?: string;
  readonly stamp?: string;
  readonly resolve?: string;
  readonly iterate?: string;
  readonly map?: string;
  readonly from?: string | readonly number[];
  readonly to?: string | readonly number[];
  readonly single?: 1;
  readonly error?: number;
  readonly crash?: 1;
  readonly steps?: readonly (number | readonly [readonly number[], readonly number[]])[];
  readonly db?: readonly string[];
  readonly heads?: readonly number[];
  readonly real?: readonly number[];
  readonly bases?: readonly number[];
  readonly revs?: readonly (number | MapLine)[];
  readonly bug?: string;
  readonly varies?: 1;
  readonly ideal?: readonly number[];
}

type MapLine = readonly [
  string,
  readonly number[],
  readonly number[],
  (readonly number[])?,
  (readonly string[])?,
];

function toGraph(lines: NonNullable<Line["graph"]>): readonly Revision[] {
  const name = (ref: Ref): string => typeof ref === "string" ? ref : lines[ref]?.[0] ?? "";
  return lines.map(([id, downs, labels = [], dependsOn = []]) => ({
    id,
    downRevisions: downs.map(name),
    dependsOn: dependsOn.map(name),
    branchLabels: labels,
    message: "",
    path: `versions/${id}.ts`,
  }));
}

const operations = ["upgrade", "downgrade", "stamp", "resolve", "iterate", "map"] as const;

function toFact(line: Line, graph: readonly Revision[], messages: readonly string[]): Fact {
  const operation = operations.find((it) => line[it] !== undefined);
  if (!operation) throw new Error(`No operation in ${JSON.stringify(line)}`);
  const id = (index: number): RevisionId => graph[index]?.id ?? "";
  const ids = (indexes: readonly number[] = []): readonly RevisionId[] => indexes.map(id);
  const end = (it: Line["to"]): Fact["to"] => typeof it === "string" ? it : ids(it);
  const to = end(line.to);
  return {
    id: `${line[operation]}-${operation}`,
    operation,
    graph,
    from: end(line.from),
    to,
    isSingle: line.single === 1,
    outcome: outcome(),
    bug: line.bug,
    varies: line.varies === 1,
    ideal: line.ideal && ids(line.ideal),
  };

  function outcome(): Outcome {
    if (line.error !== undefined) {
      const message = messages[line.error]?.replaceAll("{to}", String(to)) ?? "";
      return { kind: "error", message, isCrash: line.crash === 1 };
    }
    if (line.steps) {
      const steps = line.steps.map((it) =>
        typeof it === "number" ? id(it) : [ids(it[0]), ids(it[1])] as const
      );
      const db = (line.db ?? []).map((it) => it.replace(/\d+/g, (index) => id(Number(index))));
      return { kind: "moves", steps, db };
    }
    if (operation !== "map") {
      return { kind: "revisions", ids: ids(line.revs?.filter((it) => typeof it === "number")) };
    }
    const nodes = (line.revs ?? []).filter((it) => typeof it !== "number");
    return {
      kind: "map",
      map: {
        heads: ids(line.heads),
        realHeads: ids(line.real),
        bases: ids(line.bases),
        revisions: nodes.map(([flags, children, parents, dependencies, labels = []]) => ({
          flags,
          children: ids(children),
          parents: ids(parents),
          dependencies: ids(dependencies),
          labels,
        })),
      },
    };
  }
}
