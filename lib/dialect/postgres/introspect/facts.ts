/** What the catalogue knows of one thing, as JSON. */
export type Facts = Readonly<Record<string, unknown>>;

export function listOf(value: unknown): readonly Facts[] {
  const list: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}

export function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function factsOf(value: unknown): Facts | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

/** Returns the name of an object, unqualified in the schema in which new tables are created. */
export function nameOf(facts: Facts): { readonly schema?: string; readonly name: string } {
  const schema = textOf(facts["schema"]);
  return { ...(schema !== undefined && { schema }), name: String(facts["name"]) };
}

/** Returns the parameters that the catalogue has as a list of `name=value`. */
export function parametersOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const pairs = namesOf(value).map((it) => [
    it.slice(0, it.indexOf("=")),
    it.slice(it.indexOf("=") + 1),
  ]);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
