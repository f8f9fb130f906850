import type { Scratch } from "../../database/scratch/scratch.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import { readChunks } from "../../script/read_chunks.ts";
import { excerpt } from "../../sql/excerpt.ts";
import type { ScriptPiece } from "../../sql/script_piece.ts";
import { ScriptSplitter } from "../../sql/script_splitter.ts";
import { isForScratch, isTolerable } from "./foreign_statements.ts";

/** A statement of a model file. */
interface PlacedStatement {
  readonly sql: string;
  readonly line: number;
}

/** Enough to hide the round trips, few enough to fit PostgreSQL's lock table many times over. */
const mostTogether = 200;

/**
 * Runs the statements of the SQL file at `path` on `scratch`. What is not about a database's schema is
 * passed over: rows of a COPY, commands of the shell, roles, owners, other databases.
 *
 * @throws {ToolError} With the file, the line, the statement and what the server says of it.
 */
export async function loadSql(path: string, scratch: Scratch): Promise<void> {
  try {
    let waiting: PlacedStatement[] = [];
    for (const piece of piecesOf(path, scratch)) {
      if (piece.kind === "section") throw isRevision(piece.line);
      if (piece.kind !== "statement" || !isForScratch(piece.sql, scratch.dialect)) continue;
      waiting.push(piece);
      if (waiting.length < mostTogether) continue;
      await runTogether(waiting, scratch);
      waiting = [];
    }
    await runTogether(waiting, scratch);
  } catch (error) {
    throw error instanceof ToolError ? error.with({ file: path }) : error;
  }
  await scratch.reset();
}

function* piecesOf(path: string, { dialect }: Scratch): Generator<ScriptPiece> {
  const splitter = new ScriptSplitter(dialect);
  for (const chunk of readChunks(path)) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** In one transaction; if that fails, one by one: some cannot be in one, and of others the failure means nothing. */
async function runTogether(
  statements: readonly PlacedStatement[],
  scratch: Scratch,
): Promise<void> {
  if (statements.length === 0) return;
  try {
    await scratch.connection.transaction((it) => it.sendScript(statements));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    for (const statement of statements) await runAlone(statement, scratch);
  }
}

async function runAlone(
  statement: PlacedStatement,
  { connection, dialect }: Scratch,
): Promise<void> {
  try {
    await connection.query({ sql: statement.sql });
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (!isTolerable(error.answer, dialect)) throw explained(error, statement);
  }
}

function explained({ answer, facts, message }: DatabaseError, at: PlacedStatement): ToolError {
  const before = answer.position === undefined ? "" : at.sql.slice(0, answer.position - 1);
  return new ToolError("models/invalid", `Cannot load the models: ${message}`, {
    line: at.line + before.split("\n").length - 1,
    detail: [
      excerpt(at.sql, answer.position),
      answer.serverDetail && `Detail: ${answer.serverDetail}`,
    ].filter(Boolean).join("\n"),
    hint: answer.serverHint ?? facts.hint,
  });
}

function isRevision(line: number): ToolError {
  return new ToolError("models/invalid", "Cannot use it as models: it is a revision", {
    line,
    hint: "Models say how the database looks in the end; revisions are in the script directory",
  });
}
