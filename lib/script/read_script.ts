import { parseModuleHeader } from "./module_header.ts";
import { readBeginning, readText } from "./read_text.ts";
import type { ScriptFile } from "./script_file.ts";
import { parseSqlHeader } from "./sql_header.ts";

/**
 * Returns the header of the revision file at `path`. Of a large `.sql` file only the beginning is read.
 *
 * @throws {ToolError} `script/header`, `script/missing` or `script/syntax`, naming the file.
 */
export function readScript(path: string): ScriptFile {
  return path.endsWith(".sql")
    ? parseSqlHeader(readBeginning(path, /migrate:up/i), path)
    : parseModuleHeader(readText(path), path);
}

/** Like {@linkcode readScript}, with the file's text at hand. */
export function parseScript(text: string, path: string): ScriptFile {
  return path.endsWith(".sql") ? parseSqlHeader(text, path) : parseModuleHeader(text, path);
}
