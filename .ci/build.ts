/**
 * Builds the executable: `dist/migrate` for this machine, or one for every target with `--all`.
 *
 * Two of our dependencies load a file from beside their own at run time, which no bundler can
 * follow; the plugins below turn that into ordinary imports, so that the files are inside the
 * executable. A third dependency waits needlessly, which a plugin fixes. A first executable, never
 * shipped, records what the others run when they start.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { embeddedData } from "./embedded_data.ts";
import { recordStarts } from "./record_starts.ts";

const root = join(import.meta.dir, "..");
const libsqlVersion =
  (await Bun.file(join(root, "node_modules/libsql/package.json")).json()).version;

/** With --fault: the executable of the fault suite, which can be killed at any call to SQLite. */
const faulty = process.argv.includes("--fault");
const hookedOpener = "tests/fault/open_hooked_addon.ts";

interface Target {
  readonly bun: Bun.Build.CompileTarget;
  readonly addon: string;
  readonly name: string;
}

const targets: readonly Target[] = [
  { bun: "bun-linux-x64", addon: "linux-x64-gnu", name: "migrate-linux-x64" },
  { bun: "bun-linux-x64-baseline", addon: "linux-x64-gnu", name: "migrate-linux-x64-baseline" },
  { bun: "bun-linux-arm64", addon: "linux-arm64-gnu", name: "migrate-linux-arm64" },
  { bun: "bun-linux-x64-musl", addon: "linux-x64-musl", name: "migrate-linux-x64-musl" },
  {
    bun: "bun-linux-x64-baseline-musl" as Bun.Build.CompileTarget,
    addon: "linux-x64-musl",
    name: "migrate-linux-x64-baseline-musl",
  },
  { bun: "bun-linux-arm64-musl", addon: "linux-arm64-musl", name: "migrate-linux-arm64-musl" },
  { bun: "bun-darwin-x64", addon: "darwin-x64", name: "migrate-darwin-x64" },
  { bun: "bun-darwin-arm64", addon: "darwin-arm64", name: "migrate-darwin-arm64" },
  { bun: "bun-windows-x64", addon: "win32-x64-msvc", name: "migrate-windows-x64.exe" },
];

