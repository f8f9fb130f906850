import { parseModuleHeader } from "./header/parse_module_header.ts";
import { refuseConflict } from "./refuse_conflict.ts";
import { readBeginning, readText } from "./read_text.ts";
import type { ScriptFile } from "./script_file.ts";
import { parseSqlHeader } from "./header/parse_sql_header.ts";

/**
 * Returns the header of the revision file at `path`. For a large `.sql` file, only the beginning is
 * read.
 *
 * @throws {ToolError} `script/header`, `script/missing` or `script/syntax`, naming the file.
 */
export function readScript(path: string): ScriptFile {
  if (!path.endsWith(".sql")) {
    const text = readText(path);
    refuseConflict(text, path);
    return { ...parseModuleHeader(text, path), text };
  }
  const { text, isWhole } = readBeginning(path, /migrate:up/i);
  refuseConflict(text, path);
  const file = parseSqlHeader(text, path);
  return isWhole ? { ...file, text } : file;
}

/** Like {@linkcode readScript}, with the file's text at hand. */
export function parseScript(text: string, path: string): ScriptFile {
  return path.endsWith(".sql") ? parseSqlHeader(text, path) : parseModuleHeader(text, path);
}
