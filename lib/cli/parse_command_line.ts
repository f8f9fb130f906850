import { ToolError } from "../error.ts";
import { meantWord } from "../sql/closest.ts";
import { globalOptions } from "./global_options.ts";
import type { Input, Option, Verb } from "./verb.ts";

/** A parsed command line: a verb with its input, or a request for help or the version. */
export type CommandLine =
  | { readonly kind: "verb"; readonly verb: Verb; readonly input: Input }
  /** Help for the verb, or without one for the program. */
  | { readonly kind: "help"; readonly verb: Verb | undefined }
  | { readonly kind: "version" };

/** Options that are accepted everywhere, but are not passed to commands. */
export const helpOption: Option = { name: "help", short: "h", summary: "print this help" };
export const versionOption: Option = { name: "version", summary: "print the version" };

/**
 * Parses `argv`. Global options are accepted before and after the verb; where a verb has an option
 * of the same letter (`current -c`), the verb's own takes precedence after it.
 *
 * @throws {ToolError} `usage`, with a hint, if it cannot be understood.
 */
export function parseCommandLine(argv: readonly string[], verbs: readonly Verb[]): CommandLine {
  const before = readWords(argv, [...globalOptions, helpOption, versionOption], "options");
  const [name, ...words] = before.rest;
  const verb = verbs.find((it) => it.name === name);
  if (isTaken(helpOption, before)) return { kind: "help", verb };
  if (isTaken(versionOption, before)) return { kind: "version" };
  if (before.problem) throw misunderstood(before.problem, verb);
  if (name === undefined) {
    throw usage("Cannot tell what to do: no command was given", undefined);
  }
  if (verb === undefined) {
    const near = valueMeant(name, before) ?? meantWord(name, verbs.map((it) => it.name));
    throw usage(`Unknown command "${name}"`, undefined, near && `Did you mean ${near}?`);
  }
  const behind = readWords(words, [...verb.options, ...globalOptions, helpOption], "all");
  if (isTaken(helpOption, behind)) return { kind: "help", verb };
  if (behind.problem) throw misunderstood(behind.problem, verb);
  checkArguments(behind.words, verb);
  return { kind: "verb", verb, input: input(behind.words, [...before.taken, ...behind.taken]) };
}

/** One option as it was given. */
interface Taken {
  readonly option: Option;
  /** Absent for a flag. */
  readonly value: string | undefined;
}

interface WordsRead {
  readonly taken: readonly Taken[];
  /** The words that are not options, in order. */
  readonly words: readonly string[];
  /** The words that were not read. */
  readonly rest: readonly string[];
  /** The first thing that was not understood. */
  readonly problem: Problem | undefined;
}

type Problem =
  | { readonly kind: "unknown"; readonly spelled: string; readonly options: readonly Option[] }
  | { readonly kind: "valueMissing"; readonly option: Option }
  | { readonly kind: "valueRefused"; readonly option: Option };

/** Reads `argv` to its end or, if only options are wanted, up to the first word that is not one. */
function readWords(
  argv: readonly string[],
  options: readonly Option[],
  wanted: "options" | "all",
): WordsRead {
  const rest = [...argv];
  const taken: Taken[] = [];
  const words: string[] = [];
  let problem: Problem | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      if (wanted === "all") words.push(...rest.splice(0));
      break;
    }
    if (!isOption(word)) {
      if (wanted === "options") {
        rest.unshift(word);
        break;
      }
      words.push(word);
      continue;
    }
    const { spelled, option, attached } = matchOption(word, options);
    if (option === undefined) {
      problem ??= { kind: "unknown", spelled, options };
    } else if (option.value === undefined) {
      taken.push({ option, value: undefined });
      if (attached === undefined) continue;
      if (spelled.startsWith("--")) problem ??= { kind: "valueRefused", option };
      else rest.unshift(`-${attached}`);
    } else {
      const value = attached ?? option.implied ?? rest.shift();
      if (value === undefined) problem ??= { kind: "valueMissing", option };
      else taken.push({ option, value });
    }
  }
  return { taken, words, rest, problem };
}

