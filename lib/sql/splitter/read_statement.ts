import type { Lexis, Token } from "./lexis.ts";
import { passEnclosure } from "./pass_enclosure.ts";
import { passLineComment } from "./pass_line_comment.ts";
import { passShellCommand } from "./pass_shell_command.ts";
import { readCopyData } from "./read_copy_data.ts";
import { cannotRead } from "./script_error.ts";
import type { Pieces, Section } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";
import { skipPlain } from "./skip_plain.ts";
import { trimSqlEnd } from "./sql_space.ts";
import { advance, endsAtSemicolon, head, type StatementShape } from "./statement_shape.ts";

/**
 * Reads the statement at whose first token the window stands, and the data that follows a COPY. Returns the
 * section that ends the statement, if one does.
 */
export function* readStatement(
  window: ScriptWindow,
  lexis: Lexis,
): Pieces<Section | undefined> {
  const line = window.lineAt(window.at);
  window.startCapture(window.at);
  const { shape, section, comments } = yield* passStatement(window, lexis);
  const terminated = window.text[window.at] === ";";
  const sql = withoutTrailing(comments, window.endCapture(window.at));
  if (terminated) window.at += 1;
  if (shape.kind === "copyIn") {
    if (!terminated) {
      throw cannotRead(`the COPY on line ${line} has no semicolon and no data`, line);
    }
    yield { kind: "copy", sql, line };
    yield* readCopyData(window, line);
  } else {
    yield { kind: "statement", sql, line, ...(terminated ? {} : { unterminated: true }) };
  }
  return section;
}

/** How the statement ended, and where the comments in its text are. */
interface Passed {
  readonly shape: StatementShape;
  readonly section?: Section;
  readonly comments: readonly Span[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Moves to the semicolon that ends the statement, past the section marker that does, or to the end of
 * the script.
 */
function* passStatement(window: ScriptWindow, lexis: Lexis): Pieces<Passed> {
  const comments: Span[] = [];
  let shape = head;
  for (;;) {
    const token = nextToken(window, lexis, shape);
    const opening = token && lexis.open(window.text, token, window.at);
    if (token === undefined || opening === undefined) {
      window.at = window.ended ? window.text.length : lastTokenStart(window.text, window.at);
      if (window.ended) return { shape, comments };
      yield;
      continue;
    }
    window.at = token.at;
    const from = window.captureOffset(token.at);
    switch (opening.kind) {
      case "lineComment": {
        const section = yield* passLineComment(window, lexis);
        comments.push({ from, to: window.captureOffset(window.at) });
        if (section !== undefined) return { shape, section, comments };
        break;
      }
      case "blockComment":
        yield* passEnclosure(window, lexis.blockComment(), window.at + 2);
        comments.push({ from, to: window.captureOffset(window.at) });
        break;
      case "quoted":
        yield* passEnclosure(window, opening.enclosure, opening.inside);
        shape = advance(shape, "", lexis.heads);
        break;
      case "shell":
        yield* passShellCommand(window, lexis);
        break;
      case "semicolon":
        if (endsAtSemicolon(shape)) return { shape, comments };
        shape = advance(shape, token.text, lexis.heads);
        window.at += 1;
        break;
      case "other":
        shape = advance(shape, token.text, lexis.heads);
        window.at = opening.behind;
    }
  }
}

function nextToken(
  window: ScriptWindow,
  lexis: Lexis,
  shape: StatementShape,
): Token | undefined {
  const { text, at } = window;
  if (shape.kind === "plain") {
    const mark = skipPlain(text, at, lexis);
    return mark < 0 ? undefined : { at: mark, text: text.charAt(mark) };
  }
  lexis.words.lastIndex = at;
  const found = lexis.words.exec(text);
  if (found === null) return undefined;
  const goesOn = !window.ended && found.index >= lastTokenStart(text, at);
  return goesOn ? undefined : { at: found.index, text: found[0].toLowerCase() };
}

/** Returns the start of a token that the end of `text` may have cut in two. */
function lastTokenStart(text: string, from: number): number {
  let start = text.length;
  while (start > from && /[\w$\x80-\uffff]/.test(text.charAt(start - 1))) start--;
  return start > from && /[-/]/.test(text.charAt(start - 1)) ? start - 1 : start;
}

function withoutTrailing(comments: readonly Span[], text: string): string {
  let code = trimSqlEnd(text);
  for (const { from, to } of comments.toReversed()) {
    if (to < code.length) break;
    code = trimSqlEnd(code.slice(0, from));
  }
  return code;
}
