import type { Token } from "../../sql/token.ts";
import { type HeaderKey, sqlHeaderLines } from "../header/sql_header_lines.ts";
import type { ScriptFile } from "../script_file.ts";

/**
 * Returns what the header of a `.sql` file, which is all comments, says about what is done, in an
 * order that does not depend on that of its lines. The message and the date say nothing about it.
 */
export function headerTokens(file: ScriptFile, source: string): readonly Token[] {
  const { revision, transactional, timeouts = {} } = file;
  const { id, downRevisions, dependsOn, branchLabels } = revision;
  const list = (of: readonly string[]) => of.length === 0 ? undefined : of;
  const said: readonly (readonly [HeaderKey, unknown])[] = [
    ["revision", id],
    ["down_revision", downRevisions],
    ["depends_on", list(dependsOn)],
    ["branch_labels", list(branchLabels)],
    ["transaction", transactional ? undefined : false],
    ["statement_timeout", timeouts.statement],
    ["idle_in_transaction", timeouts.idleInTransaction],
  ];
  const lines = lineNumbers(source, file.path);
  return said.flatMap(([key, value]) =>
    value === undefined ? [] : [{ text: `${key}: ${JSON.stringify(value)}`, line: lines.get(key) }]
  );
}

/** Returns the same as the second version of the algorithm saw it: without timeouts, on one line. */
export function secondHeaderTokens(file: ScriptFile): readonly Token[] {
  const { revision: { id, downRevisions, dependsOn, branchLabels }, transactional } = file;
  const text = JSON.stringify([id, downRevisions, dependsOn, branchLabels, transactional]);
  return [{ text, line: 1 }];
}

function lineNumbers(source: string, path: string): ReadonlyMap<HeaderKey, number> {
  const found = new Map<HeaderKey, number>();
  let [line, seen] = [1, 0];
  for (const [key, { offset }] of sqlHeaderLines(source, path).values) {
    line += source.slice(seen, offset).split("\n").length - 1;
    seen = offset;
    found.set(key, line);
  }
  return found;
}
