import type { Config } from "../../config/config.ts";
import type { Context } from "../../config/context.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import type { CallbackEvent } from "../../script/code/callbacks.ts";
import { snakeCase } from "../../sql/camel_case.ts";

/** What the command said last is told with its failure. */
const shownLines = 5;

/**
 * Runs `command` of the configuration by the shell, with what it is told in its environment.
 *
 * @throws {ToolError} `callback/failed` if it does not end with status 0.
 */
export async function callCommand(
  command: string,
  event: CallbackEvent,
  { config, context, report }: {
    readonly config: Pick<Config, "root" | "path">;
    readonly context: Context;
    readonly report: Report;
  },
): Promise<void> {
  const name = snakeCase(event.callback);
  const said: string[] = [];
  const run = context.run(["/bin/sh", "-c", command], {
    cwd: config.root,
    env: { ...context.env, ...variables(event) },
    // What tells of a failure is run to its end also where the failure is an interrupt.
    signal: event.callback === "onError" ? undefined : context.signal,
    onLine: (text) => {
      said.push(text);
      report({ kind: "said", by: name, text });
    },
  });
  const status = await run.catch((cause: unknown) => `${cause}`);
  if (status === 0) return;
  const found = typeof status === "number" ? `it exited with status ${status}` : status;
  throw new ToolError("callback/failed", `Cannot continue: the callback ${name} failed: ${found}`, {
    revision: event.revision,
    detail: said.slice(-shownLines).map((it) => `  ${it}`).join("\n"),
    hint: `Check ${name} in [callbacks] of ${config.path ?? "the configuration"}: ${command}`,
  });
}

/** What `event` says, by names in capitals with a prefix of ours; lists have commas between. */
function variables(event: CallbackEvent): Readonly<Record<string, string>> {
  const { callback, from, to, steps, ...texts } = event;
  const all = {
    ...texts,
    callback: snakeCase(callback),
    from: from.join(","),
    to: to.join(","),
    steps: String(steps),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`MIGRATE_${name.toUpperCase()}`, value ?? ""]),
  );
}
