import { statSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import type { ScriptGrammar } from "../../sql/splitter/script_piece.ts";
import { sqlTokens } from "../../sql/sql_tokens.ts";
import type { Token } from "../../sql/token.ts";
import { headerTokens, secondHeaderTokens } from "./header_tokens.ts";
import { importedFiles } from "./imported_files.ts";
import { moduleTokens } from "./module_tokens.ts";
import { readText } from "../read_text.ts";
import type { ScriptFile } from "../script_file.ts";
import { scriptPieces } from "../script_pieces.ts";

/** A file that makes up a revision: its own, or one that it imports. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  /** The path relative to the revision's file; empty for that file itself. */
  readonly name: string;
  text(): string;
  /** Its tokens, without white space and comments; `undefined` if it cannot be tokenized. */
  tokens(): readonly Token[] | undefined;
}

/** Larger files are neither held in memory nor tokenized. */
const mostHeld = 2 ** 20;

/** How the files are tokenized. */
export interface SourceOptions {
  readonly grammar: ScriptGrammar;
  /** The version of the checksum that they are compared with; absent: the newest. */
  readonly algorithm?: Algorithm;
}

/** A version of the checksum that knows tokens. */
export type Algorithm = "2" | "3";

/**
 * Returns the files that `file` is made of, its own first; none if its own is too large to be held.
 */
export function sourcesOf(file: ScriptFile, options: SourceOptions): readonly Source[] {
  const { path, text } = file;
  if (text === undefined && statSync(path).size > mostHeld) return [];
  const known = new Map(text === undefined ? [] : [[path, text]]);
  const read = (path: string) => {
    const found = known.get(path) ?? readText(path);
    known.set(path, found);
    return found;
  };
  const source = (path: string, name: string): Source => {
    let said: { readonly tokens: readonly Token[] | undefined } | undefined;
    return {
      path,
      name,
      text: () => read(path),
      tokens: () => (said ??= { tokens: tokensOf(path) }).tokens,
    };
  };
  const tokensOf = (it: string) =>
    it === path && file.format === "sql"
      ? sqlTokensOf(file, { ...options, text: read(path) })
      : isModule.test(it)
      ? moduleTokens(read(it))
      : lineTokens(read(it));
  const others = importedFiles(path, read).map((it) =>
    source(it, relative(dirname(path), it).replaceAll(sep, "/"))
  );
  return [source(path, ""), ...others];
}

/** JSON is read as JavaScript. */
const isModule = /\.(?:[cm]?[jt]sx?|json)$/;

/** In a text imported with `{ type: "text" }`, every character counts. */
function lineTokens(text: string): readonly Token[] {
  return text.split(/\r?\n/).map((line, index) => ({ text: line, line: index + 1 }));
}

function sqlTokensOf(
  file: ScriptFile,
  { grammar, algorithm, text }: SourceOptions & { readonly text: string },
): readonly Token[] | undefined {
  const header = algorithm === "2" ? secondHeaderTokens(file) : headerTokens(file, text);
  try {
    return [...header, ...sqlTokens(scriptPieces(file, grammar), grammar)];
  } catch {
    return undefined; // not a script that a database could read
  }
}
