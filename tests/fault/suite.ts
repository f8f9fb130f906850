import { existsSync } from "node:fs";
import { startCrashablePostgres } from "../servers/guarded_server.ts";
import { type Fault, measure, type Place, tryFault } from "./fault.ts";

/** How much is tried at a place; `Infinity` means every boundary. */
export interface Extent {
  /** At how many boundaries the runner is killed. */
  readonly kill: number;
  /** The same for crashes of the server, which take longer. */
  readonly crash: number;
  /** The same for network failures. */
  readonly cut: number;
  /** How often the runner is killed at a random time. */
  readonly random: number;
  /** Determines the first boundary and the random times. */
  readonly seed: number;
}

/** The results of one kind of fault at one place. */
export interface Counted {
  readonly what: string;
  hit: number;
  missed: number;
  readonly faults: string[];
}

const debian15 = "/usr/lib/postgresql/15";

/**
 * Returns where faults are tried: on every kind of database, in one transaction and in many, and on
 * the `older` PostgreSQL if it is installed.
 */
export async function openPlaces(
  { older = true }: { readonly older?: boolean } = {},
): Promise<readonly Place[]> {
  const places: Place[] = [];
  const add = (place: Omit<Place, "perMigration">, ways: readonly boolean[]) => {
    for (const perMigration of ways) {
      const name = `${place.name}, ${
        perMigration ? "a transaction a revision" : "one transaction"
      }`;
      places.push({ ...place, name, perMigration });
    }
  };
  add({ name: "sqlite", kind: "sqlite" }, [false, true]);
  // A libSQL server always gets a transaction per revision.
  add({ name: "libsql", kind: "libsql" }, [true]);
  const settings = ["client_connection_check_interval=100ms"];
  const server = await startCrashablePostgres({ settings });
  add({ name: "postgres 18", kind: "postgres", server }, [false, true]);
  if (older && existsSync(`${debian15}/bin/postgres`)) {
    const server = await startCrashablePostgres({ settings, release: debian15 });
    add({ name: "postgres 15", kind: "postgres", server }, [true]);
  }
  return places;
}

/** Tries faults at `place`, and returns the results, one for each kind. */
export async function tryFaults(
  place: Place,
  extent: Extent,
  tell: (line: string) => void = () => {},
): Promise<readonly Counted[]> {
  const { events, milliseconds } = await measure(place);
  const counts: Counted[] = [];
  const attempt = async (what: string, faults: readonly Fault[]) => {
    if (faults.length === 0) return;
    const counted: Counted = { what: `${place.name}: ${what}`, hit: 0, missed: 0, faults: [] };
    counts.push(counted);
    for (const fault of faults) {
      try {
        counted[await tryFault(place, fault)] += 1;
      } catch (error) {
        const which = JSON.stringify(fault.moment);
        counted.faults.push(
          `${counted.what}, ${which}: ${error instanceof Error ? error.message : error}`,
        );
      }
    }
    tell(describe(counted));
  };
  const boundaries = (action: Fault["action"], tries: number) => {
    const step = Math.max(1, events / tries);
    const first = 1 + extent.seed % Math.ceil(step);
    return Array.from({ length: Math.min(tries, events) }, (_, n): Fault => ({
      action,
      moment: { event: Math.min(first + Math.floor(n * step), events) },
    }));
  };
  await attempt(`runner killed at a boundary (of ${events})`, boundaries("kill", extent.kill));
  if (place.kind === "postgres") {
    await attempt(`server crashed at a boundary (of ${events})`, boundaries("crash", extent.crash));
  }
  if (place.kind !== "sqlite") {
    await attempt(`network cut at a boundary (of ${events})`, boundaries("cut", extent.cut));
  }
  const random = draw(extent.seed);
  await attempt(
    "runner killed at a random time",
    Array.from({ length: extent.random }, (): Fault => ({
      action: "kill",
      moment: { milliseconds: random() * milliseconds },
    })),
  );
  return counts;
}

/** Returns a result as a line of text. */
export function describe({ what, hit, missed, faults }: Counted): string {
  const late = missed === 0 ? "" : `, ${missed} ended before`;
  const wrong = faults.length === 0 ? "" : `, ${faults.length} WRONG`;
  return `${what}: ${hit} hit${late}${wrong}`;
}

/** Returns a source of numbers in [0, 1), reproducible by `seed`. */
function draw(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
