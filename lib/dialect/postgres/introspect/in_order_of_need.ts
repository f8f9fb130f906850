/**
 * Returns `items` with each after those that it needs, directly or through what is not among them;
 * otherwise their order stays.
 *
 * @param needs By `id`, for anything: the ids of what it needs.
 */
export function inOrderOfNeed<Item extends { readonly id: string }>(
  items: readonly Item[],
  needs: ReadonlyMap<string, readonly string[]>,
): readonly Item[] {
  const byId = new Map(items.map((it) => [it.id, it]));
  const seen = new Set<string>();
  const placed: Item[] = [];
  for (const { id } of items) place(id);
  return placed;

  function place(id: string): void {
    if (seen.has(id)) return;
    seen.add(id);
    for (const need of needs.get(id) ?? []) place(need);
    const item = byId.get(id);
    if (item) placed.push(item);
  }
}
