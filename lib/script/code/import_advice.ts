import { existsSync, readFileSync } from "node:fs";
import type { ToolError } from "../../error.ts";
import { didYouMean } from "../../sql/closest.ts";
import { migrateExports } from "./serve_migrate_module.ts";

/**
 * Returns `error`, for a module that could not be loaded or run, with a hint and the line if an import is
 * wrong or missing.
 */
export async function withImportAdvice(error: ToolError): Promise<ToolError> {
  const { message, facts } = error;
  for (const { pattern, hint, place } of mistakes) {
    const { name, from = facts.file } = pattern.exec(message)?.groups ?? {};
    if (name === undefined) continue;
    const advice = hint(name, await migrateExports()) || undefined;
    return error.with({ hint: advice, ...(facts.line === undefined && lineOf(place(name), from)) });
  }
  return error;
}

/** What Bun and Deno say of a wrong import, and how the source has it. */
const mistakes: readonly {
  readonly pattern: RegExp;
  readonly hint: (name: string, exported: readonly string[]) => string;
  readonly place: (name: string) => RegExp;
}[] = [
  {
    pattern:
      /(?:Export named|module 'migrate' does not provide an export named) '(?<name>[^']+)'(?= not found in module 'migrate'| at |$)/,
    hint: (name, exported) =>
      didYouMean(name, exported) || 'migrate.d.ts says what "migrate" exports',
    place: (name) => new RegExp(String.raw`(?<![\w$])${escaped(name)}(?![\w$])`),
  },
  {
    pattern:
      /(?:Cannot find (?:package|module)|Import) ['"](?<name>[^'"]+)['"] (?:not a dependency|(?:imported )?from '?(?<from>[^']+?)'?$)/,
    hint: (name) => didYouMean(name, ["migrate"]),
    place: (name) => new RegExp(`["']${escaped(name)}["']`),
  },
  {
    pattern: /: (?<name>[\w$]+) is not defined$/,
    hint: (name, exported) =>
      exported.includes(name)
        ? `Import it: import { ${name} } from "migrate";`
        : didYouMean(name, exported),
    place: (name) => new RegExp(String.raw`(?<![\w$])${escaped(name)}(?![\w$])`),
  },
];

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Returns where `file`, unless it has gone, has `place` first. */
function lineOf(place: RegExp, file: string | undefined): { file?: string; line?: number } {
  if (file === undefined || !existsSync(file)) return {};
  const text = readFileSync(file, "utf8");
  const at = text.search(place);
  return at < 0 ? { file } : { file, line: text.slice(0, at).split("\n").length };
}
