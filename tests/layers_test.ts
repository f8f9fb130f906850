import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The folders of lib/, lowest first. A file imports only from its own folder and from those before it. */
const layers = [
  "error.ts",
  "digest.ts",
  "sql",
  "schema",
  "operations",
  "driver",
  "dialect",
  "database",
  "revision",
  "script",
  "plan",
  "autogenerate",
  "report",
  "migrate",
  "config",
  "commands",
  "cli",
];

const lib = join(import.meta.dir, "../lib");
const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((it) =>
  it.endsWith(".ts")
);
const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Returns what `file` imports, types included, as paths from lib/; packages and built-ins left out. */
function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(lib, file), "utf8");
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s*"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g,
  );
  return [...found].map(([, declared, called]) => declared ?? called ?? "")
    .filter((it) => it.startsWith("."))
    .map((it) => relative(lib, resolve(lib, dirname(file), it)));
}

function layer(path: string): number {
  return layers.indexOf(path.split("/")[0] ?? "");
}

test("every folder of lib/ has a layer", () => {
  expect(files.filter((it) => layer(it) === -1)).toEqual([]);
});

test("lib/ imports point down the layers", () => {
  const wrong = files.flatMap((file) =>
    (imports.get(file) ?? [])
      .filter((to) =>
        to.startsWith("..")
          ? !to.startsWith("../templates/") && to !== "../deno.json"
          : layer(to) > layer(file)
      )
      .map((to) => `${file} imports ${to}`)
  );
  expect(wrong).toEqual([]);
});

test("lib/ has no import cycle, types included", () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(file);
    if (seen >= 0) cycles.push([...trail.slice(seen), file].join(" -> "));
    if (seen >= 0 || done.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});
