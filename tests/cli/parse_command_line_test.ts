import { expect, test } from "bun:test";
import { parseCommandLine } from "../../lib/cli/parse_command_line.ts";
import { renderHelp } from "../../lib/cli/render_help.ts";
import { verbs } from "../../lib/cli/verbs.ts";
import { globalOptions } from "../../lib/cli/global_options.ts";
import { ToolError } from "../../lib/error.ts";
import { expectGolden } from "../golden.ts";

/** Returns the verb, its arguments and its options, flags bare: `upgrade head {x: a=b c=d} {json}`. */
function told(line: string | readonly string[]): string {
  const argv = typeof line === "string" ? line.split(" ") : line;
  const parsed = parseCommandLine(argv, verbs);
  if (parsed.kind !== "verb") throw new Error(`expected a verb, got ${parsed.kind}`);
  const { verb, input } = parsed;
  const options = [...globalOptions, ...verb.options].flatMap(({ name, value }) => {
    const given = value === undefined ? input.flag(name) ? [name] : [] : input.values(name);
    if (given.length === 0) return [];
    return value === undefined ? [`{${name}}`] : [`{${name}: ${given.join(" ")}}`];
  });
  return [verb.name, ...input.arguments, ...options].join(" ");
}

const understood: readonly (readonly [string, string])[] = [
  ["upgrade head", "upgrade head"],
  ["downgrade -1", "downgrade -1"],
  ["downgrade -- -1", "downgrade -1"],
  ["upgrade +2", "upgrade +2"],
  ["downgrade accounts@-1", "downgrade accounts@-1"],
  ["downgrade -1 --dry-run", "downgrade -1 {dry-run}"],
  ["downgrade --dry-run -1", "downgrade -1 {dry-run}"],

  // Global options may stand before the verb or after it.
  ["-c other.toml upgrade head", "upgrade head {config: other.toml}"],
  ["upgrade -c other.toml head", "upgrade head {config: other.toml}"],
  ["upgrade head --config=other.toml", "upgrade head {config: other.toml}"],
  ["-n billing --json -q upgrade head", "upgrade head {name: billing} {quiet} {json}"],
  ["upgrade head -n billing --json -q", "upgrade head {name: billing} {quiet} {json}"],
  ["--database-url sqlite:///a.db heads", "heads {database-url: sqlite:///a.db}"],
  ["heads --no-color", "heads {no-color}"],
  ["--no-color heads", "heads {no-color}"],
  ["-x a=b upgrade -x c=d head -x e=f", "upgrade head {x: a=b c=d e=f}"],
  ["--env-file a upgrade head --env-file b", "upgrade head {env-file: a b}"],

  // After the verb, its own letter wins.
  ["current -c", "current {check-heads}"],
  ["-c other.toml current -c", "current {config: other.toml} {check-heads}"],
  ["current --config other.toml", "current {config: other.toml}"],
  ["current -vc", "current {verbose} {check-heads}"],

  // A value may begin with a dash.
  ["history -r -2:", "history {rev-range: -2:}"],
  ["history -r=-2:", "history {rev-range: -2:}"],
  ["history -r-2:current", "history {rev-range: -2:current}"],
  ["history --rev-range=-2:", "history {rev-range: -2:}"],
  ["history --rev-range -2:", "history {rev-range: -2:}"],
  ["history -r :", "history {rev-range: :}"],
  ["history -v -i -r base:head", "history {rev-range: base:head} {verbose} {indicate-current}"],

  ["revision -m=-x", "revision {message: -x}"],
  ["revision --message=a=b", "revision {message: a=b}"],
  ["revision --message= --autogenerate", "revision {message: } {autogenerate}"],
  ["revision --autogenerate -mwords", "revision {message: words} {autogenerate}"],
  ["upgrade -qnbilling -xa=b head", "upgrade head {name: billing} {x: a=b} {quiet}"],
  ["upgrade -qx a=b -- --head", "upgrade --head {x: a=b} {quiet}"],
  ["-q -- upgrade head --json", "upgrade head {quiet} {json}"],

  // The name of a verb may also be a value.
  ["-n current heads", "heads {name: current}"],
  ["revision -m upgrade", "revision {message: upgrade}"],
  ["show current", "show current"],
  ["-c show current", "current {config: show}"],

  ["merge a b c -m join", "merge a b c {message: join}"],
  ["merge heads", "merge heads"],
  ["merge heads -m tables", "merge heads {message: tables}"],
  ["stamp --purge a b", "stamp a b {purge}"],
  ["init", "init"],
  ["init -t generic db", "init db {template: generic}"],
  [
    "revision --head a --head b --depends-on c --depends-on d --splice",
    "revision {head: a b} {splice} {depends-on: c d}",
  ],
];

for (const [line, wanted] of understood) {
  test(`migrate ${line}`, () => {
    expect(told(line)).toBe(wanted);
  });
}

