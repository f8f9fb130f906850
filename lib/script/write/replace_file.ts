import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../../error.ts";
import { systemReason } from "./system_reason.ts";

/**
 * Makes `text` what the file at `path` holds, and says whether it was something else before. Whoever looks
 * sees the old text or the new one.
 *
 * @throws {ToolError} `script/failed` if it cannot be written; it stays as it is.
 */
export function replaceFile(path: string, text: string): boolean {
  try {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    // A link stays one.
    const target = mode === undefined ? path : realpathSync(path);
    if (mode !== undefined && readFileSync(target, "utf8") === text) return false;
    const draft = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}`);
    try {
      writeFileSync(draft, text);
      if (mode !== undefined) chmodSync(draft, mode);
      renameSync(draft, target);
    } finally {
      rmSync(draft, { force: true });
    }
    return true;
  } catch (cause) {
    throw new ToolError(
      "script/failed",
      `Cannot write "${basename(path)}": ${systemReason(cause)}`,
      { file: path, cause },
    );
  }
}
