import { ToolError } from "../error.ts";
import type { MessageResult } from "../commands/views/result.ts";
import { globalOptions } from "./global_options.ts";
import type { Option, Verb } from "./verb.ts";

/** Returns a script for `shell` to source that completes commands and options. */
export function completion(shell: string, verbs: readonly Verb[]): MessageResult {
  const write = shells.get(shell);
  if (write === undefined) {
    throw new ToolError("usage", `Cannot write a completion for "${shell}"`, {
      hint: "Name bash, zsh or fish",
    });
  }
  const script = write(verbs);
  return { kind: "message", lines: [script], json: { shell, script } };
}

const shells: ReadonlyMap<string, (verbs: readonly Verb[]) => string> = new Map([
  ["bash", bash],
  ["zsh", zsh],
  ["fish", fish],
]);

function bash(verbs: readonly Verb[]): string {
  const cases = verbs.map((verb) => `    ${verb.name}) words="${spellings(verb).join(" ")}" ;;`);
  return `# bash completion for migrate: source <(migrate completion bash)
_migrate() {
  local current=\${COMP_WORDS[COMP_CWORD]} verb word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${verbs.map((it) => it.name).join(" ")} " in *" $word "*) verb=$word; break ;; esac
  done
  case "$verb" in
    "") words="${
    [...verbs.map((it) => it.name), ...globalOptions.flatMap(spelling), "--help", "--version"].join(
      " ",
    )
  }" ;;
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _migrate migrate`;
}

function zsh(verbs: readonly Verb[]): string {
  const commands = verbs.map((it) => `    '${it.name}:${quoted(it.summary)}'`);
  const cases = verbs.map((verb) => {
    const options = [...verb.options, ...globalOptions].flatMap((it) =>
      spelling(it).map((word) =>
        `'${it.repeated ? "*" : ""}${word}[${quoted(it.summary)}]${
          it.value ? `:${it.value.replaceAll(":", "\\:")}:_files` : ""
        }'`
      )
    );
    return `    ${verb.name}) _arguments -s ${options.join(" ")} '*::argument:_files' ;;`;
  });
  return `#compdef migrate
# zsh completion for migrate: source <(migrate completion zsh)
_migrate() {
  local -a commands=(
${commands.join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local verb=$words[2]
  shift words; (( CURRENT-- ))
  case $verb in
${cases.join("\n")}
  esac
}
compdef _migrate migrate`;
}

function fish(verbs: readonly Verb[]): string {
  const flags = ({ name, short, summary, value }: Option) =>
    `${short ? `-s ${short} ` : ""}${name.length > 1 ? `-l ${name} ` : ""}${
      value ? "-r " : ""
    }-d '${quoted(summary)}'`;
  const none = `not __fish_seen_subcommand_from ${verbs.map((it) => it.name).join(" ")}`;
  return [
    "# fish completion for migrate: migrate completion fish | source",
    ...globalOptions.map((it) => `complete -c migrate ${flags(it)}`),
    ...verbs.flatMap((verb) => [
      `complete -c migrate -n '${none}' -a ${verb.name} -d '${quoted(verb.summary)}'`,
      ...verb.options.map((it) =>
        `complete -c migrate -n '__fish_seen_subcommand_from ${verb.name}' ${flags(it)}`
      ),
    ]),
  ].join("\n");
}

function spellings(verb: Verb): readonly string[] {
  return [...verb.options, ...globalOptions].flatMap(spelling);
}

function spelling({ name, short }: Option): readonly string[] {
  return [...(short ? [`-${short}`] : []), ...(name.length > 1 ? [`--${name}`] : [])];
}

/** Summaries are placed in single quotes and, in zsh, in brackets. */
function quoted(text: string): string {
  return text.replaceAll("'", "’").replaceAll("[", "(").replaceAll("]", ")");
}
