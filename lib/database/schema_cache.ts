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
import type { Unread } from "../dialect/dialect.ts";
import { sha256 } from "../digest.ts";
import type { Schema } from "../schema/schema.ts";
import type { Env } from "./env.ts";

/** A cached schema, as the server describes it. */
export interface CachedSchema {
  readonly schema: Schema;
  readonly schemas: readonly string[];
  readonly unread: readonly Unread[];
  readonly serverVersion: string;
}

/** The limits of the cache; the least recently used files are removed first. */
const mostBytes = 64 * 2 ** 20;
const mostFiles = 100;

/**
 * Schemas that took long to determine, in files in the user's cache directory, named by what they were
 * made from. Nothing depends on the cache: an entry that is missing or damaged is made again, and one
 * that cannot be written is not kept.
 */
export class SchemaCache {
  /** Absent: there is no directory for it. */
  readonly #folder: string | undefined;

  constructor(env: Env) {
    this.#folder = cacheFolder(env);
  }

  /** @param from Everything that the schema is made from. */
  read(from: readonly string[]): CachedSchema | undefined {
    return this.#quietly((folder) => {
      const path = join(folder, nameOf(from));
      const [sum, ...rest] = readFileSync(path, "utf8").split("\n");
      const text = rest.join("\n");
      if (sum !== sha256(text)) return undefined;
      const now = new Date();
      utimesSync(path, now, now);
      // Calling a function for every value takes longer than everything else.
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

/** https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is ignored. */
function cacheFolder(env: Env): string | undefined {
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
