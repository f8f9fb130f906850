import { Command, CommanderError, Option as CommanderOption } from "commander";
import { ToolError } from "../error.ts";
import { globalOptions } from "./global_options.ts";
import type { Input, Option, Verb } from "./verb.ts";

/** What was typed: a verb with its input, or a text to print instead (help, the version). */
export type CommandLine =
  | { readonly kind: "verb"; readonly verb: Verb; readonly input: Input }
  | { readonly kind: "text"; readonly text: string };

/**
 * Returns what `argv` asks for. Global options are taken before the verb and after it; where a verb
 * has an option of the same letter (`current -c`), the verb's wins behind it.
 *
 * @throws {ToolError} `usage`, with a hint, if it cannot be understood.
 */
export function parseCommandLine(
  argv: readonly string[],
  verbs: readonly Verb[],
  version: string,
): CommandLine {
  const named = verbs.filter((it) => argv.includes(it.name));
  // Describing all there is takes longer than a small command: what was not typed is described only for help and errors.
  if (named.length === 1 && !argv.includes("-h") && !argv.includes("--help")) {
    try {
      return parse(argv, { verbs: named, isDescribed: (it) => isTyped(it, argv), version });
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
    }
  }
  return parse(argv, { verbs, isDescribed: () => true, version });
}

function parse(
  argv: readonly string[],
  { verbs, isDescribed, version }: {
    readonly verbs: readonly Verb[];
    readonly isDescribed: (option: Option) => boolean;
    readonly version: string;
  },
): CommandLine {
  let printed = "";
  let parsed: CommandLine | undefined;
  const style = (command: Command) =>
    command.exitOverride().configureHelp({ showGlobalOptions: false }).configureOutput({
      writeOut: (text) => void (printed += text),
      writeErr: () => {},
      getOutHasColors: () => false,
      getOutHelpWidth: () => 100,
    });
  const program = style(new Command("migrate"))
    .description("Schema migrations for PostgreSQL, SQLite and libSQL")
    .version(`migrate ${version}`, "--version", "print the version")
    .helpOption("-h, --help", "print help for a command")
    .enablePositionalOptions()
    .helpCommand(false);
  const globals = globalOptions.filter(isDescribed);
  for (const option of globals) program.addOption(commanderOption(option));
  for (const verb of verbs) {
    const command = style(program.command(verb.name)).description(verb.summary).helpOption(
      "-h, --help",
      "print this help",
    );
    for (const { name, summary, optional, variadic } of verb.arguments) {
      const shown = variadic ? `${name}...` : name;
      command.argument(optional ? `[${shown}]` : `<${shown}>`, summary);
    }
    for (const option of verb.options.filter(isDescribed)) {
      command.addOption(commanderOption(option));
    }
    for (const option of globals) {
      command.addOption(commanderOption(withoutClash(option, verb)).hideHelp());
    }
    command.action((...given: readonly unknown[]) => {
      const words = given.slice(0, verb.arguments.length).flat().filter((it) =>
        typeof it === "string"
      );
      parsed = { kind: "verb", verb, input: input(words, [program.opts(), command.opts()]) };
    });
  }
  try {
    program.parse(argv.map(withoutEquals), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (printed !== "" && error.exitCode === 0) return { kind: "text", text: printed };
    throw error.code === "commander.help" ? noCommand() : usage(error, argv, verbs);
  }
  if (parsed === undefined) throw noCommand();
  return parsed;
}

function noCommand(): ToolError {
  return new ToolError("usage", "Cannot tell what to do: no command was given", {
    hint: `Try "migrate --help"`,
  });
}

/** Says whether `option` may be among the words of `argv`; `-vc` is `-v` and `-c`. */
function isTyped({ name, short }: Option, argv: readonly string[]): boolean {
  return argv.some((it) =>
    it.startsWith("--")
      ? it.split("=", 1)[0] === `--${name}`
      : it.startsWith("-") && short !== undefined && it.includes(short)
  );
}

function commanderOption({ name, short, value, summary, repeated }: Option): CommanderOption {
  const long = name.length === 1 ? [] : [`--${name}`];
  const flags = [...(short ? [`-${short}`] : []), ...long].join(", ");
  const option = new CommanderOption(value ? `${flags} <${value}>` : flags, summary);
  if (!repeated) return option;
  return option.argParser((
    text: string,
    sofar: readonly string[] | undefined,
  ) => [...(sofar ?? []), text]);
}

function withoutClash(option: Option, verb: Verb): Option {
  if (!verb.options.some((it) => it.short === option.short)) return option;
  const { short: _, ...rest } = option;
  return rest;
}

/** `-r=-2:` is how a value that begins with a dash is written elsewhere. */
function withoutEquals(word: string): string {
  return word.replace(/^-r=/, "-r");
}

function input(
  words: readonly string[],
  given: readonly Readonly<Record<string, unknown>>[],
): Input {
  const all = (name: string) =>
    given.map((it) => it[attribute(name)]).filter((it) => it !== undefined);
  const values = (name: string) => all(name).flat().filter((it) => typeof it === "string");
  return {
    arguments: words,
    flag: (name) =>
      all(name).includes(true) || (name.startsWith("no-") && all(name.slice(3)).includes(false)),
    value: (name) => values(name).at(-1),
    values,
  };
}

/** Commander's name for an option: `--database-url` is `databaseUrl`. */
function attribute(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function usage(
  error: CommanderError,
  argv: readonly string[],
  verbs: readonly Verb[],
): ToolError {
  const [first = "", ...more] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = more.join(" ").match(/Did you mean ([^)]*)\?/)?.[1];
  const verb = error.code === "commander.unknownCommand"
    ? undefined
    : argv.find((it) => verbs.some(({ name }) => name === it));
  const message = first.charAt(0).toUpperCase() + first.slice(1);
  return new ToolError("usage", message.replaceAll("'", '"').replace(/\.$/, ""), {
    hint: suggestion === undefined
      ? `Try "migrate ${verb === undefined ? "" : `${verb} `}--help"`
      : `Did you mean ${suggestion}?`,
  });
}
