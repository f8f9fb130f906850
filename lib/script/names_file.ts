import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Says whether `text` is a path, by its looks or because something is there. */
export function namesFile(text: string, cwd: string): boolean {
  return /[/\\]|\.(?:sql|[cm]?[jt]sx?)$/.test(text) || existsSync(resolve(cwd, text));
}
