import { newDigest, sha256 } from "../../digest.ts";
import type { ScriptGrammar } from "../../sql/splitter/script_piece.ts";
import { readChunks } from "../read_chunks.ts";
import type { ScriptFile } from "../script_file.ts";
import { type Source, sourcesOf } from "./sources.ts";

/** What became of a revision's file since it was recorded. */
export type Verdict =
  | "same"
  /** Only white space and comments, line ends and byte order marks differ. */
  | "cosmetic"
  | "semantic";

/**
 * Returns what tells whether a revision file, or a file that it imports by a relative path, was
 * changed: the version of this algorithm, the SHA-256 of their texts, and that of what they say: `2:…:…`.
 *
 * The first is of the texts with Unix line ends and without a byte order mark, since a checkout may
 * change these; for a file that imports nothing it is what `sha256sum` prints. The second is of their
 * tokens, without the white space and the comments between them; `-` where these cannot be told.
 *
 * @param sources What `file` is made of.
 */
export function checksum(file: ScriptFile, sources: readonly Source[]): string {
  return `2:${textDigest(file, sources)}:${saidDigest(sources)}`;
}

/** Returns how `file` differs from the one whose checksum, by this algorithm or an older one, is `recorded`. */
export function verdict(file: ScriptFile, recorded: string, grammar: ScriptGrammar): Verdict {
  const [version, text, said] = recorded.split(":");
  if (version !== "1" && version !== "2") return "same"; // a later version of this tool could tell
  const sources = sourcesOf(file, grammar);
  if (text === textDigest(file, sources)) return "same";
  if (version !== "2" || said === "-") return "semantic";
  return said === saidDigest(sources) ? "cosmetic" : "semantic";
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
