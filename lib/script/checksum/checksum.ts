import { newDigest, sha256 } from "../../digest.ts";
import type { ScriptGrammar } from "../../sql/splitter/script_piece.ts";
import { readChunks } from "../read_chunks.ts";
import type { ScriptFile } from "../script_file.ts";
import { type Algorithm, type Source, sourcesOf } from "./sources.ts";

/** How a revision's file compares with what was recorded. */
export type Verdict =
  | "same"
  /** Only white space, comments, line endings or byte order marks differ. */
  | "cosmetic"
  | "semantic";

/**
 * Returns the checksum that tells whether a revision file, or a file that it imports by a relative
 * path, was changed: `3:…:…`, the version of this algorithm, the SHA-256 of the texts, and the
 * SHA-256 of the tokens.
 *
 * The texts are hashed with Unix line endings and without a byte order mark, since a checkout may
 * change these; for a file that imports nothing, that digest is what `sha256sum` prints. The tokens
 * are hashed without the white space and comments between them; `-` if a file cannot be tokenized.
 *
 * @param sources The files that `file` is made of.
 */
export function checksum(file: ScriptFile, sources: readonly Source[]): string {
  return `3:${textDigest(file, sources)}:${saidDigest(sources)}`;
}

/**
 * Returns how `file` differs from the one whose checksum, by this or an older algorithm, is
 * `recorded`.
 */
export function verdict(file: ScriptFile, recorded: string, grammar: ScriptGrammar): Verdict {
  const [version = "", text, said] = recorded.split(":");
  if (!/^[123]$/.test(version)) return "same"; // only a later version of this tool can tell
  const sources = sourcesOf(file, { grammar, algorithm: algorithmOf(recorded) });
  if (text === textDigest(file, sources)) return "same";
  if (version === "1" || said === "-") return "semantic";
  return said === saidDigest(sources) ? "cosmetic" : "semantic";
}

/** Returns the algorithm by which to read the tokens of a file whose checksum is `recorded`. */
export function algorithmOf(recorded: string): Algorithm {
  return recorded.startsWith("3:") ? "3" : "2";
}

function textDigest(file: ScriptFile, sources: readonly Source[]): string {
  const [own, ...others] = sources;
  if (own !== undefined && others.length === 0) {
    return sha256(unixLines(own.text()));
  }
  const hash = newDigest("sha256");
  const texts = own ? [unixLines(own.text())] : withUnixLineEnds(readChunks(file.path));
  for (const text of texts) hash.update(text);
  for (const { name, text } of others) hash.update(`\n${name}\n`).update(unixLines(text()));
  return hash.digest("hex");
}

function saidDigest(sources: readonly Source[]): string {
  const said: string[] = [];
  for (const source of sources) {
    const tokens = source.tokens();
    if (tokens === undefined) return "-";
    said.push(source.name);
    for (const { text } of tokens) said.push(text);
  }
  return said.length === 0 ? "-" : sha256(said.join("\0"));
}

function unixLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function* withUnixLineEnds(chunks: Iterable<string>): Iterable<string> {
  let held = "";
  for (const chunk of chunks) {
    const text = held + chunk;
    held = text.endsWith("\r") ? "\r" : "";
    yield unixLines(held === "" ? text : text.slice(0, -1));
  }
  yield held;
}
