/** A file in an archive. */
export interface TarFile {
  readonly path: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

const block = 512;

/**
 * Yields the files in the tar archive `bytes`,
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html. Names are limited to 100 bytes.
 */
export function* readTar(bytes: Uint8Array): Generator<TarFile> {
  const text = (from: number, length: number) =>
    new TextDecoder().decode(bytes.subarray(from, from + length)).replace(/\0.*$/s, "");
  for (let at = 0; at < bytes.length;) {
    const path = text(at, 100);
    if (path === "") return;
    const size = parseInt(text(at + 124, 12), 8);
    const from = at + block;
    if (!path.endsWith("/")) {
      yield {
        path,
        mode: parseInt(text(at + 100, 8), 8),
        bytes: bytes.subarray(from, from + size),
      };
    }
    at = from + Math.ceil(size / block) * block;
  }
}
