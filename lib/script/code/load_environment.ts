import { basename, join } from "node:path";
import { ToolError } from "../../error.ts";
import { conventionKeys, type NamingConvention } from "../../schema/naming.ts";
import { isEntry } from "../is_entry.ts";
import { readText } from "../read_text.ts";
import {
  type CallbackEvent,
  type CallbackName,
  callbackNames,
  type Callbacks,
} from "./callbacks.ts";
import { importCode } from "./import_code.ts";
import { userError } from "./user_error.ts";

/** What a project defines in code: the exports of `env.ts` in its script directory. */
export interface ScriptEnvironment {
  readonly naming?: NamingConvention;
  readonly callbacks?: Callbacks;
}

/**
 * Returns what `env.ts` or `env.js` in `scriptDirectory` exports; an empty object if neither
 * exists.
 *
 * @throws {ToolError} `script/missing` if it cannot be read, `script/failed` if it cannot be loaded,
 *   `config/invalid` if an export is of the wrong type.
 */
export async function loadEnvironment(scriptDirectory: string): Promise<ScriptEnvironment> {
  const path = environmentFile(scriptDirectory);
  if (path === undefined) return {};
  readText(path); // The runtime's own error would not say why.
  const module = await importCode(path).catch((cause: unknown) => {
    throw userError(cause, `load "${basename(path)}"`, { path });
  });
  const { naming } = module;
  const called = callbackNames.filter((it) => module[it] !== undefined);
  return {
    ...(naming !== undefined && { naming: readNaming(naming, path) }),
    ...(called.length > 0 && {
      callbacks: Object.fromEntries(called.map((it) => [it, readCallback(it, module[it], path)])),
    }),
  };
}

/** Returns whether the project has an `env.ts` or `env.js`. */
export function hasEnvironment(scriptDirectory: string): boolean {
  return environmentFile(scriptDirectory) !== undefined;
}

function environmentFile(scriptDirectory: string): string | undefined {
  return ["env.ts", "env.js"].map((it) => join(scriptDirectory, it)).find(isEntry);
}

function readCallback(
  name: CallbackName,
  callback: unknown,
  path: string,
): (event: CallbackEvent) => Promise<void> {
  if (typeof callback !== "function") {
    throw new ToolError("config/invalid", `Cannot use ${name}: it is not a function`, {
      file: path,
      hint: `Write export function ${name}(event) { … }`,
    });
  }
  return async (event) => {
    try {
      await callback(event);
    } catch (error) {
      const { code, message, facts } = userError(error, `run ${name} of "${basename(path)}"`, {
        path,
      });
      const ours = code === "script/failed" ? "callback/failed" : code;
      throw new ToolError(ours, message, { ...facts, revision: event.revision });
    }
  };
}

const namingKeys: readonly string[] = ["ix", ...Object.values(conventionKeys)];

function readNaming(naming: unknown, file: string): NamingConvention {
  const entries = typeof naming === "object" && naming !== null ? Object.entries(naming) : [];
  const wrong = entries.find(([key, it]) => !namingKeys.includes(key) || typeof it !== "string");
  if (entries.length > 0 && wrong === undefined) return Object.fromEntries(entries);
  const what = wrong === undefined
    ? "it is not an object of templates"
    : `unknown key "${wrong[0]}"`;
  throw new ToolError("config/invalid", `Cannot use the naming convention: ${what}`, {
    file,
    hint: `Write templates for ${
      namingKeys.join(", ")
    }: export const naming = { uq: "uq_%(table_name)s_%(column_0_name)s" }`,
  });
}
