import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** A running server, and how to stop it. */
export interface RunningServer {
  readonly address: Readonly<Record<string, string | number>>;
  stop(): Promise<void>;
  /** Stops it like a crash, with nothing written back, and starts it again at the same address. */
  crash?(): Promise<void>;
}

/** Returns a port of 127.0.0.1 that nothing listens on. Another process may take it first. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** A port that nothing listens on, and that no process is given when it asks for a free one. */
export const closedPort = 1;

const longestStart = 60_000;

/**
 * Starts `command` and resolves when its log satisfies `isReady`.
 *
 * @throws {Error} With the log, if the process ends before that.
 */
export async function startProcess(
  command: string,
  parameters: readonly string[],
  options: SpawnOptions & { readonly isReady: (log: string) => boolean },
): Promise<ChildProcess> {
  const child = spawn(command, parameters, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: unknown) => {
      log += String(chunk);
      if (options.isReady(log)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    timer = setTimeout(() => child.kill("SIGKILL"), longestStart);
    child.once("exit", () => reject(new Error(`${command} ended:\n${log}`)));
  });
  clearTimeout(timer);
  // The log is no longer needed; the pipes are still drained, so that the server never blocks on
  // them.
  log = "";
  for (const stream of [child.stdout, child.stderr]) stream?.removeAllListeners("data").resume();
  return child;
}

/** Sends `signal`, and kills the process if it is still running five seconds later. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await exited;
  clearTimeout(timer);
}

/** Calls `start` again if it fails: its port may have been taken. */
export async function retrying<Result>(start: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1;; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
