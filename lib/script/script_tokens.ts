import { statSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import type { ScriptGrammar } from "../sql/script_piece.ts";
import { sqlTokens } from "../sql/sql_tokens.ts";
import type { Token } from "../sql/token.ts";
import { importedFiles } from "./imported_files.ts";
import { moduleTokens } from "./module_tokens.ts";
import { readText } from "./read_text.ts";
import type { ScriptFile } from "./script_file.ts";

/** A file that makes up a revision: its own, or one that it imports. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  /** As it is seen from the revision's file; of that itself, empty. */
  readonly name: string;
  text(): string;
}

/** A larger file is never held, and what it says not told. */
const mostHeld = 2 ** 20;

/** Returns the files that `file` is made of, its own first; none if that is too large to be held. */
export function sourcesOf({ path, text }: ScriptFile): readonly Source[] {
  if (text === undefined && statSync(path).size > mostHeld) return [];
  const known = new Map(text === undefined ? [] : [[path, text]]);
  const read = (file: string) => {
    const found = known.get(file) ?? readText(file);
    known.set(file, found);
    return found;
  };
  const others = importedFiles(path, read).map((it) => ({
    path: it,
    name: relative(dirname(path), it).replaceAll(sep, "/"),
    text: () => read(it),
  }));
  return [{ path, name: "", text: () => read(path) }, ...others];
}

/**
 * Returns what `source`, a part of `file`, says. A `.sql` file's header is all comments: what it says
 * of the revision's place, and of transactions, comes first.
 */
export function tokensOf(
  source: Source,
  file: ScriptFile,
  grammar: ScriptGrammar,
): readonly Token[] | undefined {
  if (!source.path.endsWith(".sql")) return moduleTokens(source.text());
  const { revision: { id, downRevisions, dependsOn, branchLabels }, transactional } = file;
  const header = JSON.stringify([id, downRevisions, dependsOn, branchLabels, transactional]);
  const body = sqlTokens(source.text(), grammar);
  return body && [{ text: header, line: 1 }, ...body];
}
