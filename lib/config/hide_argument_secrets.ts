import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * Writes stars over the passwords and tokens of URLs on this process's command line, which everybody on
 * the machine can list. Only Linux lets a process do so; elsewhere, and for the moment until it is done,
 * a password is better kept in the environment.
 */
export function hideArgumentSecrets(): void {
  try {
    const words = readFileSync("/proc/self/cmdline", "latin1");
    const hidden = words
      .replace(
        /(:\/\/[^\s:/?#@\0]*:)([^\s\0]+)(?=@)/g,
        (_, before, secret) => before + stars(secret),
      )
      .replace(
        /((?:password|authToken)=)([^&\s\0]+)/gi,
        (_, before, secret) => before + stars(secret),
      );
    if (hidden === words) return;
    // Fields 48 and 49 are where the words begin and end in memory; the second may have any name.
    const fields = readFileSync("/proc/self/stat", "latin1").replace(/^.*\) /s, "").split(" ");
    const [start, end] = [Number(fields[45]), Number(fields[46])];
    if (!(start > 0) || end - start !== words.length) return;
    const memory = openSync("/proc/self/mem", "r+");
    try {
      writeSync(memory, Buffer.from(hidden, "latin1"), 0, words.length, start);
    } finally {
      closeSync(memory);
    }
  } catch {
    // Another system, or one that does not allow it.
  }
}

function stars(secret: string): string {
  return "*".repeat(secret.length);
}