/** `-1` is a target, as in `downgrade -1`. */
function isOption(word: string): boolean {
  return /^-[^\d]/.test(word);
}

/** `--name`, `--name=value`, `-n`, `-nvalue`, `-n=value`, or a flag followed by more: `-vc`. */
function matchOption(word: string, options: readonly Option[]): {
  readonly spelled: string;
  readonly option: Option | undefined;
  readonly attached: string | undefined;
} {
  if (!word.startsWith("--")) {
    const option = options.find((it) => it.short === word[1]);
    const attached = word.length === 2 ? undefined : word.slice(2);
    const value = option?.value === undefined ? attached : attached?.replace(/^=/, "");
    return { spelled: word.slice(0, 2), option, attached: value };
  }
  const equals = word.indexOf("=");
  const spelled = equals < 0 ? word : word.slice(0, equals);
  return {
    spelled,
    option: options.find((it) => longSpelling(it) === spelled),
    attached: equals < 0 ? undefined : word.slice(equals + 1),
  };
}

/** Returns the long form of the option, if it has one. */
export function longSpelling({ name }: Option): string | undefined {
  return name.length > 1 ? `--${name}` : undefined;
}

/** Returns the option as help shows it: `-n, --name <NAME>`. */
export function describeOption(option: Option): string {
  const { short, value, implied } = option;
  if (implied !== undefined) return `${longSpelling(option)}[=${value}]`;
  const spellings = [short && `-${short}`, longSpelling(option)].filter((it) => it !== undefined);
  return `${spellings.join(", ")}${value === undefined ? "" : ` <${value}>`}`;
}

function isTaken(option: Option, { taken }: WordsRead): boolean {
  return taken.some((it) => it.option === option);
}

/** Returns the last option with `word` attached as its value, if that is a number and the option takes it only so. */
function valueMeant(word: string, { taken }: WordsRead): string | undefined {
  const last = taken.at(-1)?.option;
  return last?.implied !== undefined && /^\d+$/.test(word)
    ? `${longSpelling(last)}=${word}`
    : undefined;
}

function checkArguments(words: readonly string[], verb: Verb): void {
  const next = verb.arguments[words.length];
  if (next && !next.optional) {
    throw usage(`Missing required argument "${next.name}"`, verb);
  }
  const most = verb.arguments.length;
  if (words.length <= most || verb.arguments.at(-1)?.variadic) return;
  throw usage(
    `Too many arguments for "${verb.name}". Expected ${most} argument${
      most === 1 ? "" : "s"
    } but got ${words.length}`,
    verb,
  );
}

function input(words: readonly string[], taken: readonly Taken[]): Input {
  const given = (name: string) => taken.filter((it) => it.option.name === name);
  const values = (name: string) =>
    given(name).map((it) => it.value).filter((it) => it !== undefined);
  return {
    arguments: words,
    flag: (name) => given(name).length > 0,
    value: (name) => values(name).at(-1),
    values,
  };
}

function misunderstood(problem: Problem, verb: Verb | undefined): ToolError {
  if (problem.kind === "valueMissing") {
    return usage(`Option "${describeOption(problem.option)}" argument missing`, verb);
  }
  if (problem.kind === "valueRefused") {
    return usage(`Option "${describeOption(problem.option)}" takes no value`, verb);
  }
  const { spelled, options } = problem;
  const message = `Unknown option "${spelled}"`;
  if (!spelled.startsWith("--")) return usage(message, verb);
  if (verb?.options.some((it) => longSpelling(it) === spelled)) {
    return usage(message, verb, `Write it after the command: migrate ${verb.name} ${spelled}`);
  }
  const near = meantWord(spelled, options.flatMap((it) => longSpelling(it) ?? []));
  return usage(message, verb, near && `Did you mean ${near}?`);
}

function usage(message: string, verb: Verb | undefined, hint?: string): ToolError {
  return new ToolError("usage", message, {
    hint: hint ?? `Try "migrate ${verb === undefined ? "" : `${verb.name} `}--help"`,
  });
}
