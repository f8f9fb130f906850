import type { ScriptFormat } from "../script_file.ts";

/** The line width of `deno fmt` in this project's own configuration. */
const width = 100;

/**
 * Returns the import of a new revision, formatted as by `deno fmt`.
 *
 * @param names The names used as values; in TypeScript, the type of the argument is imported as
 *   well.
 */
export function importLines(names: readonly string[], format: ScriptFormat): readonly string[] {
  if (format === "sql") return [];
  if (format === "ts" && names.length === 0) return ['import type { Operations } from "migrate";'];
  if (names.length === 0) return [];
  const all = [...names, ...format === "ts" ? ["type Operations"] : []].sort(byName);
  const line = `import { ${all.join(", ")} } from "migrate";`;
  return line.length <= width
    ? [line]
    : ["import {", ...all.map((it) => `  ${it},`), '} from "migrate";'];
}

/** Sorts case-insensitively. */
function byName(a: string, b: string): number {
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

function sortKey(name: string): string {
  return name.replace("type ", "").toLowerCase();
}
