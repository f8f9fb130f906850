/** Sums texts up. */
export interface Digest {
  update(text: string): Digest;
  /** Returns one that goes on from here by itself. */
  copy(): Digest;
  /** Asked once. */
  digest(encoding: "hex"): string;
}

/**
 * Returns the digest of no text yet. Bun has it at hand: to load `node:crypto` takes longer than a small
 * migration.
 */
export function newDigest(algorithm: "sha256" | "md5"): Digest {
  const runtime: unknown = Reflect.get(globalThis, "Bun");
  return isHasher(runtime)
    ? new runtime.CryptoHasher(algorithm)
    : process.getBuiltinModule("node:crypto").createHash(algorithm);
}

/** Returns the SHA-256 of `text`, in hexadecimal digits. */
export function sha256(text: string): string {
  return newDigest("sha256").update(text).digest("hex");
}

/** What this file needs of Bun, whose types Deno does not have. */
interface Hasher {
  readonly CryptoHasher: new (algorithm: "sha256" | "md5") => Digest;
}

function isHasher(value: unknown): value is Hasher {
  return typeof value === "object" && value !== null && "CryptoHasher" in value;
}
