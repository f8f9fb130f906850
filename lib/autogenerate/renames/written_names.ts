/** A part of a name as somebody wrote it. */
export interface WrittenPart {
  readonly text: string;
  /** It was in double quotes, and is meant literally. */
  readonly isQuoted: boolean;
}

/**
 * Returns the names between the colons of `text`, each as its parts between the dots; undefined if it
 * cannot be read. Double quotes, as in SQL, may enclose dots and colons.
 */
export function writtenNames(text: string): readonly (readonly WrittenPart[])[] | undefined {
  const names: WrittenPart[][] = [[]];
  const token = /"((?:[^"]|"")*)"|([^".:]*)/y;
  while (true) {
    const found = token.exec(text);
    if (found === null) return undefined;
    const [, quoted, plain = ""] = found;
    const part = { text: quoted?.replaceAll('""', '"') ?? plain, isQuoted: quoted !== undefined };
    if (part.text === "") return undefined;
    names.at(-1)?.push(part);
    const next = text[token.lastIndex];
    if (next === undefined) return names;
    if (next !== "." && next !== ":") return undefined;
    if (next === ":") names.push([]);
    token.lastIndex += 1;
  }
}

/** Returns the name made of `parts`, quoted where needed. */
export function writeName(parts: readonly string[]): string {
  return parts.map((it) => /^[^".:]+$/.test(it) ? it : `"${it.replaceAll('"', '""')}"`).join(".");
}
