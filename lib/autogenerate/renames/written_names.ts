/** A part of a name as somebody wrote it. */
export interface WrittenPart {
  readonly text: string;
  /** It stood in double quotes, and means just what it says. */
  readonly isQuoted: boolean;
}

/**
 * Returns the names between the colons of `text`, each as its parts between the dots; undefined if it
 * cannot be read so. What stands in double quotes, as in SQL, may hold dots and colons.
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

/** Returns a name of `parts` as it is written. */
export function writeName(parts: readonly string[]): string {
  return parts.map((it) => /^[^".:]+$/.test(it) ? it : `"${it.replaceAll('"', '""')}"`).join(".");
}
