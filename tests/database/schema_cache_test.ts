import { expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CachedSchema, SchemaCache } from "../../lib/database/schema_cache.ts";

const cached: CachedSchema = {
  schemas: ["app"],
  schema: {
    tables: [{
      name: "t",
      columns: [{
        name: "a",
        type: { kind: "integer", bits: 64 },
        nullable: false,
        identity: "always",
        sequence: { maxValue: 9223372036854775806n, increment: 2 },
        default: { sql: "'line\nline'" },
      }],
      constraints: [],
      indexes: [],
    }],
    enums: [],
    objects: [],
  },
  unread: [{ text: "aggregate total" }],
  serverVersion: "18.4",
};

/** Hands to `body` a cache in a new folder, and where its files are. */
function withCache(body: (cache: SchemaCache, files: string, base: string) => void): void {
  const base = mkdtempSync(join(tmpdir(), "migrate-cache-"));
  try {
    body(new SchemaCache({ XDG_CACHE_HOME: base }), join(base, "migrate/schemas"), base);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Returns the path of the only file in `folder`. */
function onlyFile(folder: string): string {
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0] ?? "");
}

test("a cached schema is read back unchanged, by its own key alone, from a private file", () => {
  withCache((cache, files) => {
    expect(cache.read(["a", "b"])).toBeUndefined();
    cache.write(["a", "b"], cached);
    expect(cache.read(["a", "b"])).toEqual(cached);
    expect(cache.read(["ab"])).toBeUndefined();
    expect(cache.read(["a", "c"])).toBeUndefined();
    expect(statSync(files).mode & 0o777).toBe(0o700);
    expect(statSync(onlyFile(files)).mode & 0o777).toBe(0o600);
  });
});

const damages: readonly (readonly [string, (path: string) => void])[] = [
  ["cut short", (path) => writeFileSync(path, readFileSync(path, "utf8").slice(0, -9))],
  ["changed", (path) => writeFileSync(path, readFileSync(path, "utf8").replace('"t"', '"u"'))],
  ["empty", (path) => writeFileSync(path, "")],
  ["a folder", (path) => {
    rmSync(path);
    mkdirSync(path);
  }],
];

for (const [name, damage] of damages) {
  test(`a cache file that is ${name} is ignored`, () => {
    withCache((cache, files) => {
      cache.write(["a"], cached);
      damage(onlyFile(files));
      expect(cache.read(["a"])).toBeUndefined();
      cache.write(["a"], cached);
    });
  });
}

test("a cache folder that cannot be written is no error", () => {
  withCache((_, __, base) => {
    writeFileSync(join(base, "file"), "");
    chmodSync(base, 0o500);
    const places = [{}, { HOME: "relative" }, { XDG_CACHE_HOME: join(base, "file") }];
    for (const env of places) {
      const cache = new SchemaCache(env);
      cache.write(["a"], cached);
      expect(cache.read(["a"])).toBeUndefined();
    }
    chmodSync(base, 0o700);
  });
});

test("HOME is used if XDG_CACHE_HOME is not set", () => {
  withCache((_, __, base) => {
    new SchemaCache({ HOME: base }).write(["a"], cached);
    expect(readdirSync(join(base, ".cache/migrate/schemas"))).toHaveLength(1);
  });
});

test("the cache limits its size and number of files, and drops the least recently used", () => {
  withCache((cache, files) => {
    const big = { ...cached, serverVersion: "x".repeat(20 * 2 ** 20) };
    const known = new Set<string>();
    for (const [at, name] of ["a", "b", "c"].entries()) {
      cache.write([name], big);
      for (const it of readdirSync(files).filter((it) => !known.has(it))) {
        utimesSync(join(files, it), 1000 + at, 1000 + at);
        known.add(it);
      }
    }
    expect(cache.read(["a"])).toBeDefined();
    cache.write(["d"], big);
    const kept = ["a", "b", "c", "d"].filter((it) => cache.read([it]) !== undefined);
    expect(kept).toEqual(["a", "c", "d"]);
    for (let at = 0; at < 120; at++) cache.write([`${at}`], cached);
    expect(readdirSync(files).length).toBeLessThanOrEqual(100);
  });
});
