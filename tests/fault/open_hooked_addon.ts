/**
 * Replaces `.ci/open_addon.ts` in the executable of the fault suite: it counts the driver's calls
 * to SQLite, before and after each, and kills the process by `kill -9` at the number in
 * MIGRATE_FAULT_AT. It writes the total to the file MIGRATE_FAULT_COUNT, if set.
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { openAddon as open } from "../../.ci/open_addon.ts";

const counted = new Set([
  "databaseExecSync",
  "databasePrepareSync",
  "statementRun",
  "statementRowsSync",
  "statementRowsAsync",
]);

const fatal = Number(process.env["MIGRATE_FAULT_AT"] ?? 0);
let events = 0;

function event(): void {
  events += 1;
  if (events === fatal) process.kill(process.pid, "SIGKILL");
}

let hooked: Record<string, unknown> | undefined;

export function openAddon(addon: Parameters<typeof open>[0]): unknown {
  return hooked ??= Object.fromEntries(
    Object.entries(Object(open(addon))).map(([name, it]) => [
      name,
      typeof it === "function" && counted.has(name) ? hook(it) : it,
    ]),
  );
}

// Most of these are called as methods of an object of the library's.
function hook(call: CallableFunction): CallableFunction {
  return function (this: unknown, ...args: readonly unknown[]): unknown {
    event();
    const result: unknown = Reflect.apply(call, this, args);
    event();
    return result;
  };
}

const file = process.env["MIGRATE_FAULT_COUNT"];
if (file !== undefined) process.on("exit", () => writeFileSync(file, String(events)));
