import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { ToolError } from "../lib/error.ts";

/** An addon inside the executable. */
interface Addon {
  /** Identifies its content. */
  readonly hash: string;
  readonly bytes: number;
  /** Its path inside the executable. */
  readonly path: string;
}

/**
 * Returns the addon's exports.
 *
 * The system loads libraries only from files, so the addon is unpacked once: into a folder of our
 * own in which nobody else can write, below folders in which nobody else can move it. Bun would
 * unpack it itself, but only into the temporary folder, unprotected, where a host may refuse to run
 * anything.
 */
export function openAddon(addon: Addon): unknown {
  return opened ??= openSomewhere(addon); // the library calls it twice
}

let opened: unknown;

function openSomewhere(addon: Addon): unknown {
  const refused: string[] = [];
  for (const { base, name } of places()) {
    try {
      return open(addon, safeFolder(base, name));
    } catch (error) {
      refused.push(`  ${base}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new ToolError(
    "database/unreachable",
    "Cannot load SQLite's library: there is no folder to unpack it into",
    {
      detail: refused.join("\n"),
      hint:
        "Set TMPDIR to a folder that only you can write to, not mounted noexec, with ten megabytes free",
    },
  );
}

interface Place {
  readonly base: string;
  /** The name of our folder in it. */
  readonly name: string;
}

/**
 * Returns where to unpack, the usual place first: the others are for hosts that forbid running
 * anything there.
 */
function* places(): Generator<Place> {
  const { TMPDIR, TEMP, XDG_CACHE_HOME, HOME, XDG_RUNTIME_DIR } = process.env;
  const user = process.geteuid?.();
  if (user === undefined) return yield { base: TEMP ?? ".", name: "migrate" };
  const cache = XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
  const seen = new Set<string>();
  for (const base of [TMPDIR, "/tmp", cache, XDG_RUNTIME_DIR, "/var/tmp", "/dev/shm"]) {
    if (!base || seen.has(base)) continue;
    seen.add(base);
    yield { base, name: `migrate-${user}` };
  }
}

/**
 * Returns a folder below `base` that is ours alone. If somebody else has put something in its
 * place, a new one: its name ends with a dot and random letters.
 *
 * @throws {Error} If others could replace it, or it cannot be created.
 */
function safeFolder(base: string, name: string): string {
  const user = process.geteuid?.();
  const at = realpathSync(base);
  if (user === undefined) {
    mkdirSync(join(at, name), { recursive: true });
    return join(at, name);
  }
  for (let folder = at;; folder = dirname(folder)) {
    const { uid, mode } = statSync(folder);
    const sticky = (mode & 0o1000) !== 0;
    if (uid !== user && uid !== 0) throw new Error(`${folder} belongs to another user`);
    if ((mode & 0o022) !== 0 && !sticky) throw new Error(`others can write to ${folder}`);
    if (folder === dirname(folder)) break;
  }
  const wanted = join(at, name);
  const found = lstatSync(wanted, { throwIfNoEntry: false });
  if (found === undefined) mkdirSync(wanted, { mode: 0o700 });
  else if (!found.isDirectory() || found.uid !== user || (found.mode & 0o022) !== 0) {
    return mkdtempSync(`${wanted}.`);
  }
  return wanted;
}

function open(addon: Addon, folder: string): unknown {
  const path = join(folder, `${addon.hash}.node`);
  const found = lstatSync(path, { throwIfNoEntry: false });
  const user = process.geteuid?.() ?? found?.uid;
  try {
    // A file that is incomplete, or not ours, is rewritten.
    if (!found?.isFile() || found.uid !== user || found.size !== addon.bytes) unpack(addon, path);
    const module = { exports: {} };
    process.dlopen(module, path);
    return module.exports;
  } finally {
    // Once loaded, the addon no longer needs its file; a folder that only this run knows would
    // never be used again.
    if (/\.\w{6}$/.test(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

/** Readers see all of it or nothing. */
function unpack({ path: inside }: Addon, path: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, readFileSync(inside), { flag: "wx", mode: 0o600 });
    rmSync(path, { recursive: true, force: true });
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
