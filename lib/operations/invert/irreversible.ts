import type { Irreversible } from "../operation.ts";

export function irreversible(reason: string): Irreversible {
  return { reason };
}
