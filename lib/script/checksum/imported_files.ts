import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Returns the files that the module at `path` imports by relative paths, directly or indirectly,
 * sorted; never the module itself.
 */
export function importedFiles(
  path: string,
  read: (path: string) => string,
): readonly string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (!/\.[jt]s$/.test(file)) return;
    const text = read(file);
    if (!mayImport.test(text)) return;
    for (const [, specifier = ""] of text.matchAll(relativeImport)) {
      const imported = resolve(join(dirname(file), specifier));
      if (imported === undefined || imported === path || found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(path);
  return [...found].sort();
}

/**
 * Matches in any module that imports a file of the project. Most of the many revisions import none.
 */
export const mayImport = /["']\.{1,2}\//;
/** Imports in comments count, too: they never hide a change. */
const relativeImport = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g;

/** Returns the file that an import of `path` resolves to; `undefined` if there is none. */
function resolve(path: string): string | undefined {
  const candidates = [path, `${path}.ts`, `${path}.js`, path.replace(/\.js$/, ".ts")];
  return [...candidates, join(path, "index.ts"), join(path, "index.js")]
    .find((it) => statSync(it, { throwIfNoEntry: false })?.isFile());
}
