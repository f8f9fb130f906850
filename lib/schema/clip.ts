import { Buffer } from "node:buffer";

/** Returns as many whole characters of `text` as fit into `bytes`. */
export function clip(text: string, bytes: number): string {
  let clipped = "";
  for (const character of text) {
    if (Buffer.byteLength(clipped + character) > bytes) break;
    clipped += character;
  }
  return clipped;
}
