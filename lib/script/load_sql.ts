import { statSync } from "node:fs";
import { ToolError } from "../error.ts";
import type { ScriptGrammar, ScriptPiece } from "../sql/script_piece.ts";
import { splitText } from "../sql/split_script.ts";
import { hasSection } from "./open_section.ts";
import { readText } from "./read_text.ts";
import type { Direction, ScriptBody, ScriptStatement } from "./script_body.ts";
import type { ScriptFile } from "./script_file.ts";

/** Larger files are read when they run, piece by piece. */
const mostHeld = 2 ** 20;

/**
 * Returns what the `.sql` file does in `direction`.
 *
 * @throws {ToolError} `script/syntax`, with the line, for what no database reads.
 */
export function loadSql(
  file: ScriptFile,
  direction: Direction,
  grammar: ScriptGrammar,
): ScriptBody {
  const { path, revision } = file;
  try {
    if (file.text !== undefined) {
      return body(splitText(belowHeader(file.text, file.comment), grammar), direction);
    }
    if (statSync(path).size <= mostHeld) return body(splitText(readText(path), grammar), direction);
    const section = { path, direction, grammar };
    return direction === "upgrade" || hasSection(section)
      ? { kind: "section", section }
      : { kind: "absent" };
  } catch (error) {
    throw error instanceof ToolError ? error.with({ file: path, revision: revision.id }) : error;
  }
}

/** Returns `text` with empty lines for the `header` that it begins with: that has been read, and lines keep their numbers. */
function belowHeader(text: string, header: string): string {
  return "\n".repeat(header.split("\n").length - 1) + text.slice(header.length);
}

function body(pieces: readonly ScriptPiece[], direction: Direction): ScriptBody {
  const wanted = direction === "upgrade" ? "up" : "down";
  const markers = pieces.flatMap((it, index) => it.kind === "section" ? [{ ...it, index }] : []);
  const [marker, twice] = markers.filter((it) => it.direction === wanted);
  if (twice !== undefined) {
    throw new ToolError(
      "script/syntax",
      `Cannot read the script: it has a second -- migrate:${wanted}`,
      {
        line: twice.line,
        hint: "Join the two sections",
      },
    );
  }
  if (marker === undefined) return { kind: "absent" };
  const end = markers.find((it) => it.index > marker.index)?.index;
  return { kind: "statements", statements: statements(pieces.slice(marker.index + 1, end)) };
}

/** Puts the data of each COPY where it belongs. */
function statements(pieces: readonly ScriptPiece[]): readonly ScriptStatement[] {
  const found: ScriptStatement[] = [];
  let data: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === "statement") {
      found.push({ kind: "statement", sql: piece.sql, line: piece.line });
    } else if (piece.kind === "copy") {
      data = [];
      found.push({ kind: "copy", sql: piece.sql, line: piece.line, data });
    } else if (piece.kind === "data") {
      data.push(piece.text);
    }
  }
  return found;
}
