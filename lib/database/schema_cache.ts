import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { isAbsolute, join } from "node:path";
import process from "node:process";
import { sha256 } from "../digest.ts";
import type { Schema } from "../schema/schema.ts";

/** What is kept: a schema, as a server spells it. */
export interface CachedSchema {
  readonly schema: Schema;
  readonly unread: readonly string[];
  readonly serverVersion: string;
}

/** More than this is not kept, the least recently used goes first. */
const mostBytes = 64 * 2 ** 20;
const mostFiles = 100;

/**
 * Schemas that took long to be had, in files in the user's cache folder, by what they were made from.
 * Nothing depends on it: what is not there, or not whole, is made anew, and what cannot be written is not
 * kept.
 */
export class SchemaCache {
  /** Absent: there is no place for it. */
  readonly #folder: string | undefined;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#folder = cacheFolder(env);
  }

  /** @param from All that it is made from. */
  read(from: readonly string[]): CachedSchema | undefined {
    return this.#quietly((folder) => {
      const path = join(folder, nameOf(from));
      const [sum, ...rest] = readFileSync(path, "utf8").split("\n");
      const text = rest.join("\n");
      if (sum !== sha256(text)) return undefined;
      const now = new Date();
      utimesSync(path, now, now);
      // A function that is called for every value takes longer than all the rest.
      return text.includes('{"bigint":')
        ? JSON.parse(text, (_, it: unknown) => isBigint(it) ? BigInt(it.bigint) : it)
        : JSON.parse(text);
    });
  }

  write(from: readonly string[], cached: CachedSchema): void {
    this.#quietly((folder) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const text = JSON.stringify(
        cached,
        (_, it: unknown) => typeof it === "bigint" ? { bigint: String(it) } : it,
      );
      const path = join(folder, nameOf(from));
      const aside = `${path}.${process.pid}`;
      writeFileSync(aside, `${sha256(text)}\n${text}`, { mode: 0o600 });
      renameSync(aside, path);
      prune(folder);
    });
  }

  #quietly<Result>(action: (folder: string) => Result): Result | undefined {
    try {
      return this.#folder === undefined ? undefined : action(this.#folder);
    } catch {
      return undefined;
    }
  }
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute does not count. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = env["HOME"];
  const bases = [
    env["XDG_CACHE_HOME"],
    env["LOCALAPPDATA"],
    home === undefined ? undefined : join(home, ".cache"),
  ];
  const base = bases.find((it) => it !== undefined && isAbsolute(it));
  return base === undefined ? undefined : join(base, "migrate", "schemas");
}

function nameOf(from: readonly string[]): string {
  return `${sha256(JSON.stringify(from))}.json`;
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const { size, mtimeMs } = statSync(path);
    return { path, size, mtimeMs };
  }).sort((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  for (const [at, { path, size }] of files.entries()) {
    bytes += size;
    if (at >= mostFiles || bytes > mostBytes) rmSync(path, { force: true });
  }
}

function isBigint(value: unknown): value is { readonly bigint: string } {
  return typeof value === "object" && value !== null && "bigint" in value &&
    typeof value.bigint === "string" && Object.keys(value).length === 1;
}
