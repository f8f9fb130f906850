import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Env } from "../database/env.ts";
import { systemCode, ToolError } from "../error.ts";

/** Which files to read: those asked for, else the `.env` in `root`, if there is one. */
export interface EnvFiles {
  readonly cwd: string;
  readonly root: string;
  readonly envFiles: readonly string[];
}

/**
 * Returns the variables in the files; of a repeated name, the last.
 *
 * @throws {ToolError} `config/invalid` if a file that was asked for cannot be read.
 */
export async function readEnvFiles({ cwd, root, envFiles }: EnvFiles): Promise<Env> {
  const texts = envFiles.length === 0
    ? [read(join(root, ".env"), { optional: true })]
    : envFiles.map((it) => read(resolve(cwd, it), { optional: false }));
  if (texts.every((it) => it === "")) return {};
  // Loading it takes a millisecond that a project without such a file need not spend.
  const { parseEnv } = await import("node:util");
  return Object.assign({}, ...texts.map((it) => parseEnv(it)));
}

function read(path: string, { optional }: { readonly optional: boolean }): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const code = systemCode(cause);
    if (optional && (code === "ENOENT" || code === "EISDIR")) return "";
    const found = code === "ENOENT"
      ? "no such file"
      : code === "EISDIR"
      ? "it is a directory"
      : code === "EACCES"
      ? "permission denied"
      : `${cause}`;
    throw new ToolError("config/invalid", `Cannot read the environment file "${path}": ${found}`, {
      file: path,
      hint: optional
        ? "Make it readable, or name another with --env-file"
        : "Check the path given with --env-file",
      cause,
    });
  }
}
