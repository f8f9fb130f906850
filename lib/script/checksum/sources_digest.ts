import { statSync } from "node:fs";
import { newDigest } from "../../digest.ts";
import { importedFiles, mayImport } from "./imported_files.ts";
import { readByteChunks } from "../read_chunks.ts";
import { readText } from "../read_text.ts";
import type { ScriptFile } from "../script_file.ts";

/** Of a larger file, the digest takes the place of the text, so that it is never held in memory. */
const mostHeld = 2 ** 20;

/** Texts are hashed in batches: a call for each would take longer than reading it. */
const together = 256;

/**
 * Returns a digest that changes when any of `files`, or anything that they import, is changed in
 * any way. It usually matches the recorded one, and then no single file has to be checked.
 */
export function sourcesDigest(files: Iterable<ScriptFile>): string {
  const hash = newDigest("sha256");
  const shared = new Map<string, string>();
  const readShared = (path: string) => {
    const text = shared.get(path) ?? readText(path);
    shared.set(path, text);
    return text;
  };
  let texts: string[] = [];
  for (const file of files) {
    const own = textOf(file);
    texts.push(file.revision.id, own);
    if (file.format !== "sql" && mayImport.test(own)) {
      const read = (path: string) => path === file.path ? own : readShared(path);
      for (const path of importedFiles(file.path, read)) texts.push(readShared(path));
    }
    if (texts.length < together) continue;
    hash.update(texts.join("\0"));
    texts = [];
  }
  hash.update(texts.join("\0"));
  return hash.digest("hex");
}

function textOf({ path, text }: ScriptFile): string {
  if (text !== undefined) return text;
  return statSync(path).size > mostHeld ? digestOf(path) : readText(path);
}

function digestOf(path: string): string {
  const hash = newDigest("sha256");
  for (const bytes of readByteChunks(path)) hash.update(bytes);
  return hash.digest("hex");
}
