import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the files are that PostgreSQL needs inside this process; any of them may be compressed with zstd. */
export interface EmbeddedFiles {
  readonly wasm: string;
  /** Its files but for the data. */
  readonly bundle: string;
  /** A tar file of the data of a new server; absent: it is made anew, which takes seconds. */
  readonly data: string | undefined;
  /** Returns a compressed tar file of the extension's files. */
  readonly extension: (name: string) => string | undefined;
}

/** Returns them from the package. In the executable, the build has put others in the place of this module. */
export function embeddedFiles(): EmbeddedFiles {
  const wasm = fileURLToPath(import.meta.resolve("@electric-sql/pglite/pglite.wasm"));
  const data = join(import.meta.dirname ?? "", "../../../.cache/pglite/data.tar.zst");
  return {
    wasm,
    bundle: join(wasm, "../pglite.data"),
    data: existsSync(data) ? data : undefined,
    extension: (name) => {
      const path = join(wasm, "..", `${name}.tar.gz`);
      return existsSync(path) ? path : undefined;
    },
  };
}
