import { sameIdentifier } from "../same_identifier.ts";

/** Returns `wanted`, with a number appended if it is taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const isTaken = (name: string) => taken.some((it) => sameIdentifier(it, name));
  for (let count = 1, name = wanted;; count++, name = `${wanted}_${count}`) {
    if (!isTaken(name)) return name;
  }
}
