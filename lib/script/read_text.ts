import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { basename } from "node:path";
import { systemCode, ToolError } from "../error.ts";

/**
 * Returns the text of the file at `path`, without a byte order mark.
 *
 * @throws {ToolError} `script/missing` if it cannot be read, `script/syntax` if it is not UTF-8 text.
 */
export function readText(path: string): string {
  const bytes = readBytes(path, beginning);
  return decodeText(bytes.length < beginning.length ? bytes : readBytes(path), path);
}

/**
 * Returns the beginning of the file at `path`: whole lines, as many as needed to include a match of
 * `until`, but no more than a megabyte. A file of a few kilobytes is returned whole.
 */
export function readBeginning(
  path: string,
  until: RegExp,
): { readonly text: string; readonly isWhole: boolean } {
  const bytes = readBytes(path, beginning);
  const text = decodeText(wholeLines(bytes, beginning), path);
  const isWhole = bytes.length < beginning.length;
  if (isWhole || until.test(text)) return { text, isWhole };
  const megabyte = new Uint8Array(2 ** 20);
  return {
    text: decodeText(wholeLines(readBytes(path, megabyte), megabyte), path),
    isWhole: false,
  };
}

/** Decodes `bytes`, read from `path`, as UTF-8. */
export function decodeText(bytes: Uint8Array, path: string): string {
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw notText("it is not UTF-8", path);
  }
  if (text.includes("\0")) throw notText("it has a NUL byte", path);
  return text;
}

/** Returns the error for a file that the system does not let us read. */
export function unreadable(path: string, cause: unknown, hint = repair): ToolError {
  // What cannot be decoded in a name is replaced by this character, and there is no such file.
  if (systemCode(cause) === "ENOENT" && basename(path).includes("\ufffd")) {
    return new ToolError(
      "script/missing",
      `Cannot read "${basename(path)}": its name is not UTF-8`,
      {
        file: path,
        hint: "Rename it; it is one of those that ls -b shows with a backslash",
        cause,
      },
    );
  }
  const found = reasons[systemCode(cause) ?? ""] ??
    (cause instanceof Error ? cause.message : String(cause));
  return new ToolError("script/missing", `Cannot read "${basename(path)}": ${found}`, {
    file: path,
    hint,
    cause,
  });
}

const repair =
  "Fix or delete it: every file that the project names, or that is in the version locations, must be readable";

/** Returns the error for a file that is not text. */
export function notText(found: string, path: string): ToolError {
  return new ToolError("script/syntax", `Cannot read "${basename(path)}": ${found}`, {
    file: path,
    hint: "Save it as text in UTF-8",
  });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EISDIR: "it is a directory",
  ELOOP: "its symbolic links form a loop",
  ENOENT: "no such file",
};

/** Most revision files fit into it, which saves a system call per file over `readFileSync`. */
const beginning = new Uint8Array(8192);
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Returns as much of the file at `path` as fits into `buffer`, or all of it without one. */
function readBytes(path: string, buffer?: Uint8Array): Uint8Array {
  try {
    if (buffer === undefined) return readFileSync(path);
    const descriptor = openSync(path, "r");
    try {
      return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Returns `bytes` up to the last line end if they fill `buffer`: their last character may be
 * incomplete.
 */
function wholeLines(bytes: Uint8Array, buffer: Uint8Array): Uint8Array {
  return bytes.length < buffer.length ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1);
}