test("a message of several words is one value", () => {
  expect(told(["revision", "-m", "create users", "--rev-id", "001"]))
    .toBe("revision {message: create users} {rev-id: 001}");
});

test("an option given twice has its last value", () => {
  const parsed = parseCommandLine(["-n", "a", "heads", "-n", "b"], verbs);
  expect(parsed.kind === "verb" && parsed.input.value("name")).toBe("b");
});

const refused: readonly (readonly [line: string, message: string, hint: string])[] = [
  ["", "Cannot tell what to do: no command was given", 'Try "migrate --help"'],
  ["up head", 'Unknown command "up"', "Did you mean upgrade?"],
  ["upgrade head --dry", 'Unknown option "--dry"', "Did you mean --dry-run?"],
  ["upgarde head", 'Unknown command "upgarde"', "Did you mean upgrade?"],
  ["--wait 5 current", 'Unknown command "5"', "Did you mean --wait=5?"],
  ["--wait frobnicate", 'Unknown command "frobnicate"', 'Try "migrate --help"'],
  ["frobnicate", 'Unknown command "frobnicate"', 'Try "migrate --help"'],
  ["upgrade", 'Missing required argument "revision"', 'Try "migrate upgrade --help"'],
  ["upgrade head --dri-run", 'Unknown option "--dri-run"', "Did you mean --dry-run?"],
  ["heads --frobnicate", 'Unknown option "--frobnicate"', 'Try "migrate heads --help"'],
  ["--frobnicate heads", 'Unknown option "--frobnicate"', 'Try "migrate heads --help"'],
  ["--frobnicate", 'Unknown option "--frobnicate"', 'Try "migrate --help"'],
  ["-c a.toml heads --frobnicate", 'Unknown option "--frobnicate"', 'Try "migrate heads --help"'],
  ["-n current frobnicate", 'Unknown command "frobnicate"', 'Try "migrate --help"'],
  [
    "heads extra",
    'Too many arguments for "heads". Expected 0 arguments but got 1',
    'Try "migrate heads --help"',
  ],
  ["-n", 'Option "-n, --name <NAME>" argument missing', 'Try "migrate --help"'],
  ["heads -x", 'Option "-x <KEY=VALUE>" argument missing', 'Try "migrate heads --help"'],
  ["heads --json=yes", 'Option "--json" takes no value', 'Try "migrate heads --help"'],
  ["heads -vz", 'Unknown option "-z"', 'Try "migrate heads --help"'],
  ["heads --version", 'Unknown option "--version"', 'Try "migrate heads --help"'],
  [
    "upgrade a b",
    'Too many arguments for "upgrade". Expected 1 argument but got 2',
    'Try "migrate upgrade --help"',
  ],
  [
    "--dry-run upgrade head",
    'Unknown option "--dry-run"',
    "Write it after the command: migrate upgrade --dry-run",
  ],
  ["--verison", 'Unknown option "--verison"', "Did you mean --version?"],
];

for (const [line, message, hint] of refused) {
  test(`migrate ${line} is refused: ${message}`, () => {
    const error = refusal(line);
    expect([error.code, error.message, error.facts.hint]).toEqual(["usage", message, hint]);
  });
}

function refusal(line: string): ToolError {
  try {
    told(line === "" ? [] : line);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error(`nothing was refused in "${line}"`);
}

function text(...argv: readonly string[]): string {
  const parsed = parseCommandLine(argv, verbs);
  if (parsed.kind !== "help") throw new Error(`expected help, got ${parsed.kind}`);
  return renderHelp(parsed.verb, verbs);
}

test("help lists every command with its summary", () => {
  const help = text("--help");
  for (const { name, summary } of verbs) {
    const line = help.split("\n").find((it) => it.startsWith(`  ${name} `));
    expect(line).toEndWith(` ${summary}`);
  }
  expect(text("-h")).toBe(help);
});

test("a verb's help lists its own options", () => {
  expect(text("current", "--help")).toContain("-c, --check-heads");
  expect(text("upgrade", "head", "-h")).toContain("--lock-wait <SECONDS>");
});

test("help matches the golden file, and fits in 100 columns", () => {
  const help = [text("--help"), ...verbs.map((it) => text(it.name, "--help"))];
  expectGolden("help.txt", help.join("\n"));
  expect(help.flatMap((it) => it.split("\n")).filter((it) => it.length > 100)).toEqual([]);
});

for (
  const line of ["-h upgrade", "upgrade -h", "upgrade --frobnicate --help", "upgrade head -qh"]
) {
  test(`migrate ${line} asks for the help of upgrade`, () => {
    expect(text(...line.split(" "))).toBe(text("upgrade", "--help"));
  });
}

test("migrate --version asks for the version", () => {
  expect(parseCommandLine(["-q", "--version"], verbs)).toEqual({ kind: "version" });
});
