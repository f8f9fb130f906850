import { beforeAll, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Extent, openPlaces, tryFaults } from "./suite.ts";

const longest = 120_000;

/** The short form: a few of the boundaries that `make fault` goes through. */
const extents: Readonly<Record<string, Omit<Extent, "seed">>> = {
  "sqlite, one transaction": { kill: 5, crash: 0, cut: 0, random: 1 },
  "sqlite, a transaction a revision": { kill: 5, crash: 0, cut: 0, random: 1 },
  "libsql, a transaction a revision": { kill: 2, crash: 0, cut: 1, random: 0 },
  "postgres 18, a transaction a revision": { kill: 3, crash: 1, cut: 1, random: 1 },
};

beforeAll(() => {
  const build = join(import.meta.dir, "../../.ci/build.ts");
  const { status, stderr } = spawnSync(process.execPath, [build, "--fault"], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}, longest);

test(
  "after any fault at any time, the version table is right and the next upgrade ends at head",
  async () => {
    const counts = [];
    for (const place of await openPlaces({ older: false })) {
      const extent = extents[place.name];
      if (extent) counts.push(...await tryFaults(place, { ...extent, seed: 7 }));
    }
    expect(counts.flatMap((it) => it.faults)).toEqual([]);
    expect(counts.length).toBe(10);
    for (const it of counts.filter(({ what }) => !what.includes("random"))) {
      expect(it.hit, it.what).toBeGreaterThan(0);
    }
  },
  longest,
);
