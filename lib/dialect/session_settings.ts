import type { Queryable, Statement } from "../sql/statement.ts";

/** What a revision may set for its session (timeouts, a role, pragmas), and how that ends. */
export interface SessionSettings {
  /** Says whether a statement may set something for longer than itself. */
  mayChange(sql: string): boolean;
  /** Returns the statements that make the session of `connection` again what it is now. */
  remember(connection: Queryable): Promise<readonly Statement[]>;
  /** Returns the statements that set what `sql` sets to its default: for a script, which cannot remember. */
  undo(sql: string): readonly Statement[];
}
