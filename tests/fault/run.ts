/**
 * `make fault`: the long form of the fault suite. It prints what was tried and with what result,
 * and exits with 1 if a database was not in order afterwards. `--seed N` picks other times.
 */
import { describe, openPlaces, tryFaults } from "./suite.ts";

const at = process.argv.indexOf("--seed");
const seed = at === -1 ? 1 : Number(process.argv[at + 1]);
const start = performance.now();
const write = (line: string) => process.stdout.write(`${line}\n`);
const counts = [];
for (const place of await openPlaces()) {
  const every = place.perMigration && !place.name.includes("15");
  const postgres = every
    ? { kill: Infinity, crash: Infinity, cut: Infinity, random: 15 }
    : { kill: 40, crash: 15, cut: 40, random: 15 };
  const extent = place.kind === "postgres"
    ? postgres
    : { kill: Infinity, crash: 0, cut: Infinity, random: 20 };
  counts.push(...await tryFaults(place, { ...extent, seed }, write));
}
const faults = counts.flatMap((it) => it.faults);
const total = {
  what: "in all",
  hit: counts.reduce((sum, it) => sum + it.hit, 0),
  missed: counts.reduce((sum, it) => sum + it.missed, 0),
  faults,
};
write(`${describe(total)}, in ${Math.round((performance.now() - start) / 1000)} s`);
for (const it of faults) write(it);
process.exit(faults.length === 0 ? 0 : 1);
