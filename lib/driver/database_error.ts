import { type ErrorFacts, ToolError } from "../error.ts";
import type { Statement } from "../sql/statement.ts";

/** The server's error for a statement. */
export interface ServerAnswer {
  readonly message: string;
  /** PostgreSQL's SQLSTATE, or SQLite's extended code by name (`SQLITE_CONSTRAINT_UNIQUE`). */
  readonly sqlState?: string | undefined;
  readonly serverDetail?: string | undefined;
  readonly serverHint?: string | undefined;
  /** Where the server was: its call stack, one function per line. */
  readonly context?: string | undefined;
  /**
   * The position of the error in the statement's text: an index into the string, but counted from 1.
   */
  readonly position?: number | undefined;
  readonly statement: Statement;
  /** The index of the statement among those sent together, counted from 0. */
  readonly index?: number | undefined;
}

/** A statement that the server refused. */
export class DatabaseError extends ToolError {
  override readonly name = "DatabaseError";
  readonly answer: ServerAnswer;

  constructor(answer: ServerAnswer, facts: ErrorFacts = {}) {
    super("database/failed", answer.message, facts);
    this.answer = answer;
  }
}
