import { statSync } from "node:fs";
import { ToolError } from "../error.ts";
import type { ScriptGrammar, ScriptPiece } from "../sql/splitter/script_piece.ts";
import { hasSection, secondSection } from "./open_section.ts";
import type { Direction, ScriptBody, ScriptStatement } from "./script_body.ts";
import type { ScriptFile } from "./script_file.ts";
import { scriptPieces } from "./script_pieces.ts";

/** Larger files are read piece by piece when they run. */
const mostHeld = 2 ** 20;

/**
 * Returns what the `.sql` file does in `direction`.
 *
 * @throws {ToolError} `script/syntax`, with the line, for what no database could read.
 */
export function loadSql(
  file: ScriptFile,
  direction: Direction,
  grammar: ScriptGrammar,
): ScriptBody {
  const { path, revision } = file;
  try {
    if (file.text !== undefined || statSync(path).size <= mostHeld) {
      return body(scriptPieces(file, grammar), direction);
    }
    const section = { path, direction, grammar };
    return direction === "upgrade" || hasSection(section)
      ? { kind: "section", section }
      : { kind: "absent" };
  } catch (error) {
    throw error instanceof ToolError ? error.with({ file: path, revision: revision.id }) : error;
  }
}

function body(pieces: readonly ScriptPiece[], direction: Direction): ScriptBody {
  const wanted = direction === "upgrade" ? "up" : "down";
  let statements: ScriptStatement[] | undefined;
  let inside = false;
  /** The data of the last COPY. */
  let data: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === "section") {
      inside = piece.direction === wanted;
      if (!inside) continue;
      if (statements !== undefined) throw secondSection(wanted, piece.line);
      statements = [];
    } else if (!inside) {
      continue;
    } else if (piece.kind === "statement") {
      statements?.push({ kind: "statement", sql: piece.sql, line: piece.line });
    } else if (piece.kind === "copy") {
      data = [];
      statements?.push({ kind: "copy", sql: piece.sql, line: piece.line, data });
    } else if (piece.kind === "data") {
      data.push(piece.text);
    }
  }
  return statements === undefined ? { kind: "absent" } : { kind: "statements", statements };
}
