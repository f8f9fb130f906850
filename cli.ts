#!/usr/bin/env -S deno run -A
/** The command line: passes the process to `main`, and reports what `main` no longer can. */
import { fstatSync, readFileSync } from "node:fs";
import process from "node:process";
import { Backlog } from "./lib/config/backlog.ts";
import { Bursts } from "./lib/cli/bursts.ts";
import { asksForJsonLog } from "./lib/cli/choose_report.ts";
import { main } from "./lib/cli/main.ts";
import { failure, renderError } from "./lib/cli/render_error.ts";
import { renderJsonError } from "./lib/cli/render_json.ts";
import { isOnePipe, writeLog, writeResult } from "./lib/config/standard_streams.ts";
import type { Terminal } from "./lib/cli/terminal.ts";
import { type ErrorCode, ToolError } from "./lib/error.ts";
import { divertConsole } from "./lib/config/divert_console.ts";
import { type Committed, RunError } from "./lib/migrate/run_error.ts";
import { processContext } from "./lib/config/process_context.ts";
import { beforeCode } from "./lib/script/code/import_code.ts";
import { serveMigrateModule } from "./lib/script/code/serve_migrate_module.ts";
import { unhandledError } from "./lib/script/code/unhandled_error.ts";
import deno from "./deno.json" with { type: "json" };

serveMigrateModule(() => import("./mod.ts"));

const backlog = new Backlog(writeLog);
const log = new Bursts((text) => backlog.write(text), () => performance.now());
// Code may write to stderr, too, and the lines must stay in order.
beforeCode(() => log.end());
const terminal: Terminal = {
  stdout: {
    write: (text) => {
      log.flush();
      // `migrate upgrade 2>&1 | less`: the result comes last.
      if (!backlog.isEmpty && isOnePipe()) backlog.drain(Infinity);
      writeResult(text);
    },
  },
  stderr: {
    write: (text) => log.write(text),
    get isTerminal() {
      // The terminal support takes two milliseconds to load; a pipe or a file need not wait for it.
      return isDevice(2) && process.stderr.isTTY;
    },
    get columns() {
      return isDevice(2) ? process.stderr.columns : undefined;
    },
  },
};

/** How long a stopped run has to roll back and to report it. */
const graceMilliseconds = 5000;

const interrupt = new AbortController();
/** Returns what the run in progress has committed, if there is one. */
let committedSoFar: (() => Committed) | undefined;
const signals = ["SIGINT", "SIGTERM", ...ignoresHangup() ? [] : ["SIGHUP"] as const] as const;
for (const signal of signals) process.on(signal, () => stop(130));
// A revision's code runs in this process: an error that it leaves unhandled must not look like
// success.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (thrown: unknown) => {
    // Only the first of several is reported: further ones do not end the process any sooner.
    if (!interrupt.signal.aborted) stop(1, unhandledError(thrown));
  });
}
let ended = false;
process.on("exit", () => {
  log.end();
  if (ended) return;
  process.exitCode = 1;
  tell(
    "script/failed",
    "The run ended early: project code called process.exit, or nothing was left to wait for",
  );
  backlog.drain(graceMilliseconds);
});
const isJsonLog = asksForJsonLog(process.argv);
await divertConsole(isJsonLog ? terminal.stderr.write : undefined);
const jsonLog = isJsonLog
  ? (await import("./lib/report/json_report.ts"))
    .jsonReport(terminal.stderr.write, () => new Date())
  : undefined;

const asked = process.argv.slice(2);
// Most command lines have nothing to hide, and need not wait for it.
if (asked.some((it) => /@|password|authtoken/i.test(it))) {
  (await import("./lib/config/hide_argument_secrets.ts")).hideArgumentSecrets();
}

const status = await main(
  asked,
  {
    ...processContext(interrupt.signal),
    onRun: (committed) => {
      committedSoFar = committed;
    },
  },
  terminal,
  deno.version,
);
// All output has been written: nothing is gained by waiting for the runtime to wind down.
log.end();
await backlog.drained(interrupt.signal);
leave(status);

/** `nohup` makes a process ignore the signal, which must stay so. Elsewhere than on Linux nobody can tell. */
function ignoresHangup(): boolean {
  try {
    const [, last = ""] = /^SigIgn:.*(.)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return (Number.parseInt(last, 16) & 1) === 1;
  } catch {
    return true;
  }
}

/** Lets the run roll back, and exits with `status` if called twice or if that takes too long. */
function stop(status: number, reason?: Error): void {
  const abandon = (how: string): never => {
    const code = status === 130 ? "interrupted" : "script/failed";
    tell(code, `Stopped ${how}: the database rolls back what was not committed`);
    leave(status);
  };
  if (interrupt.signal.aborted) abandon("at once");
  interrupt.abort(reason);
  // A revision's own code may never settle; the database rolls back what it left open.
  setTimeout(() => abandon("without waiting any longer"), graceMilliseconds).unref();
}

/** Reports on behalf of `main`, which has not returned. */
function tell(code: ErrorCode, message: string): void {
  const committed = committedSoFar?.();
  const bare = new ToolError(code, message, {
    hint: committed?.to === null ? 'Type "migrate current" to see whether it was' : undefined,
  });
  const error = committed === undefined ? bare : new RunError(bare, committed);
  const style = { cwd: process.cwd(), color: false };
  jsonLog?.(failure(error, style.cwd));
  if (asked.includes("--json")) terminal.stdout.write(renderJsonError(error, style.cwd));
  else if (!isJsonLog) terminal.stderr.write(renderError(error, style));
}

function leave(status: number): never {
  ended = true;
  process.exit(status);
}

/** A closed descriptor (`2>&-`) is not a device. */
function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}
