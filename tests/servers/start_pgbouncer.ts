import { existsSync, writeFileSync } from "node:fs";
import { chown } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { nobody } from "./nobody.ts";
import {
  freePort,
  retrying,
  type RunningServer,
  startProcess,
  stopProcess,
} from "./server_process.ts";

/** The server behind the pooler. */
export interface PgbouncerOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/**
 * Returns the path of the program, or `undefined` if it is not installed. Debian installs it
 * outside of ordinary users' PATH.
 */
export function findPgbouncer(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"];
  return folders.map((it) => join(it, "pgbouncer")).find((it) => existsSync(it));
}

/** Starts pgbouncer in transaction mode on a free port. */
export async function startPgbouncer(
  folder: string,
  { host, port, user, password }: PgbouncerOptions,
): Promise<RunningServer> {
  const program = findPgbouncer() ?? "pgbouncer";
  const owner = process.getuid?.() === 0 ? nobody() : undefined;
  const users = join(folder, "users.txt");
  writeFileSync(users, `"${user}" "${password}"\n"app" "app"\n`);
  return await retrying(async () => {
    const own = await freePort();
    const settings = join(folder, "pgbouncer.ini");
    writeFileSync(
      settings,
      `[databases]
* = host=${host} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = 6
`,
    );
    if (owner !== undefined) {
      const { uid, gid } = owner;
      for (const path of [folder, users, settings]) await chown(path, uid, gid);
    }
    const child = await startProcess(program, [settings], {
      ...owner,
      cwd: folder,
      isReady: (log) => log.includes("process up"),
    });
    return {
      address: { host: "127.0.0.1", port: own },
      stop: () => stopProcess(child, "SIGKILL"),
    };
  });
}
