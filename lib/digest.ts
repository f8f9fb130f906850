/** An incremental hash; a text counts as its UTF-8. */
export interface Digest {
  update(data: string | Uint8Array): Digest;
  /** Returns a copy that is updated independently. */
  copy(): Digest;
  /** Must be called only once. */
  digest(encoding: "hex"): string;
}

/**
 * Returns a new digest. Uses Bun's own if available: loading `node:crypto` takes longer than a small
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

/** The part of Bun that this file needs, whose types Deno lacks. */
interface Hasher {
  readonly CryptoHasher: new (algorithm: "sha256" | "md5") => Digest;
}

function isHasher(value: unknown): value is Hasher {
  return typeof value === "object" && value !== null && "CryptoHasher" in value;
}
