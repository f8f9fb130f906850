import type { Context } from "./context.ts";

/**
 * Returns the context of this process. Modules that only some commands need are loaded on demand:
 * each would cost every command a millisecond.
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
      const [{ hostname }, { osUser }] = await Promise.all([
        import("node:os"),
        import("../driver/os_user.ts"),
      ]);
      return { osUser: osUser(), host: hostname() };
    },
    run: async (command, options = {}) =>
      await (await import("./run_child.ts")).runChild(command, options),
  };
}
