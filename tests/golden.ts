import { expect } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Compares `text` with the golden file `name`; with GOLDEN=write, writes it instead. */
export function expectGolden(name: string, text: string): void {
  const path = join(import.meta.dir, "golden", name);
  if (process.env["GOLDEN"] === "write") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  expect(text).toBe(existsSync(path) ? readFileSync(path, "utf8") : "");
}
