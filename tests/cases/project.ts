import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dir, "../..");

/** A way to run the tool. */
export interface Runner {
  readonly name: string;
  readonly command: readonly string[];
}

export const executable: Runner = { name: "executable", command: [join(root, "dist/migrate")] };

/** The same end-to-end cases run against both. */
export const runners: readonly Runner[] = [
  executable,
  {
    name: "deno",
    command: [join(root, "node_modules/.bin/deno"), "run", "-A", "--quiet", join(root, "cli.ts")],
  },
];

/** What one run said and how it ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** A folder with a project in it, in which commands are typed. */
export interface Project extends Disposable {
  readonly folder: string;
  /** Runs a command line; the environment is empty but for `env` and PATH. */
  migrate(...words: readonly string[]): Promise<Ended>;
  /** Like `migrate`, but fails the test unless the exit status is 0. Returns stdout. */
  ok(...words: readonly string[]): Promise<string>;
  start(words: readonly string[]): Bun.Subprocess<"ignore", "pipe", "pipe">;
  write(path: string, text: string): void;
  read(path: string): string;
}

/** Makes an empty folder, or a copy of `from`, which goes when it is disposed of, with what still runs in it. */
export function project(
  { runner = executable, from, env = {} }: {
    readonly runner?: Runner;
    /** A folder below the repository's root. */
    readonly from?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Project {
  const folder = mkdtempSync(join(tmpdir(), "migrate-case-"));
  if (from !== undefined) cpSync(join(root, from), folder, { recursive: true });
  const children: ReturnType<Project["start"]>[] = [];
  const start = (words: readonly string[]) => {
    const child = Bun.spawn([...runner.command, ...words], {
      cwd: folder,
      env: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: folder, ...env, ...denoCache(runner) },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    children.push(child);
    return child;
  };
  const migrate = (...words: readonly string[]): Promise<Ended> => ended(start(words));
  return {
    folder,
    migrate,
    start,
    ok: async (...words) => {
      const { status, stdout, stderr } = await migrate(...words);
      if (status === 0) return stdout;
      throw new Error(`migrate ${words.join(" ")} ended with ${status}\n${stdout}${stderr}`);
    },
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    read: (path) => readFileSync(join(folder, path), "utf8"),
    [Symbol.dispose]: () => {
      for (const it of children) it.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns all that `child` says, and how it ends. */
export async function ended(child: Bun.Subprocess<"ignore", "pipe", "pipe">): Promise<Ended> {
  const [stdout, stderr, status] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, status };
}

/** Returns what `child` has said on stderr as soon as it has said `words`; fails if it ends without. */
export async function untilSaid(
  child: ReturnType<Project["start"]>,
  words: string,
): Promise<string> {
  const reader = child.stderr.getReader();
  const decoder = new TextDecoder();
  let said = "";
  while (!said.includes(words)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`It ended without "${words}":\n${said}`);
    said += decoder.decode(value, { stream: true });
  }
  reader.releaseLock();
  return said;
}

/** Returns what `child` says on stderr from now on, when it has ended. */
export async function restSaid(child: ReturnType<Project["start"]>): Promise<string> {
  const reader = child.stderr.getReader();
  const decoder = new TextDecoder();
  for (let said = "";;) {
    const { value, done } = await reader.read();
    if (done) return said;
    said += decoder.decode(value, { stream: true });
  }
}

/** Deno keeps compiled modules in HOME, which is new for every project. */
function denoCache({ name }: Runner): Readonly<Record<string, string>> {
  return name === "deno" ? { DENO_DIR: join(root, ".cache/deno") } : {};
}

/** Returns a small `.sql` revision. */
export function sqlRevision(
  { id, down = [], labels = [], dependsOn = [], message = id, up = "", downSql = "", more = [] }: {
    readonly id: string;
    readonly down?: readonly string[];
    readonly labels?: readonly string[];
    readonly dependsOn?: readonly string[];
    readonly message?: string;
    readonly up?: string;
    readonly downSql?: string;
    readonly more?: readonly string[];
  },
): string {
  return [
    `-- message: ${message}`,
    `-- revision: ${id}`,
    `-- down_revision: ${down.join(", ") || "null"}`,
    ...labels.length > 0 ? [`-- branch_labels: ${labels.join(", ")}`] : [],
    ...dependsOn.length > 0 ? [`-- depends_on: ${dependsOn.join(", ")}`] : [],
    ...more,
    "-- migrate:up",
    up,
    "-- migrate:down",
    downSql,
    "",
  ].join("\n");
}
