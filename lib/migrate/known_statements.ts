import type { Work } from "../plan/plan.ts";
import { openSection } from "../script/open_section.ts";
import type { Location } from "../sql/statement.ts";

/** A statement of a plan, with its place in the user's file. */
export interface KnownStatement {
  readonly sql: string;
  readonly at?: Location | undefined;
}

/**
 * Yields the statements of `work` that are known before it runs, COPY without its data; those of a
 * large section are read from its file as they are consumed. Code and operations that are compiled
 * when their turn comes have none.
 *
 * @throws {ToolError} `script/syntax`, with file and line, for a section that no database could
 *   read.
 */
export function* knownStatements(work: Work): Generator<KnownStatement, void> {
  switch (work.kind) {
    case "statement":
    case "copy":
      yield { sql: work.statement.sql, at: work.at };
      return;
    case "section":
      for (const piece of openSection(work.section)) {
        if (piece.kind !== "statement" && piece.kind !== "copy") continue;
        yield { sql: piece.sql, at: { file: work.section.path, line: piece.line } };
      }
      return;
    case "body":
    case "deferred":
      return;
  }
}