/** Returns the addon's file for a platform, downloaded into `.cache/` if npm did not install it. */
function addonFile(platform: string): string {
  const installed = join(root, "node_modules/@libsql", platform, "index.node");
  if (existsSync(installed)) return installed;
  const folder = join(root, ".cache/libsql", libsqlVersion, platform);
  const cached = join(folder, "package/index.node");
  if (!existsSync(cached)) {
    mkdirSync(folder, { recursive: true });
    execFileSync("npm", [
      "pack",
      "--loglevel=error",
      `@libsql/${platform}@${libsqlVersion}`,
      "--pack-destination",
      folder,
    ], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    execFileSync("tar", [
      "-xzf",
      join(folder, `libsql-${platform}-${libsqlVersion}.tgz`),
      "-C",
      folder,
    ]);
  }
  return cached;
}

/**
 * `libsql` detects its platform at run time, for which it reads `ldd`, and requires its addon by a
 * computed name.
 */
function libsqlAddon(file: string): Bun.BunPlugin {
  return {
    name: "libsql-addon",
    setup(build) {
      build.onLoad({ filter: /node_modules\/libsql\/(?:index|promise)\.js$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        const addon = readFileSync(file);
        const described = `{
          hash: "${createHash("sha256").update(addon).digest("hex").slice(0, 16)}",
          bytes: ${addon.length},
          path: require(${JSON.stringify(file)}),
        }`;
        const opener = JSON.stringify(join(root, faulty ? hookedOpener : ".ci/open_addon.ts"));
        const contents = source
          .replace(/const \{ load, currentTarget \} = .*\nconst \{ familySync.*\n/, "")
          .replace(
            /function requireNative\(\) \{[^]*?\n\}\n/,
            `function requireNative() { return require(${opener}).openAddon(${described}); }\n`,
          );
        if (/currentTarget|familySync/.test(contents)) {
          throw new Error(`${path} is not what it was`);
        }
        return { contents, loader: "js" };
      });
    },
  };
}

/** `libpg-query` reads its WebAssembly from beside its own file. */
const libpgQueryWasm: Bun.BunPlugin = {
  name: "libpg-query-wasm",
  setup(build) {
    build.onLoad({ filter: /node_modules\/libpg-query\/wasm\/libpg-query\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const located = 'locateFile("libpg-query.wasm")';
      if (!source.includes(located)) throw new Error(`${path} no longer says ${located}`);
      return { contents: source.replace(located, 'require("./libpg-query.wasm")'), loader: "js" };
    });
  },
};

/**
 * `postgres` waits for a timer, which takes a millisecond, even before it connects for the first
 * time.
 */
const postgresAtOnce: Bun.BunPlugin = {
  name: "postgres-at-once",
  setup(build) {
    build.onLoad({ filter: /node_modules\/postgres\/src\/connection\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const waiting = "setTimeout(connect, closedTime ?";
      if (!source.includes(waiting)) throw new Error(`${path} no longer says ${waiting}`);
      const contents = source.replace(waiting, `closedTime === 0 ? connect() : ${waiting}`);
      return { contents, loader: "js" };
    });
  },
};

/** PostgreSQL's own files, embedded and compressed, instead of those in the package. */
async function embeddedPostgres(): Promise<Bun.BunPlugin> {
  const { wasm, bundle, data, extensions } = await embeddedData();
  const file = (name: string, path: string) =>
    `import ${name} from ${JSON.stringify(path)} with { type: "file" };`;
  const archives = Object.entries(extensions);
  const contents = [
    file("wasm", wasm),
    file("bundle", bundle),
    file("data", data),
    ...archives.map(([, path], at) => file(`extension${at}`, path)),
    `const extensions = new Map([${
      archives.map(([name], at) => `[${JSON.stringify(name)}, extension${at}]`)
    }]);`,
    "export function embeddedFiles() {",
    "  return { wasm, bundle, data, extension: (name) => extensions.get(name) };",
    "}",
  ].join("\n");
  return {
    name: "embedded-postgres",
    setup(build) {
      build.onLoad(
        { filter: /lib\/driver\/embedded\/embedded_files\.ts$/ },
        () => ({ contents, loader: "js" }),
      );
    },
  };
}

/** @param starts The result of `recordStarts`; empty for the executable that it runs. */
async function compile(target: Target, outfile: string, starts: string[]): Promise<void> {
  const result = await Bun.build({
    entrypoints: [join(root, "cli.ts")],
    compile: {
      target: target.bun,
      outfile,
      autoloadDotenv: false,
      autoloadBunfig: false,
      bytecodeOrder: starts,
      // Most commands end before compiling pays off: a function has to run four times as often
      // first.
      jitPolicy: 4,
    },
    format: "esm",
    minify: true,
    bytecode: true,
    splitting: true,
    loader: { ".wasm": "file", ".node": "file" },
    plugins: [
      libsqlAddon(addonFile(target.addon)),
      libpgQueryWasm,
      postgresAtOnce,
      await embeddedPostgres(),
    ],
  });
  if (!result.success) throw new AggregateError(result.logs, `Cannot build ${outfile}`);
}

const host = `${process.platform}-${process.arch}`;
const musl = existsSync("/etc/alpine-release") ? "-musl" : "";
const hostAddon = {
  "linux-x64": `linux-x64-${musl ? "musl" : "gnu"}`,
  "linux-arm64": `linux-arm64-${musl ? "musl" : "gnu"}`,
  "win32-x64": "win32-x64-msvc",
}[host] ?? host;

const own: Target = {
  bun: `bun-${host.replace("win32", "windows")}${musl}` as Bun.Build.CompileTarget,
  addon: hostAddon,
  name: "migrate",
};

mkdirSync(join(root, "dist"), { recursive: true });
mkdirSync(join(root, ".cache"), { recursive: true });
const first = join(root, ".cache", process.platform === "win32" ? "migrate.exe" : "migrate");
await compile(own, first, []);
const starts = recordStarts(first, join(root, ".cache/starts"));
if (process.argv.includes("--all")) {
  const sums: string[] = [];
  for (const target of targets) {
    const outfile = join(root, "dist", target.name);
    rmSync(outfile, { force: true });
    await compile(target, outfile, starts);
    sums.push(
      `${createHash("sha256").update(readFileSync(outfile)).digest("hex")}  ${target.name}\n`,
    );
    console.log(`dist/${target.name}`);
  }
  await Bun.write(join(root, "dist/SHA256SUMS"), sums.join(""));
} else {
  await compile(own, join(root, faulty ? "dist/migrate-fault" : "dist/migrate"), starts);
}
