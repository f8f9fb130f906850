import type { ScriptFormat } from "../script_file.ts";

/** What `deno fmt` keeps a line to, by this project's own setting. */
const width = 100;

/**
 * Returns the import of a new revision, as `deno fmt` leaves it.
 *
 * @param names Those that are used as values; TypeScript imports the type of its argument besides.
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

/** Whatever the case of their letters. */
function byName(a: string, b: string): number {
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

function sortKey(name: string): string {
  return name.replace("type ", "").toLowerCase();
}
