import { closest } from "../closest.ts";
import { longest } from "./comment_opening.ts";
import { cannotRead } from "./script_error.ts";
import type { Section } from "./script_piece.ts";

type Direction = Section["direction"];

/** What a comment was probably meant to be. */
export interface MistypedMarker {
  /** Absent if only the word before it is known. */
  readonly direction?: Direction | undefined;
  /** It has no other word than the direction, so it may be a remark. */
  readonly bare: boolean;
  readonly hint: string;
}

/**
 * Returns the section marker that `comment`, from its dashes or slash on, was probably meant to be: ours
 * misspelt, or another tool's. A comment that says more than a marker is a remark.
 */
export function mistypedMarker(comment: string): MistypedMarker | undefined {
  const theirs = withOptions.exec(comment)?.[1];
  if (theirs !== undefined) return marker(directionOf(theirs));
  const [, first = "", between = "", second = ""] = oneOrTwoWords.exec(comment) ?? [];
  if (second === "") return marker(directionOf(first), true);
  if (between.trim() === "") {
    if (isTool(first)) return marker(directionOf(second));
    return isTool(second) ? marker(directionOf(first)) : undefined;
  }
  if (closest(first, tools) === undefined) return undefined;
  const direction = directionOf(closest(second, [...directions.keys()]) ?? second);
  if (direction === undefined && `${first}${between}`.toLowerCase() === "migrate:") return unclear;
  return marker(direction);
}

/**
 * Refuses `comment`, which stands between statements, if it was probably meant to be a section marker: what
 * follows would run with the section before it.
 *
 * @param within The section it stands in. Outside of sections there is nothing to confuse.
 * @throws {ToolError} `script/syntax`, with the line.
 */
export function refuseMistyped(comment: string, line: number, within: Direction | undefined): void {
  if (within === undefined || comment.length >= longest) return;
  const meant = mistypedMarker(comment);
  if (meant === undefined || (meant.bare && meant.direction === within)) return;
  throw cannotRead(noMarker(comment), line, meant.hint);
}

/** Says what is wrong with `comment`, for a message. */
export function noMarker(comment: string): string {
  return `"${comment.trim().replace(/\s+/g, " ")}" is not a section marker`;
}

/** Those of goose and sql-migrate, which may be followed by options. */
const withOptions = /^--[ \t]*\+[ \t]*(?:goose|migrate)[ \t]+(up|down)\b/i;

/** Around them may be any marks, but no more letters. */
const oneOrTwoWords = /^[^\p{L}\p{N}]*([a-z]+)(?:([^\p{L}\p{N}]+)([a-z]+))?[^\p{L}\p{N}]*$/iu;

const directions: ReadonlyMap<string, Direction> = new Map([
  ["up", "up"],
  ["upgrade", "up"],
  ["down", "down"],
  ["downgrade", "down"],
]);

const tools = ["migrate", "migration", "migrations", "goose", "dbmate"];

const unclear: MistypedMarker = {
  bare: false,
  hint: "The markers are -- migrate:up and -- migrate:down",
};

function isTool(word: string): boolean {
  return tools.includes(word.toLowerCase());
}

function directionOf(word: string): Direction | undefined {
  return directions.get(word.toLowerCase());
}

function marker(direction: Direction | undefined, bare = false): MistypedMarker | undefined {
  if (direction === undefined) return undefined;
  const meant = `Did you mean -- migrate:${direction}?`;
  return { direction, bare, hint: bare ? `${meant} A remark needs another word` : meant };
}
