import type { Context } from "./context.ts";

/**
 * Returns the context of this process. Modules that only some commands need are loaded by those: each
 * would cost every command a millisecond.
 */
export function processContext(signal?: AbortSignal): Context {
  return {
    cwd: process.cwd(),
    env: process.env,
    ...(signal && { signal }),
    now: () => new Date(),
    newRevisionId: () => crypto.randomUUID().slice(-12),
    confirm: async (question) => (await import("./ask_terminal.ts")).askTerminal(question, signal),
    identity: async () => {
      const { hostname, userInfo } = await import("node:os");
      return { osUser: await userName(userInfo()), host: hostname() };
    },
    run: async (command, options = {}) =>
      await (await import("./run_child.ts")).runChild(command, options),
  };
}

/** A container's user may have a number and no name; Bun takes names from the environment, which cron leaves empty. */
async function userName(
  { username, uid }: { readonly username: string; readonly uid: number },
): Promise<string> {
  if (username !== "unknown" && username !== "") return username;
  const { readFile } = await import("node:fs/promises");
  const lines = await readFile("/etc/passwd", "utf8").then((it) => it.split("\n"), () => []);
  return lines.map((it) => it.split(":")).find((it) => it[2] === String(uid))?.[0] ?? `uid ${uid}`;
}
