import type { Source } from "./sources.ts";

/** Where a revision's file, or one that it imports, differs from what was recorded. */
export interface ChangedLines {
  /** Absolute. */
  readonly file: string;
  /**
   * The range of new or changed lines, counted from 1. If `last` is before `first`, lines were only
   * deleted.
   */
  readonly first: number;
  readonly last: number;
  /** How many lines with content were there before. */
  readonly before: number;
  /** The text of the new lines. */
  readonly text: string;
}

/** Changed lines are not looked for in longer files. */
const mostLines = 4000;
const digits = 4;
const eachDigest = new RegExp(`.{${digits}}`, "g");

/**
 * Returns a record of the lines of a revision made of `sources`, from which
 * {@linkcode changedLines} can later tell which were changed: four characters for each line with
 * content. `undefined` if a file cannot be tokenized or is too long.
 */
export function lineDigests(sources: readonly Source[]): string | undefined {
  const found: Record<string, string> = {};
  for (const source of sources) {
    const lines = linesOf(source);
    if (lines === undefined || lines.length > mostLines) return undefined;
    found[source.name] = lines.map((it) => it.digest).join("");
  }
  return Object.keys(found).length === 0 ? undefined : JSON.stringify(found);
}

/**
 * Returns the changed lines in the first of `sources` that differs from `recorded`, which
 * `lineDigests` once returned.
 */
export function changedLines(
  sources: readonly Source[],
  recorded: string,
): ChangedLines | undefined {
  const before = parseDigests(recorded);
  for (const source of sources) {
    const lines = linesOf(source);
    if (lines === undefined) return undefined;
    const digests = String(before.get(source.name) ?? "").match(eachDigest) ?? [];
    const start = commonLength(lines.map((it) => it.digest), digests);
    if (start === lines.length && start === digests.length) continue;
    const behind = (list: readonly string[]) => list.slice(start).reverse();
    const end = commonLength(behind(lines.map((it) => it.digest)), behind(digests));
    const changed = lines.slice(start, lines.length - end);
    const first = changed[0]?.line ?? (lines[start - 1]?.line ?? 0) + 1;
    const last = changed.at(-1)?.line ?? first - 1;
    const text = source.text().split("\n").slice(first - 1, last).join("\n");
    return { file: source.path, first, last, before: digests.length - end - start, text };
  }
  return undefined;
}

/** Returns no digests for a text that this tool did not write. */
function parseDigests(recorded: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(recorded)));
  } catch {
    return new Map();
  }
}

/** Returns a description of `change`: `line 7 was changed`. */
export function describeChange({ first, last, before }: ChangedLines): string {
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  const [was, is] = first === last ? ["was", "is"] : ["were", "are"];
  if (last >= first) return before > 0 ? `${lines} ${was} changed` : `${lines} ${is} new`;
  const gone = before === 1 ? "a line is" : `${before} lines are`;
  return first === 1 ? `${gone} gone from its beginning` : `${gone} gone after line ${first - 1}`;
}

function linesOf(
  source: Source,
): readonly { readonly line: number; readonly digest: string }[] | undefined {
  const tokens = source.tokens();
  if (tokens === undefined) return undefined;
  const lines: { readonly line: number; sum: number }[] = [];
  for (const { text, line } of tokens) {
    if (line === undefined) continue;
    let last = lines.at(-1);
    if (last?.line !== line) lines.push(last = { line, sum: empty });
    last.sum = sumUp(sumUp(last.sum, "\0"), text);
  }
  // The tokens of a header are in an order of their own.
  return lines.sort((a, b) => a.line - b.line)
    .map(({ line, sum }) => ({ line, digest: digestOf(sum) }));
}

/** FNV-1a: fast, since it is computed for every line; nobody gains by forging it. */
const empty = 0x811c9dc5;

function sumUp(before: number, text: string): number {
  let sum = before;
  for (let at = 0; at < text.length; at++) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return sum;
}

/** The low digits are enough: they only need to tell a line from its neighbours. */
function digestOf(sum: number): string {
  const folded = ((sum >>> 24) ^ sum) & 0xffffff;
  return folded.toString(36).padStart(5, "0").slice(-digits);
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) if (one[at] !== other[at]) return at;
  return length;
}
