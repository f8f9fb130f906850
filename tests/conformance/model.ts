import type { Revision, RevisionId } from "../../lib/revision/revision.ts";

/**
 * The graph in a few naive lines, to hold the real one against: what is applied is closed downwards,
 * and the rows are those applied revisions that no other applied one needs.
 */
export class Model {
  readonly #needs: ReadonlyMap<RevisionId, readonly RevisionId[]>;

  constructor(graph: readonly Revision[]) {
    const labelled = (name: string): RevisionId =>
      graph.find((it) => it.branchLabels.includes(name))?.id ?? name;
    this.#needs = new Map(
      graph.map((it) => [it.id, [...it.downRevisions, ...it.dependsOn.map(labelled)]]),
    );
  }

  applied(rows: readonly RevisionId[]): ReadonlySet<RevisionId> {
    const below = rows.flatMap((it) => [...this.applied(this.#needs.get(it) ?? [])]);
    return new Set([...rows, ...below]);
  }

  rows(applied: ReadonlySet<RevisionId>): readonly RevisionId[] {
    const needed = new Set([...applied].flatMap((it) => this.#needs.get(it) ?? []));
    return [...applied].filter((it) => !needed.has(it)).sort();
  }

  /** Returns the rows after each of `steps`; throws at the first that may not be made then. */
  follow(
    rows: readonly RevisionId[],
    direction: "upgrade" | "downgrade",
    steps: readonly RevisionId[],
  ): readonly (readonly RevisionId[])[] {
    const applied = new Set(this.applied(rows));
    return steps.map((id) => {
      const unmet = (this.#needs.get(id) ?? []).filter((it) => !applied.has(it));
      const dependents = [...applied].filter((it) => this.#needs.get(it)?.includes(id));
      const isGood = direction === "upgrade"
        ? !applied.has(id) && unmet.length === 0
        : applied.has(id) && dependents.length === 0;
      if (!isGood) throw new Error(`${direction} of ${id} may not be made at ${[...applied]}`);
      if (direction === "upgrade") applied.add(id);
      else applied.delete(id);
      return this.rows(applied);
    });
  }

  /** Returns what `id` needs and what needs it, with itself. */
  line(id: RevisionId): ReadonlySet<RevisionId> {
    const above = [...this.#needs.keys()].filter((it) => this.applied([it]).has(id));
    return new Set([...this.applied([id]), ...above]);
  }
}
