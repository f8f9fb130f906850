import { createHash } from "node:crypto";
import { readChunks } from "../../script/read_chunks.ts";
import type { Models } from "./read_models.ts";

/** Returns a text that is another as soon as `models` say something else. */
export function fingerprint({ steps }: Models): string {
  const hash = createHash("sha256");
  for (const step of steps) {
    hash.update(`\0${step.kind}\0`);
    if (step.kind === "schema") hash.update(JSON.stringify(step.schema, bigintAsText));
    else for (const chunk of readChunks(step.path)) hash.update(chunk);
  }
  return hash.digest("hex");
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
