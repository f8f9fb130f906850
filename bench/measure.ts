/**
 * Two programs that do the same job, and a function that restores the initial state before each
 * run.
 */
export interface Pair {
  readonly ours: readonly string[];
  readonly peer: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly runs: number;
  /** Called before each run, untimed. */
  readonly reset?: (which: "ours" | "peer") => Promise<void> | void;
}

/** In milliseconds. */
export interface Figures {
  readonly minimum: number;
  readonly median: number;
  readonly peakBytes: number;
}

/** Runs both programs alternately, once uncounted, and returns the figures of each. */
export async function measure(
  pair: Pair,
): Promise<{ readonly ours: Figures; readonly theirs: Figures }> {
  const ours: Run[] = [];
  const theirs: Run[] = [];
  for (let run = -1; run < pair.runs; run++) {
    for (
      const [which, command, into] of [["ours", pair.ours, ours], [
        "peer",
        pair.peer,
        theirs,
      ]] as const
    ) {
      await pair.reset?.(which);
      const figure = once(command, pair);
      if (run >= 0) into.push(figure);
    }
  }
  return { ours: figures(ours), theirs: figures(theirs) };
}

interface Run {
  readonly milliseconds: number;
  readonly peakBytes: number;
}

function once(command: readonly string[], { cwd, env }: Pair): Run {
  const started = performance.now();
  const { exitCode, stderr, resourceUsage } = Bun.spawnSync([...command], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, ...env },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const milliseconds = performance.now() - started;
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}: ${stderr}`);
  return { milliseconds, peakBytes: resourceUsage.maxRSS };
}

function figures(runs: readonly Run[]): Figures {
  const sorted = runs.map((it) => it.milliseconds).sort((a, b) => a - b);
  return {
    minimum: sorted[0] ?? 0,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    peakBytes: Math.max(...runs.map((it) => it.peakBytes)),
  };
}
