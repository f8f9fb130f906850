import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChildOptions } from "./context.ts";

/**
 * How long to wait for the end of output, which a process started by the child may still hold open.
 */
const graceMilliseconds = 500;

/**
 * Runs `command`, and returns its exit status; for a killed process, the one that a shell would
 * return.
 *
 * @throws {Error} If it cannot be started.
 */
export async function runChild(
  [command = "", ...rest]: readonly string[],
  { onLine, signal, cwd, env }: ChildOptions,
): Promise<number> {
  const child: ChildProcess = spawn(command, rest, {
    // Its output is log: stdout is reserved for the result.
    stdio: onLine === undefined ? ["inherit", 2, "inherit"] : ["ignore", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
    ...(env &&
      { env: Object.fromEntries(Object.entries(env).filter(([, it]) => it !== undefined)) }),
  });
  const stop = () => void child.kill();
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const told = [child.stdout, child.stderr].map((it) => it && onLine && tellLines(it, onLine));
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on(
        "exit",
        (code, killedBy) => resolve(code ?? 128 + constants.signals[killedBy ?? "SIGKILL"]),
      );
    });
    await Promise.race([Promise.all(told), sleep(graceMilliseconds, undefined, { ref: false })]);
    return status;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

async function tellLines(output: Readable, onLine: (line: string) => void): Promise<void> {
  let held = "";
  output.setEncoding("utf8");
  output.on("data", (text: string) => {
    const lines = (held + text).split(/\r?\n/);
    held = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  await new Promise((resolve) => output.on("close", resolve));
  if (held !== "") onLine(held);
}
