import type { Writable } from "node:stream";
import { beforeCode } from "../script/code/import_code.ts";

/**
 * Sends what a revision's code prints, or writes to `process.stdout`, to stderr like the log:
 * stdout is reserved for the result.
 *
 * @param write Receives it as JSON log lines; absent: it is printed unchanged.
 */
export async function divertConsole(write: ((text: string) => void) | undefined): Promise<void> {
  if (write) await logConsole(write);
  else console.log = console.info = console.debug = console.error;
  divertForms();
  // Even touching process.stdout takes a tenth of the time of a short command.
  beforeCode(() => divertStream(write ? logStream : () => process.stderr));
}

async function logConsole(write: (text: string) => void): Promise<void> {
  const [{ format }, { logLine }] = await Promise.all([
    import("node:util"),
    import("../report/json_report.ts"),
  ]);
  const levels = {
    debug: "info",
    log: "info",
    info: "info",
    warn: "warn",
    error: "error",
  } as const;
  for (const name of ["debug", "log", "info", "warn", "error"] as const) {
    console[name] = (...words: readonly unknown[]) =>
      write(logLine({
        time: new Date(),
        level: levels[name],
        event: "console",
        message: format(...words),
      }));
  }
}

const forms = [
  ...["table", "dir", "dirxml", "count", "countReset", "group", "groupCollapsed"] as const,
  ...["groupEnd", "time", "timeLog", "timeEnd"] as const,
];

/** Sends what is printed in a special form, such as a table, where `console.log` goes. */
function divertForms(): void {
  let made: Pick<Console, typeof forms[number]> | undefined;
  for (const name of forms) {
    console[name] = (...words: readonly never[]) => (made ??= formsToLog())[name](...words);
  }
  console.trace = (...words) => console.log(...words, `\n${new Error("Trace").stack}`);
}

/** Created on demand: the modules it needs take milliseconds to load. */
function formsToLog(): Pick<Console, typeof forms[number]> {
  const { Console } = process.getBuiltinModule("node:console");
  return new Console({ stdout: logStream(), ignoreErrors: false });
}

/**
 * Sends what is written to `process.stdout` to the stream that `make` returns; it is called on
 * first use.
 */
function divertStream(make: () => Writable): void {
  let made: Writable | undefined;
  Object.defineProperty(process, "stdout", { configurable: true, get: () => made ??= make() });
}

/** Returns a stream that goes where `console.log` goes. */
function logStream(): Writable {
  const { Writable } = process.getBuiltinModule("node:stream");
  return new Writable({
    write: (text, _encoding, done) => {
      console.log("%s", String(text).replace(/\n$/, ""));
      done();
    },
  });
}
