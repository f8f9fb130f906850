import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * Overwrites the passwords and tokens of URLs on this process's command line, which every user of
 * the machine can list, with asterisks. Only Linux allows this; elsewhere, and for the moment until
 * it is done, a password is safer in the environment.
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
    // Fields 48 and 49 are the addresses where the arguments begin and end; the second field can
    // contain anything, so it is cut off.
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
