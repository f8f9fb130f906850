import { type Dirent, existsSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { sep } from "node:path";
import { unreadable } from "./read_text.ts";

/** Where revision files are looked for. */
export interface VersionLocations {
  /** Absolute, in the order that breaks ties between otherwise equal revisions. */
  readonly versionLocations: readonly string[];
  /** Whether their subfolders are searched, too. */
  readonly recursive: boolean;
}

/**
 * Returns the paths of all revision files: location by location, the files of each sorted by name,
 * then those in its subfolders. A file reached by several paths is listed once; a location that
 * does not exist is empty.
 *
 * @throws {ToolError} `script/missing` for a folder, a device or a dangling link with a revision's
 *   name.
 */
export function listScripts({ versionLocations, recursive }: VersionLocations): readonly string[] {
  const paths: string[] = [];
  const seen = new Set<string>();
  const isNew = (path: string) => seen.size < seen.add(path).size;
  const visit = (folder: string): void => {
    const realFolder = realpathSync(folder);
    if (!isNew(realFolder)) return;
    const entries = readFolder(folder);
    const others = new Map(entries.filter((it) => !it.isFile()).map((it) => [it.name, it]));
    for (const name of entries.map((it) => it.name).filter(isScriptName).sort()) {
      const path = folder + sep + name;
      if (isNew(others.has(name) ? linkedFile(path) : realFolder + sep + name)) paths.push(path);
    }
    if (!recursive) return;
    for (const name of [...others.keys()].filter(isFolderName).sort()) {
      const path = folder + sep + name;
      // A dangling link is none of ours, but a folder whose name cannot be decoded may be.
      if (!existsSync(path) && !name.includes("\ufffd")) continue;
      if (statistics(path).isDirectory()) visit(path);
    }
  };
  versionLocations.filter(isThere).forEach(visit);
  return paths;
}

/**
 * Returns whether a file of this name is a revision. A leading `_` marks what revisions share, a
 * leading `.` what editors leave behind.
 */
export function isScriptName(name: string): boolean {
  return /^[^._].*\.(?:ts|js|sql)$/s.test(name) && !name.endsWith(".d.ts");
}

function isFolderName(name: string): boolean {
  return /^[^._]/.test(name) && name !== "node_modules" && !isScriptName(name);
}

function readFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Returns the real path of a link's target, which must be a file. */
function linkedFile(path: string): string {
  const found = statistics(path);
  if (found.isFile()) return realpathSync(path);
  throw unreadable(path, new Error(found.isDirectory() ? "it is a directory" : "it is not a file"));
}

/** Returns whether something exists at `path`. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function statistics(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
