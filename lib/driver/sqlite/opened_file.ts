import { type BigIntStats, statSync } from "node:fs";
import { ToolError } from "../../error.ts";

/**
 * The file that was at a path when it was opened. A script that restores a backup may put another in
 * its place, which SQLite does not notice: it would go on to write to the earlier one.
 */
export class OpenedFile {
  readonly #path: string;
  readonly #found: BigIntStats | undefined;

  /** To be made when the file is open. A database in memory has none. */
  constructor(path: string) {
    this.#path = path;
    this.#found = path === ":memory:" ? undefined : statistics(path);
  }

  /** Some file systems of Windows number no files: there, nothing can be told. */
  get isReplaced(): boolean {
    if (!this.#found?.ino) return false;
    const now = statistics(this.#path);
    return now?.ino !== this.#found.ino || now.dev !== this.#found.dev;
  }

  /** @throws {ToolError} `database/failed` if another file, or none, is at the path now. */
  expectInPlace(): void {
    if (this.isReplaced) throw this.replaced();
  }

  replaced(cause?: unknown): ToolError {
    return new ToolError(
      "database/failed",
      `Cannot commit: the file "${this.#path}" was moved or replaced while it was open`,
      {
        hint: "See what else works on the file, and run the command again when it has ended",
        cause,
      },
    );
  }
}

function statistics(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}
