import type { Lexis } from "./lexis.ts";
import { passBlockComment } from "./pass_block_comment.ts";
import { passLineComment } from "./pass_line_comment.ts";
import { passShellCommand } from "./pass_shell_command.ts";
import { postgresLexis } from "./postgres_lexis.ts";
import { readStatement } from "./read_statement.ts";
import { cannotRead } from "./script_error.ts";
import type { Pieces, ScriptGrammar, ScriptPiece, Section } from "./script_piece.ts";
import { ScriptWindow } from "./script_window.ts";
import { plainStatementEnd } from "./skip_plain.ts";
import { sqliteLexis } from "./sqlite_lexis.ts";
import { isSqlSpace, trimSqlEnd } from "./sql_space.ts";

/**
 * Splits a script into pieces as it is read. Memory use depends on the longest statement, not on the
 * length of the script; the data of a COPY is passed on chunk by chunk.
 *
 * It reads as `psql` and `sqlite3` do, with two differences that only show in broken scripts: a
 * semicolon ends a statement even inside parentheses (except in `CREATE RULE`), and the body of a
 * `BEGIN ATOMIC` or a trigger is ended only by an END that follows a semicolon.
 */
export class ScriptSplitter {
  readonly #window = new ScriptWindow();
  readonly #pieces: Pieces;
  #begun = false;

  /**
   * @param isDump Whether the script may be a dump of a whole database, with a command that connects to
   * it.
   */
  constructor(grammar: ScriptGrammar, { isDump = false }: { readonly isDump?: boolean } = {}) {
    const lexis = { postgres: postgresLexis, sqlite: sqliteLexis }[grammar];
    this.#pieces = readScript(this.#window, lexis, isDump);
  }

  /**
   * Returns the pieces that `chunk` completes.
   *
   * @throws {ToolError} `script/syntax`, with the line, for text that no database accepts.
   */
  push(chunk: string): readonly ScriptPiece[] {
    if (chunk === "") return [];
    const text = !this.#begun && chunk.startsWith("\ufeff") ? chunk.slice(1) : chunk;
    this.#begun = true;
    const nul = text.indexOf("\0");
    this.#window.feed(nul < 0 ? text : text.slice(0, nul));
    const pieces = this.#drain();
    if (nul < 0) return pieces;
    const line = this.#window.lineAt(this.#window.text.length);
    throw cannotRead(`line ${line} holds a NUL character`, line);
  }

  /** Returns the pieces that the end of the script completes. */
  end(): readonly ScriptPiece[] {
    this.#window.ended = true;
    return this.#drain();
  }

  #drain(): readonly ScriptPiece[] {
    const pieces: ScriptPiece[] = [];
    for (;;) {
      const { value } = this.#pieces.next();
      if (value === undefined) return pieces;
      pieces.push(value);
    }
  }
}

function* readScript(window: ScriptWindow, lexis: Lexis, isDump: boolean): Pieces {
  let within: Section["direction"] | undefined;
  for (;;) {
    let section: Section | undefined;
    const at = passSpace(window);
    const first = window.text.charAt(at);
    const second = window.text.charAt(at + 1);
    if (first === "" && window.ended) return;
    if (first === "" || (second === "" && !window.ended)) {
      yield;
    } else if (first === "-" && second === "-") {
      section = yield* passLineComment(window, lexis, within);
    } else if (first === "/" && second === "*") {
      yield* passBlockComment(window, lexis, within);
    } else if (first === lexis.shell.character) {
      yield* passShellCommand(window, lexis, isDump);
    } else {
      const end = plainStatementEnd(window.text, at, lexis);
      if (end < 0) {
        section = yield* readStatement(window, lexis);
      } else {
        window.at = end + 1;
        const sql = trimSqlEnd(window.text.slice(at, end));
        yield { kind: "statement", sql, line: window.lineAt(at) };
      }
    }
    if (section === undefined) continue;
    within = section.direction;
    yield section;
  }
}

/** Moves past white space and empty statements, and returns the new position. */
function passSpace(window: ScriptWindow): number {
  const { text } = window;
  let { at } = window;
  while (isSqlSpace(text.charCodeAt(at)) || text.charCodeAt(at) === semicolon) at++;
  window.at = at;
  return at;
}

const semicolon = 59;
