import type { Scratch } from "../../database/scratch/scratch.ts";
import { ToolError } from "../../error.ts";
import { readChunks } from "../../script/read_chunks.ts";
import type { ScriptPiece } from "../../sql/splitter/script_piece.ts";
import { ScriptSplitter } from "../../sql/splitter/script_splitter.ts";
import { forScratch, isTolerable } from "./foreign_statements.ts";
import { refusal } from "./refusal.ts";
import { type Runnable, runOnScratch } from "./run_on_scratch.ts";

/** A statement of a model file. */
interface PlacedStatement extends Runnable {
  readonly line: number;
}

/**
 * Runs the statements of the SQL file at `path` on `scratch`. Whatever is not about a database's schema is
 * skipped: rows of a COPY, shell commands, roles, owners, other databases.
 *
 * @throws {ToolError} `models/invalid`, with the line, the statement and the server's message.
 */
export async function loadSql(path: string, scratch: Scratch): Promise<void> {
  const statements = [...statementsOf(path, scratch)];
  const refused = await runOnScratch(statements, scratch);
  const wrong = refused.find((it) => !isTolerable(it.error.answer, scratch.dialect));
  if (wrong !== undefined) {
    throw refusal(wrong.error, { doing: "load the models", line: wrong.item.line, scratch });
  }
  await scratch.reset();
}

function* statementsOf(path: string, { dialect }: Scratch): Generator<PlacedStatement> {
  for (const piece of piecesOf(path, dialect)) {
    if (piece.kind === "section") throw isRevision(piece.line);
    if (piece.kind !== "statement") continue;
    const sql = forScratch(piece.sql, dialect);
    if (sql !== undefined) yield { statements: [{ sql }], line: piece.line };
  }
}

function* piecesOf(path: string, dialect: Scratch["dialect"]): Generator<ScriptPiece> {
  const splitter = new ScriptSplitter(dialect, { isDump: true });
  for (const chunk of readChunks(path)) yield* splitter.push(chunk);
  yield* splitter.end();
}

function isRevision(line: number): ToolError {
  return new ToolError("models/invalid", "Cannot use a revision as models", {
    line,
    hint: "Models describe the finished schema; revisions belong in the script directory",
  });
}
