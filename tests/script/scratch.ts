import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder, removed when the test ends. */
export interface Scratch extends Disposable {
  /** Absolute, and real. */
  readonly root: string;
  path(name: string): string;
  write(name: string, content: string | Uint8Array): string;
}

/** Returns a new folder with `files` in it, by their names. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): Scratch {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "migrate-test-")));
  const path = (name: string) => join(root, name);
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
    return path(name);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    root,
    path,
    write,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
