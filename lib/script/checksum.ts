import { createHash, hash as hashOf } from "node:crypto";
import { statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { readChunks } from "./read_chunks.ts";
import { readText } from "./read_text.ts";

/**
 * Returns what tells whether a revision file, or a file that it imports by a relative path,
 * was changed: `1:` and the SHA-256 of their texts. Line ends and a byte order mark make no difference,
 * since a checkout may change them. For a file that imports nothing it is what `sha256sum` prints.
 */
export function checksum(
  { path, text }: { readonly path: string; readonly text?: string },
): string {
  if (text !== undefined) return `1:${hashOf("sha256", text.replaceAll("\r\n", "\n"), "hex")}`;
  const hash = createHash("sha256");
  for (const file of [path, ...importsOf(path)]) {
    if (file !== path) hash.update(`\n${relative(dirname(path), file).replaceAll(sep, "/")}\n`);
    for (const text of withUnixLineEnds(readChunks(file))) hash.update(text);
  }
  return `1:${hash.digest("hex")}`;
}

/** Returns the files that the module at `path` imports, and those that they import, sorted. */
function importsOf(path: string): readonly string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (!/\.[jt]s$/.test(file)) return;
    for (const [, specifier = ""] of readText(file).matchAll(relativeImport)) {
      const imported = resolve(join(dirname(file), specifier));
      if (imported === undefined || imported === path || found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(path);
  return [...found].sort();
}

/** What a comment imports is counted as well: that makes the answer no less certain. */
const relativeImport = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g;

/** Returns the file that `path`, as an import writes it, stands for; `undefined` if there is none. */
function resolve(path: string): string | undefined {
  const candidates = [path, `${path}.ts`, `${path}.js`, path.replace(/\.js$/, ".ts")];
  return [...candidates, join(path, "index.ts"), join(path, "index.js")]
    .find((it) => statSync(it, { throwIfNoEntry: false })?.isFile());
}

function* withUnixLineEnds(chunks: Iterable<string>): Iterable<string> {
  let held = "";
  for (const chunk of chunks) {
    const text = held + chunk;
    held = text.endsWith("\r") ? "\r" : "";
    yield (held === "" ? text : text.slice(0, -1)).replaceAll("\r\n", "\n");
  }
  yield held;
}
