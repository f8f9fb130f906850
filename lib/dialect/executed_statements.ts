import type { ScriptGrammar } from "../sql/script_piece.ts";
import { splitText } from "../sql/split_script.ts";
import type { Statement } from "../sql/statement.ts";

/**
 * Returns what `op.execute` was given, one by one where it is several statements, each from its first
 * word on and without its semicolon: so what looks at statements before they run sees them, and libSQL
 * takes them. What does not fall into statements is left as it is, for the database to judge.
 */
export function executedStatements(
  statement: Statement,
  grammar: ScriptGrammar,
): readonly Statement[] {
  const { sql, parameters } = statement;
  if (!/^(?:\s|--|\/\*)|;/.test(sql)) return [statement];
  const pieces = piecesOf(sql, grammar);
  if (pieces.length === 0 || (pieces.length > 1 && parameters !== undefined)) return [statement];
  return pieces.map((it) => ({ ...statement, sql: it }));
}

function piecesOf(sql: string, grammar: ScriptGrammar): readonly string[] {
  try {
    const pieces = splitText(sql, grammar);
    return pieces.every((it) => it.kind === "statement") ? pieces.map((it) => it.sql) : [];
  } catch {
    return [];
  }
}
