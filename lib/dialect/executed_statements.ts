import { clientCopyRefused } from "../driver/postgres/client_copy_refused.ts";
import { ToolError } from "../error.ts";
import type { ScriptGrammar, ScriptPiece } from "../sql/splitter/script_piece.ts";
import { splitText } from "../sql/splitter/split_text.ts";
import type { Statement } from "../sql/statement.ts";

/**
 * Splits what `op.execute` or `db.query` was given into its statements, each from its first word on and
 * without its semicolon. So whatever inspects statements before they run sees every one of them, and all of
 * them run: libSQL accepts only one at a time, and SQLite may ignore what follows the first. A text that
 * cannot be split is left as it is, for the database to judge.
 *
 * @throws {ToolError} `operation/invalid` for several that share values, which no database accepts;
 * `operation/unsupported` for the data of a COPY.
 */
export function executedStatements(
  statement: Statement,
  grammar: ScriptGrammar,
): readonly Statement[] {
  const { sql, parameters } = statement;
  if (!/^(?:\s|--|\/\*)|;/.test(sql)) return [statement];
  const pieces = piecesOf(sql, grammar);
  if (pieces.some((it) => it.kind === "copy")) throw clientCopyRefused();
  const statements = pieces.filter((it) => it.kind === "statement");
  if (statements.length === 0 || statements.length < pieces.length) return [statement];
  if (pieces.length > 1 && parameters !== undefined) throw sharedValues();
  return statements.map((it) => ({ ...statement, sql: it.sql }));
}

function piecesOf(sql: string, grammar: ScriptGrammar): readonly ScriptPiece[] {
  try {
    return splitText(sql, grammar);
  } catch {
    return [];
  }
}

function sharedValues(): ToolError {
  return new ToolError("operation/invalid", "Cannot run several statements with values at once", {
    hint: "Run each statement by a call of its own, with its own values",
  });
}
