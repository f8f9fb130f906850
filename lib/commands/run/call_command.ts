import type { Config } from "../../config/config.ts";
import type { Context } from "../../config/context.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import type { CallbackEvent } from "../../script/code/callbacks.ts";
import { snakeCase } from "../../sql/camel_case.ts";

/** The last lines of the command's output are shown with its failure. */
const shownLines = 5;

/**
 * Runs the configured `command` with a shell, with the event in its environment.
 *
 * @throws {ToolError} `callback/failed` if it does not exit with status 0.
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
    // A command that reports a failure may finish even if the failure is an interrupt.
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

/**
 * The facts of `event` as environment variables: names in capitals with our prefix; lists are
 * comma-separated.
 */
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
