import { newDigest } from "../../digest.ts";
import { readChunks } from "../../script/read_chunks.ts";
import type { Models } from "./read_models.ts";

/** Identifies the content of models. */
export interface Fingerprint {
  /** Changes as soon as the models do. */
  readonly text: string;
  readonly characters: number;
}

export function fingerprint({ steps }: Models): Fingerprint {
  const hash = newDigest("sha256");
  let characters = 0;
  const add = (text: string) => {
    hash.update(text);
    characters += text.length;
  };
  for (const step of steps) {
    add(`\0${step.kind}\0`);
    if (step.kind === "schema") {
      add(JSON.stringify([step.schema, step.surroundings], bigintAsText));
    } else for (const chunk of readChunks(step.path)) add(chunk);
  }
  return { text: hash.digest("hex"), characters };
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
