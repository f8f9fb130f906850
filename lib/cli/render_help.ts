import { globalOptions } from "./global_options.ts";
import { describeOption, helpOption, versionOption } from "./parse_command_line.ts";
import type { Argument, Option, Verb } from "./verb.ts";

/** Returns the help for `verb`, or without one for all `verbs`. */
export function renderHelp(verb: Verb | undefined, verbs: readonly Verb[]): string {
  return verb === undefined ? programHelp(verbs) : verbHelp(verb);
}

function programHelp(verbs: readonly Verb[]): string {
  const help = { ...helpOption, summary: "print help for a command" };
  return page("[options] [command]", "Schema migrations for PostgreSQL, SQLite and libSQL", [
    { title: "Options", lines: [versionOption, ...globalOptions, help].map(optionLine) },
    { title: "Commands", lines: verbs.map((it) => ({ term: usage(it), summary: it.summary })) },
  ]);
}

function verbHelp(verb: Verb): string {
  return page(usage(verb), verb.summary, [
    {
      title: "Arguments",
      lines: verb.arguments.map(({ name, summary }) => ({ term: name, summary })),
    },
    { title: "Options", lines: [...verb.options, helpOption].map(optionLine) },
  ]);
}

interface Line {
  readonly term: string;
  readonly summary: string;
}

function page(
  usage: string,
  summary: string,
  lists: readonly { readonly title: string; readonly lines: readonly Line[] }[],
): string {
  const width = Math.max(...lists.flatMap((it) => it.lines).map((it) => it.term.length));
  const shown = lists.filter((it) => it.lines.length > 0).map(({ title, lines }) =>
    `${title}:\n${lines.map((it) => `  ${it.term.padEnd(width)}  ${it.summary}`).join("\n")}\n`
  );
  return [`Usage: migrate ${usage}\n`, `${summary}\n`, ...shown].join("\n");
}

function optionLine(option: Option): Line {
  return { term: describeOption(option), summary: option.summary };
}

function usage({ name, arguments: list }: Verb): string {
  return [name, "[options]", ...list.map(argumentUsage)].join(" ");
}

function argumentUsage({ name, optional, variadic }: Argument): string {
  const shown = variadic ? `${name}...` : name;
  return optional ? `[${shown}]` : `<${shown}>`;
}
