import { lstatSync } from "node:fs";

/**
 * Returns whether `path` is in its folder, even as a symbolic link that leads nowhere: a file that
 * somebody put there must not be taken as absent. False if the folder cannot be searched.
 */
export function isEntry(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
