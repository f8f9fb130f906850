import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { EmbeddedFiles } from "./embedded_files.ts";
import { readTar } from "./read_tar.ts";

/** The archives of extensions that share one. */
const archives: Readonly<Record<string, string>> = {
  autoinc: "spi",
  "insert_username": "spi",
  moddatetime: "spi",
  refint: "spi",
};

/** Returns the names of the extensions that `sql` creates. */
export function extensionsMade(sql: string): readonly string[] {
  if (!/\bextension\b/i.test(sql)) return [];
  return [...sql.matchAll(creation)].map(([, quoted, bare = ""]) =>
    quoted?.replaceAll('""', '"') ?? bare.toLowerCase()
  );
}

const creation = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\w$]+))/gi;

/** Copies the files of extensions into an embedded server, each when it is first needed. */
export class EmbeddedExtensions {
  readonly #files: EmbeddedFiles;
  readonly #write: (path: string, bytes: Uint8Array, mode: number) => void;
  readonly #there = new Set<string>();

  constructor(
    files: EmbeddedFiles,
    write: (path: string, bytes: Uint8Array, mode: number) => void,
  ) {
    this.#files = files;
    this.#write = write;
  }

  /** Does nothing if the files are already there, or are not available. */
  provide(name: string): void {
    const archive = archives[name] ?? name;
    const path = /^[\w-]+$/.test(archive) ? this.#files.extension(archive) : undefined;
    if (path === undefined || this.#there.has(archive)) return;
    this.#there.add(archive);
    for (const file of readTar(gunzipSync(readFileSync(path)))) {
      this.#write(`/pglite/${file.path}`, file.bytes, file.mode);
      if (!file.path.endsWith(".control")) continue;
      for (const needed of requirements(new TextDecoder().decode(file.bytes))) this.provide(needed);
    }
  }
}

/** https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-FILES */
function requirements(control: string): readonly string[] {
  const [, names = ""] = /^requires\s*=\s*'([^']*)'/m.exec(control) ?? [];
  return names.split(",").map((it) => it.trim()).filter((it) => it !== "");
}
