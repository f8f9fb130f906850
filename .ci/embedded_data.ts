/**
 * Makes the PostgreSQL files that the executable embeds: the data of a new server, so that it need
 * not be initialized at start, and the server itself, compressed. They are kept in `.cache/pglite/`
 * until the package changes.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { constants, zstdCompressSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";

const root = join(import.meta.dir, "..");
const installed = join(root, "node_modules/@electric-sql/pglite");
const folder = join(root, ".cache/pglite");

/** The paths of the files, each created if it does not exist. */
export interface EmbeddedData {
  readonly wasm: string;
  readonly bundle: string;
  readonly data: string;
  /** Paths by name. */
  readonly extensions: Readonly<Record<string, string>>;
}

export async function embeddedData(): Promise<EmbeddedData> {
  const { version } = await Bun.file(join(installed, "package.json")).json();
  const stamp = join(folder, "version");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== version) {
    mkdirSync(folder, { recursive: true });
    for (const name of ["pglite.wasm", "pglite.data"]) {
      keep(`${name}.zst`, readFileSync(join(installed, "dist", name)));
    }
    keep("data.tar.zst", await dataOfNewServer());
    writeFileSync(stamp, version);
  }
  const archives = readdirSync(join(installed, "dist")).filter((it) => it.endsWith(".tar.gz"));
  return {
    wasm: join(folder, "pglite.wasm.zst"),
    bundle: join(folder, "pglite.data.zst"),
    data: join(folder, "data.tar.zst"),
    extensions: Object.fromEntries(
      archives.map((it) => [basename(it, ".tar.gz"), join(installed, "dist", it)]),
    ),
  };
}

/** Written to another name first: a test may be reading it. */
function keep(name: string, bytes: Uint8Array): void {
  const params = { [constants.ZSTD_c_compressionLevel]: 19 };
  writeFileSync(join(folder, `${name}.new`), zstdCompressSync(bytes, { params }));
  renameSync(join(folder, `${name}.new`), join(folder, name));
}

/**
 * Half of a new server consists of template databases, for which a scratch database has no use, and
 * most of the rest is room for its log.
 */
async function dataOfNewServer(): Promise<Uint8Array> {
  const server = await PGlite.create({ initDbStartParams: ["--wal-segsize=1"] });
  for (
    const sql of [
      "UPDATE pg_database SET datistemplate = false WHERE datistemplate",
      "DROP DATABASE template0",
      "DROP DATABASE template1",
      "VACUUM FULL",
      "CHECKPOINT",
    ]
  ) await server.exec(sql);
  const dumped = await server.dumpDataDir("none");
  await server.close();
  return new Uint8Array(await dumped.arrayBuffer());
}
