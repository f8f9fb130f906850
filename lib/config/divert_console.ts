import type { Writable } from "node:stream";
import { beforeCode } from "../script/code/import_code.ts";

/**
 * Has what a revision's code prints, or writes to `process.stdout`, go to stderr, as log does: the
 * result has stdout for itself.
 *
 * @param write Takes it as lines of the log in JSON; absent: it is printed as it is.
 */
export async function divertConsole(write: ((text: string) => void) | undefined): Promise<void> {
  if (write) await logConsole(write);
  else console.log = console.info = console.debug = console.error;
  divertForms();
  // To touch process.stdout takes as long as a tenth of a short command.
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

/** Has what prints in a form of its own, such as a table, go where `console.log` goes. */
function divertForms(): void {
  let made: Pick<Console, typeof forms[number]> | undefined;
  for (const name of forms) {
    console[name] = (...words: readonly never[]) => (made ??= formsToLog())[name](...words);
  }
  console.trace = (...words) => console.log(...words, `\n${new Error("Trace").stack}`);
}

/** Made when it is asked for: what it needs takes milliseconds to load. */
function formsToLog(): Pick<Console, typeof forms[number]> {
  const { Console } = process.getBuiltinModule("node:console");
  return new Console({ stdout: logStream(), ignoreErrors: false });
}

/** Has what is written to `process.stdout` go to what `make` returns, which is asked once it is wanted. */
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
