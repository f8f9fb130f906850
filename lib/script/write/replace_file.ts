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
 * Writes `text` to the file at `path`, and returns whether that changed it. Readers see the old
 * text or the new one, never a mixture.
 *
 * @throws {ToolError} `script/failed` if it cannot be written; the file is unchanged then.
 */
export function replaceFile(path: string, text: string): boolean {
  try {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    // A symbolic link remains one.
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
