/**
 * Compares the executable with other tools as whole processes, side by side: each pair is run
 * alternately, A B A B …, so that a ratio holds even if the machine's speed drifts. Minima are
 * compared, medians shown.
 *
 *     make bench                 everything
 *     bun run bench/bench.ts sqlite history     cases with one of these words in the name
 */
import { cases } from "./cases.ts";
import { measure } from "./measure.ts";

const wanted = process.argv.slice(2);
console.log("| case | migrate | peer | ratio | at most | peak memory |\n|---|---|---|---|---|---|");
let failed = false;
for (const make of cases) {
  if (wanted.length > 0 && !wanted.some((it) => make.name.includes(it))) continue;
  await using prepared = await make.prepare();
  if (prepared.peer === undefined) {
    console.log(`| ${make.name} | – | ${prepared.why} | | | |`);
    continue;
  }
  const { ours, theirs } = await measure(prepared);
  const ratio = ours.minimum / (theirs.minimum * (prepared.times ?? 1) + (prepared.plus?.() ?? 0));
  const megabytes = ours.peakBytes / 2 ** 20;
  const good = ratio <= make.atMost;
  const small = megabytes <= (make.atMostMegabytes ?? Infinity);
  failed ||= !good || !small;
  console.log(
    `| ${make.name} | ${ms(ours.median)} | ${prepared.peerName} ${ms(theirs.median)} | ${
      ratio.toFixed(2)
    } | ${make.atMost}${good ? "" : " ✗"} | ${megabytes.toFixed(0)} MB${small ? "" : " ✗"} |`,
  );
}
function ms(milliseconds: number): string {
  return milliseconds < 100
    ? `${milliseconds.toFixed(1)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}

// The test servers keep a connection to their guard open.
process.exit(failed ? 1 : 0);
