import { parse, TomlError } from "smol-toml";
import { ToolError } from "../error.ts";
import type { CallbackCommands } from "./config.ts";
import type { PostWriteHook } from "./post_write_hook.ts";
import { readSettings, type Settings } from "./settings.ts";
import { anyText, oneOf, someText } from "./toml_reader.ts";
import { TomlTable } from "./toml_table.ts";

/** A parsed configuration file. Paths are as written. */
export interface ConfigFile {
  readonly settings: Settings;
  /** By the name in `[databases.NAME]`; what they leave out comes from `settings`. */
  readonly databases: ReadonlyMap<string, Settings>;
  /** In the order to run them; an omitted `cwd` is empty. */
  readonly postWriteHooks: readonly PostWriteHook[];
  readonly callbacks: CallbackCommands;
}

/**
 * Parses `text`, the configuration file at `path`.
 *
 * @throws {ToolError} `config/invalid`, with the line.
 */
export function parseConfig(text: string, path: string): ConfigFile {
  const top = new TomlTable(parseToml(text, path), { path, text });
  const settings = readSettings(top);
  const databases = top.table("databases");
  const sections = databases.keys.map((name) => [name, databases.table(name)] as const);
  const postWriteHooks = top.tables("post_write_hooks").map(readHook);
  const callbacks = readCallbacks(top.table("callbacks"));
  top.finish();
  return { settings, databases: new Map(sections.map(readSection)), postWriteHooks, callbacks };
}

function readCallbacks(table: TomlTable): CallbackCommands {
  const read = (name: string) => table.read(name, someText);
  const callbacks = {
    beforeRun: read("before_run"),
    afterRun: read("after_run"),
    beforeStep: read("before_step"),
    afterStep: read("after_step"),
    onError: read("on_error"),
  };
  table.finish();
  return callbacks;
}

function parseToml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const found = cause.message.replace(/^Invalid TOML document: /, "").split("\n")[0];
    throw new ToolError("config/invalid", `Cannot read the configuration: ${found}`, {
      file: path,
      line: cause.line,
      column: cause.column,
      // No excerpt: the line, or one beside it, may hold a password.
      hint:
        'Write it in TOML as "migrate init" does, each key once: key = "text", key = true, [section]',
      cause,
    });
  }
}

function readSection([name, table]: readonly [string, TomlTable]): readonly [string, Settings] {
  const settings = readSettings(table);
  table.finish();
  return [name, settings];
}

function readHook(table: TomlTable): PostWriteHook {
  const name = table.read("name", someText) ?? "";
  if (table.read("type", oneOf("exec")) === undefined) {
    throw table.error(
      "name",
      `Key type is required for post write hook '${name}'`,
      'Write type = "exec"',
    );
  }
  const executable = table.read("executable", someText);
  if (executable === undefined) {
    throw table.error(
      "name",
      `Key executable is required for post write hook '${name}'`,
      'Write executable = "…"',
    );
  }
  const hook = {
    name,
    executable,
    options: table.read("options", anyText) ?? "",
    cwd: table.read("cwd", anyText) ?? "",
  };
  table.finish();
  return hook;
}
