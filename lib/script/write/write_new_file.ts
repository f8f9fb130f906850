import { linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { systemCode, ToolError } from "../../error.ts";
import { systemReason } from "./system_reason.ts";

/**
 * Writes a file that must not exist yet, creating its folders. Readers see all of it or nothing.
 *
 * @throws {ToolError} `script/exists` if a file of this name exists; it is left alone. `script/failed` if the
 * system refuses to write it.
 */
export function writeNewFile(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(draft, text, { flag: "wx" });
      publish(draft, path, text);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (cause) {
    throw notWritten(path, cause);
  }
}

/** A link, unlike a rename, never replaces a file; some file systems have no links. */
function publish(draft: string, path: string, text: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"].includes(systemCode(error) ?? "")) {
      throw error;
    }
    writeWhole(path, text);
  }
}

/** A file that does not fit on the disk is there all the same, in part. */
function writeWhole(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    if (systemCode(error) !== "EEXIST") rmSync(path, { force: true });
    throw error;
  }
}

/** Returns the error for a file or a folder that the system does not let us create. */
export function notWritten(path: string, cause: unknown): ToolError {
  const name = basename(path);
  if (systemCode(cause) === "EEXIST") {
    return new ToolError(
      "script/exists",
      `Cannot write "${name}": a file of that name already exists`,
      {
        file: path,
        hint: "Use another message, or put %(rev)s into file_template",
      },
    );
  }
  return new ToolError("script/failed", `Cannot write "${name}": ${systemReason(cause)}`, {
    file: path,
    hint: "Check who owns its folder, and that its disk has free space",
    cause,
  });
}
