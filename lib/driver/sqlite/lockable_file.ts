import { readFileSync, realpathSync, statSync } from "node:fs";

/** A file as the kernel identifies it. */
export interface LockableFile {
  readonly inode: number;
  /**
   * As `major:minor`. There may be two: Btrfs and overlay file systems report a different device for
   * files than for locks.
   */
  readonly devices: readonly string[];
}

/** Returns how locks identify the file at `path`, if it exists. */
export function lockableFile(path: string): LockableFile | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  const own = deviceNumbers(found.dev);
  const mounted = mountedDevice(path);
  return { inode: found.ino, devices: mounted === undefined ? [own] : [own, mounted] };
}

/**
 * Returns `dev`, as `stat` reports it, as `major:minor`. Of its 32 bits, the minor number is in the lowest eight
 * and the highest twelve: makedev(3).
 */
export function deviceNumbers(dev: number): string {
  return `${(dev >>> 8) & 0xfff}:${(dev & 0xff) | ((dev >>> 12) & ~0xff)}`;
}

/** Returns the device of the file system that `path` is on, if Linux tells: proc_pid_mountinfo(5). */
function mountedDevice(path: string): string | undefined {
  try {
    return deviceOf(realpathSync(path), readFileSync("/proc/self/mountinfo", "utf8"));
  } catch {
    return undefined;
  }
}

/** Returns the device of the file system that the real path `path` is on, according to `mountInfo`. */
export function deviceOf(path: string, mountInfo: string): string | undefined {
  const mounts = mountInfo.split("\n").flatMap((line) => {
    const [, , device, , point] = line.split(" ");
    if (device === undefined || point === undefined) return [];
    const folder = point.replace(
      /\\(\d{3})/g,
      (_, code) => String.fromCharCode(Number.parseInt(code, 8)),
    );
    const isAbove = path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
    return isAbove ? [{ device, folder }] : [];
  });
  // If several are mounted on the same directory, the last one is visible.
  return mounts.reduce<typeof mounts[number] | undefined>(
    (found, it) => found && found.folder.length > it.folder.length ? found : it,
    undefined,
  )?.device;
}
