/**
 * Says whether two plain values are deeply equal. `isDeepStrictEqual` does that too, but loading
 * `node:util` takes longer than a small migration.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [own, others] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return own.size === others.size &&
    [...own].every(([key, value]) => others.has(key) && sameData(value, others.get(key)));
}
