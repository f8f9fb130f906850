import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The paths of the files that PostgreSQL needs inside this process; any of them may be compressed with
 * zstd.
 */
export interface EmbeddedFiles {
  readonly wasm: string;
  /** Its other files, without the data. */
  readonly bundle: string;
  /**
   * A tar file with the data of a new cluster; absent: it is created at each start, which takes
   * seconds.
   */
  readonly data: string | undefined;
  /** Returns the path of a gzipped tar file with the files of the extension `name`, if there is one. */
  readonly extension: (name: string) => string | undefined;
}

/** Returns the paths in the package. In the executable, the build replaces this module. */
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
