import { ToolError } from "../error.ts";

/** What a rename on the command line says, taken apart. */
export interface WrittenRename {
  readonly text: string;
  /** Which kind of thing it names, where that is written. */
  readonly kind?: RenameKind;
  /** The parts between the dots. */
  readonly from: readonly string[];
  readonly to: string;
}

export type RenameKind = "table" | "column" | "value";

const kinds = ["table", "column", "value"] as const satisfies readonly RenameKind[];

/**
 * Returns the parts of `old:new` or `kind:old:new`. A name that holds a dot, a colon or a quote stands in
 * double quotes, as in SQL.
 *
 * @throws {ToolError} `usage`
 */
export function splitRename(text: string): WrittenRename {
  const names = namesIn(text);
  const [first = [], second = [], third] = names ?? [];
  const kind = kinds.find((it) => it === first[0] && first.length === 1);
  const isWhole = names !== undefined && names.flat().every((it) => it !== "");
  if (isWhole && names.length === 2) return { text, from: first, to: newName(text, first, second) };
  if (isWhole && names.length === 3 && third && kind) {
    return { text, kind, from: second, to: newName(text, second, third) };
  }
  throw new ToolError("usage", `Cannot read the rename "${text}": it must be old:new`, {
    hint: "Write old_table:new_table, users.mail:email, or mood.sad:unhappy for an enum value",
  });
}

/** The new name may be written out, but nothing moves by it. */
function newName(text: string, from: readonly string[], to: readonly string[]): string {
  const name = to.at(-1) ?? "";
  const place = joinName(from.slice(0, -1));
  if (to.length === 1 || joinName(to.slice(0, -1)) === place) return name;
  throw new ToolError("usage", `Cannot rename by "${text}": a rename moves nothing elsewhere`, {
    hint: `Write ${joinName(from)}:${joinName([name])}`,
  });
}

/** Returns the names between the colons, each as its parts between the dots. */
function namesIn(text: string): readonly (readonly string[])[] | undefined {
  const names: string[][] = [[]];
  const token = /"((?:[^"]|"")*)"|([^".:]*)/y;
  while (true) {
    const found = token.exec(text);
    if (found === null) return undefined;
    const [, quoted, plain = ""] = found;
    names.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    const next = text[token.lastIndex];
    if (next === undefined) return names;
    if (next !== "." && next !== ":") return undefined;
    if (next === ":") names.push([]);
    token.lastIndex += 1;
  }
}

/** Returns `parts` as they are written. */
export function joinName(parts: readonly string[]): string {
  return parts.map((it) => /^[^".:]+$/.test(it) ? it : `"${it.replaceAll('"', '""')}"`).join(".");
}
