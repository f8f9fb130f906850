import type { ToolError } from "../../error.ts";
import { closest } from "../../sql/closest.ts";
import {
  type MistypedMarker,
  mistypedMarker,
  noMarker,
} from "../../sql/splitter/mistyped_marker.ts";
import { headerError, type HeaderPlace } from "./header_error.ts";

const headerKeys = [
  "message",
  "revision",
  "down_revision",
  "branch_labels",
  "depends_on",
  "create_date",
  "transaction",
  "statement_timeout",
  "idle_in_transaction",
] as const;

export type HeaderKey = typeof headerKeys[number];

/** The lines above the first section of a `.sql` file. */
export interface SqlHeaderLines {
  readonly values: ReadonlyMap<HeaderKey, { readonly text: string; readonly offset: number }>;
  /** The whole text above the section, verbatim. */
  readonly comment: string;
}

/**
 * Returns the header above `-- migrate:up`.
 *
 * @throws {ToolError} `script/header` for anything but comments, for a key that is mistyped or
 *   written twice, and if there is no `-- migrate:up` or it is mistyped.
 */
export function sqlHeaderLines(source: string, path: string): SqlHeaderLines {
  const values = new Map<HeaderKey, { text: string; offset: number }>();
  let remark: Mistyped | undefined;
  for (let offset = 0;;) {
    space.lastIndex = offset;
    space.test(source);
    offset = lineComment.lastIndex = blockComment.lastIndex = space.lastIndex;
    const place = { path, source, offset };
    const [line, text = ""] = lineComment.exec(source) ?? [];
    if (/^migrate:up\b/i.test(text)) return { values, comment: source.slice(0, offset) };
    const found = line ?? blockComment.exec(source)?.[0];
    if (found === undefined || /^migrate:down\b/i.test(text)) {
      throw noSection(found ?? "", place, remark);
    }
    const marker = isHeaderLine(text) ? undefined : mistypedMarker(found);
    if (marker?.bare) remark ??= { comment: found, marker, place };
    else if (marker !== undefined) throw mistyped({ comment: found, marker, place });
    const key = headerKey(text, place);
    if (key !== undefined && values.has(key)) {
      throw headerError(`${key} is given twice`, place, "Delete one of the two");
    }
    if (key !== undefined) {
      values.set(key, { text: text.slice(text.indexOf(":") + 1).trim(), offset });
    }
    offset += found.length;
  }
}

/** Returns whether `text`, a comment line without its dashes, is a header line. */
export function isHeaderLine(text: string): boolean {
  return headerLine.test(text);
}

const headerLine = new RegExp(`^(?:${headerKeys.join("|")})[ \\t]*:`);

const space = /\s*/y;
const lineComment = /--[ \t]*([^\n]*)/y;
const blockComment = /\/\*[^]*?\*\//y;

interface Mistyped {
  readonly comment: string;
  readonly marker: MistypedMarker;
  readonly place: HeaderPlace;
}

function mistyped({ comment, marker, place }: Mistyped): ToolError {
  return headerError(noMarker(comment), place, marker.hint);
}

/** @param remark A comment which may have been meant to be the missing marker. */
function noSection(marker: string, place: HeaderPlace, remark: Mistyped | undefined): ToolError {
  const followed = /^[ \t]*--[ \t]*migrate:up\b/im.test(place.source.slice(place.offset));
  if (marker !== "" && followed) {
    return headerError("its -- migrate:down comes first", place, "Write -- migrate:up above it");
  }
  if (remark !== undefined && !followed) return mistyped(remark);
  return followed
    ? headerError("a statement comes before its -- migrate:up", place, "Move it below that line")
    : headerError(
      "it has no -- migrate:up",
      place,
      "Write -- migrate:up above the first statement",
    );
}

/**
 * An unknown key is an error if it looks like one of ours: silently ignoring
 * `-- transactional: false` would run the file in a transaction. A remark with a colon is
 * recognized by a capital letter at its start or a space before the colon.
 */
function headerKey(text: string, place: HeaderPlace): HeaderKey | undefined {
  const written = /^([a-z][\w -]*?)[ \t]*:/i.exec(text)?.[1];
  if (written === undefined) return undefined;
  const key = headerKeys.find((it) => it === written);
  if (key !== undefined) return key;
  const meant = closest(written, headerKeys);
  if (meant === undefined && !/^[a-z][a-z0-9_-]*[ \t]*:(?:\s|$)/.test(text)) return undefined;
  throw headerError(
    `unknown key "${written}"`,
    place,
    meant === undefined
      ? `The keys are ${headerKeys.join(", ")}; begin a remark with a capital letter`
      : `Did you mean "${meant}"?`,
  );
}
