import type { Node } from "libpg-query";

/** PostgreSQL's own grammar. It is that of release 18, whatever the server is. */
export interface Grammar {
  /**
   * Returns the tree of one statement, or undefined for what release 18 can't read: that is for the
   * server to say, which may be newer.
   */
  parse(statement: string): Node | undefined;
}

/**
 * Loads the grammar: 30 ms and a few megabytes, which most runs need not spend. Ask only about what a
 * cheaper look has found to be worth asking, and a statement at a time: a tree is a hundred times as
 * large as its text.
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
