import type { Node } from "libpg-query";

/** PostgreSQL's own grammar: that of release 18, whatever the server's version. */
export interface Grammar {
  /**
   * Returns the parse tree of one statement, or undefined if release 18 cannot parse it: it is left to the
   * server, which may be newer, to reject it.
   */
  parse(statement: string): Node | undefined;
}

/**
 * Loads the grammar, which takes 30 ms and a few megabytes that most runs need not spend. Ask only about what a
 * cheaper check has singled out, and one statement at a time: a tree is a hundred times as large as its text.
 */
export async function loadGrammar(): Promise<Grammar> {
  const { loadModule, parseSync, SqlError } = await import("libpg-query");
  await loadModule();
  return {
    parse(statement) {
      try {
        return parseSync(statement).stmts?.[0]?.stmt;
      } catch (error) {
        if (error instanceof SqlError) return undefined;
        throw error;
      }
    },
  };
}
