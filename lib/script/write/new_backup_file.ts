import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { systemCode, ToolError } from "../../error.ts";
import { systemReason } from "./system_reason.ts";

/** A new file that is deleted when it is disposed of, unless it is kept. */
export interface NewFile extends AsyncDisposable {
  /** Where to write it: the name says that it is not complete, whatever becomes of this process. */
  readonly path: string;
  /** Gives it its own name, on the disk, and returns where it is then. */
  keep(): string;
}

/**
 * Creates an empty file that becomes `path`, or one beside it if that exists, readable by its owner
 * alone; creates the folder, too, if necessary.
 *
 * @throws {ToolError} `backup/failed` if it cannot be created.
 */
export async function newBackupFile(path: string): Promise<NewFile> {
  const wanted = makeFile(path);
  const made = partial(wanted);
  let kept = false;
  return {
    path: made,
    keep: () => {
      const descriptor = openSync(made, "r+");
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(made, wanted);
      kept = true;
      return wanted;
    },
    [Symbol.asyncDispose]: async () => {
      if (kept) return;
      // On a full disk, SQLite leaves its journal, too.
      for (const it of ["", "-journal", "-wal", "-shm"]) rmSync(`${made}${it}`, { force: true });
    },
  };
}

function partial(path: string): string {
  return `${path}.partial`;
}

/** Returns the name of the file that was made, as it will be. */
function makeFile(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw notMade(dirname(path), cause);
  }
  for (let number = 1;; number++) {
    const tried = number === 1 ? path : path.replace(/(\.\w+)$/, `_${number}$1`);
    if (existsSync(tried)) continue;
    try {
      closeSync(openSync(partial(tried), "wx", 0o600));
      return tried;
    } catch (cause) {
      if (systemCode(cause) === "EEXIST" && number < 100) continue;
      throw notMade(tried, cause);
    }
  }
}

function notMade(path: string, cause: unknown): ToolError {
  const found = systemReason(cause);
  return new ToolError("backup/failed", `Cannot save the database to "${path}": ${found}`, {
    file: path,
    hint: "Give a writable folder with --backup=DIR",
    cause,
  });
}
