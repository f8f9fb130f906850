import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Returns whether `text` is a path: it looks like one, or something exists there. */
export function namesFile(text: string, cwd: string): boolean {
  return /[/\\]|\.(?:sql|[cm]?[jt]sx?)$/.test(text) || existsSync(resolve(cwd, text));
}
